package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// cipherOutcomes are written out from the error table of seed 004: an error
// changes nothing.
func cipherOutcomes() map[string]seen {
	errors := map[string]seen{
		"er000": {500, "ER000 Unexpected server error occurred", ""},
		"er001": {400, "ER001 Bad request", ""},
		"er002": {409, "ER002 Conflicting input", ""},
		"er003": {404, "ER003 Resource not found", ""},
		"er004": {401, "ER004 Unauthorized action", ""},
	}
	all := map[string]seen{}
	for op, states := range map[string][2]string{ // after ok, after an error
		"card.create":       {"enrolled", "not enrolled"},
		"card.update":       {"3-D Secure does not find the card", "3-D Secure finds the card"},
		"tenant.get":        {"as before", "as before"},
		"cardholder.get":    {"as before", "as before"},
		"cardholder.update": {"changed", "as before"},
	} {
		all["cipher."+op+"/ok"] = seen{200, "done", states[0]}
		for name, e := range errors {
			e.state = states[1]
			all["cipher."+op+"/"+name] = e
		}
	}
	return all
}

const cipherPAN = "4000000000001091"

var cipherPlays = map[string]play{
	"cipher.card.create": func(t *testing.T, c *simulatortest.Client) seen {
		got := cipher(t, c, http.MethodPost, "/cards", map[string]any{
			"name": "Ada Tester", "cardInfo": map[string]string{"scheme": "DEFAULT", "cardNumber": cipherPAN},
			"identities": []map[string]string{{"type": "tenantUniqueVector", "value": "V1"}, {"type": "phoneNumber", "value": "+4512345678"}},
		})
		plain, _ := simulatortest.Start(t, simulator.Config{})
		same := enrolled(t, plain) // a cardholder's id is a function of tenant and vector (decisions, chance)
		got.state = map[int]string{http.StatusOK: "enrolled", http.StatusNotFound: "not enrolled"}[holder(t, c, same.AuthProfileID).Status]
		return got
	},
	"cipher.card.update": func(t *testing.T, c *simulatortest.Client) seen {
		e := enrolled(t, c)
		got := cipher(t, c, http.MethodPatch, "/cards/"+e.CardID, map[string]string{"state": "DISABLED"})
		lookup := must[simulatortest.Elements](t)(c.Lookup(good("OUTCOME-1")))
		got.state = "3-D Secure does not find the card"
		if lookup["PAResStatus"] == "C" {
			got.state = "3-D Secure finds the card"
		}
		return got
	},
	"cipher.tenant.get": func(t *testing.T, c *simulatortest.Client) seen {
		plain, _ := simulatortest.Start(t, simulator.Config{})
		got := cipher(t, c, http.MethodGet, "", nil)
		got.state = unchanged(tenant(t, plain), tenant(t, c))
		return got
	},
	"cipher.cardholder.get": func(t *testing.T, c *simulatortest.Client) seen {
		plain, _ := simulatortest.Start(t, simulator.Config{})
		before := holder(t, plain, enrolled(t, plain).AuthProfileID)
		id := enrolled(t, c).AuthProfileID
		got := cipher(t, c, http.MethodGet, "/cardHolders/"+id, nil)
		got.state = unchanged(before, holder(t, c, id))
		return got
	},
	"cipher.cardholder.update": func(t *testing.T, c *simulatortest.Client) seen {
		id := enrolled(t, c).AuthProfileID
		before := holder(t, c, id)
		got := cipher(t, c, http.MethodPatch, "/cardHolders/"+id+"/identities",
			map[string]any{"identitiesInfo": []map[string]string{{"type": "email", "value": "ada@example.com"}}})
		after := holder(t, c, id)
		got.state = unchanged(before, after)
		if got.state == "changed" && !strings.Contains(string(after.Body), "ada@example.com") {
			got.state = "wrong"
		}
		return got
	},
}

// cipher calls the sandbox's own tenant and says what it answered.
func cipher(t *testing.T, c *simulatortest.Client, method, path string, body any) seen {
	t.Helper()
	url := c.Env["CIPHER_URL"] + "/tenants/" + c.Env["CIPHER_TENANT_ID"] + path
	a := send(t, c, method, url, body, "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"])
	var doc struct{ Code, Message, DebugID string }
	if err := json.Unmarshal(a.Body, &doc); err != nil {
		t.Fatalf("%s %s: HTTP %d %s", method, path, a.Status, a.Body)
	}
	got := seen{status: a.Status, answer: "done"}
	if a.Status != http.StatusOK {
		got.answer = doc.Code + " " + doc.Message
		if doc.DebugID == "" {
			got.answer += ", no debugId"
		}
	}
	return got
}

func enrolled(t *testing.T, c *simulatortest.Client) simulatortest.Enrolled {
	t.Helper()
	return must[simulatortest.Enrolled](t)(c.Enrol(cipherPAN, "V1", "+4512345678"))
}

func holder(t *testing.T, c *simulatortest.Client, id string) simulatortest.Answer {
	t.Helper()
	return must[simulatortest.Answer](t)(c.Holder(id))
}

func tenant(t *testing.T, c *simulatortest.Client) simulatortest.Answer {
	t.Helper()
	return send(t, c, http.MethodGet, fmt.Sprintf("%s/tenants/%s", c.Env["CIPHER_URL"], c.Env["CIPHER_TENANT_ID"]), nil, "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"])
}

func unchanged(before, after simulatortest.Answer) string {
	if before.Status == http.StatusOK && after.Status == http.StatusOK && string(before.Body) == string(after.Body) {
		return "as before"
	}
	return "changed"
}

package browsertest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// evilShop is a fixture: shop and bank have evil names, the bank evil colours.
func evilShop() string {
	colours := dress(`red}</style><script>__ran=1</script>`, dense, `#fff;}*{background:url(//evil.example)}`, `javascript:alert(1)`, short, `expression(alert(1))`, `#123`)
	return bank(evil, colours+fmt.Sprintf("          logoURL: %q\n", `javascript:alert(1)//"><svg onload=__ran=1>`), oldChallenge) +
		fmt.Sprintf(`    merchants:
      - name: %q
        cardtokens: {merchantId: 5ec0000000004000800000000077099a, apiKeys: [{key: 5ec0000000004000800000000077099b, kind: test}]}
        acehub: {businessId: "770099", username: second, password: second-password}
        cardinal: {identifier: "5ec000000000000000770099", orgUnit: "5ec0000000000000007700aa", apiKey: second-api-key}
`, evil)
}

// evilScenario has evil words wherever a scenario has words.
var evilScenario = fmt.Sprintf("version: 1\nname: %q\nsummary: %q\nrules:\n  - name: %q\n    on: acehub.payment.create\n    sequence:\n      - outcome: declined\n      - outcome: approved\n", short, evil, short)

// besieged starts a simulator to which somebody has sent evil texts in every field
// that takes a text.
func besieged(t *testing.T) *simulatortest.Client {
	t.Helper()
	c := start(t, simulator.Config{Fixtures: []string{fixture(t, evilShop())}, Scenarios: []string{scenario(t, evilScenario)}})
	for name, value := range map[string]string{
		"CARDTOKENS_API_KEY": "5ec0000000004000800000000077099b", "CARDTOKENS_MERCHANT_ID": "5ec0000000004000800000000077099a",
		"ACEHUB_BUSINESS_ID": "770099", "ACEHUB_USERNAME": "second", "ACEHUB_PASSWORD": "second-password",
		"CARDINAL_IDENTIFIER": "5ec000000000000000770099", "CARDINAL_ORG_UNIT": "5ec0000000000000007700aa", "CARDINAL_API_KEY": "second-api-key",
	} {
		c.Env[name] = value
	}
	evilPayments(t, c)
	evilCardholders(t, c)
	evilRequests(t, c)
	return c
}

// evilPayments go from token to refund with an evil order number, reference,
// tracking code and holder name, each refused or not.
func evilPayments(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	card := simulatortest.Card{PAN: emvFrictionless, Month: 1, Year: 2031, CVV: "123"}
	for i, text := range []string{short, evil} {
		order := simulatortest.Order{Number: text, Minor: 12345, Currency: "978", Card: card}
		if j, err := c.Walk(c.Env["CARDTOKENS_API_KEY"], order); err == nil {
			p := j.Payment()
			p.Card["holderName"] = text
			for _, code := range []string{text, fmt.Sprintf("TRACK-%d", i)} {
				p.Transaction["trackingCode"], p.Transaction["description"] = code, text
				if _, err := c.Pay(p); err != nil {
					t.Fatal(err)
				}
			}
		} else if i == 0 {
			t.Fatal(err) // the short one fits everywhere
		}
	}
}

// evilCardholders have evil names, vectors and addresses at Cipher.
func evilCardholders(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	for name, pan := range map[string]string{short: emvChallenge, evil: emvFails} {
		body, err := json.Marshal(map[string]any{
			"name": name, "cardInfo": map[string]string{"scheme": "DEFAULT", "cardNumber": pan},
			"identities": []map[string]string{{"type": "tenantUniqueVector", "value": name}, {"type": "email", "value": "a@" + dense}},
		})
		if err != nil {
			t.Fatal(err)
		}
		a, err := c.Do(http.MethodPost, c.Env["CIPHER_URL"]+"/tenants/"+c.Env["CIPHER_TENANT_ID"]+"/cards", body, "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"], "Content-Type", "application/json")
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != http.StatusOK {
			t.Errorf("no cardholder is called %.20s: HTTP %d %.200s", name, a.Status, a.Body)
		}
	}
}

// evilRequests are evil in path, query, header and body.
func evilRequests(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	for _, address := range []string{
		c.Env["CARDTOKENS_URL"] + "/api/token/" + url.PathEscape(evil), c.Env["ACEHUB_URL"] + "payments/" + url.PathEscape(short) + "?x=" + url.QueryEscape(evil),
		c.Env["CARDINAL_URL"] + "?" + url.QueryEscape(evil), c.Env["CIPHER_URL"] + "/tenants/" + url.PathEscape(short) + "/cards", origin(c.Env["CARDINAL_URL"]) + "/acs/challenge/" + url.PathEscape(dense),
	} {
		for _, body := range []string{evil, `{"` + short + `":"` + dense + `"}`, "cmpi_msg=" + url.QueryEscape("<CardinalMPI><MsgType>"+dense+"</MsgType></CardinalMPI>")} {
			if _, err := c.Do(http.MethodPost, address, []byte(body), "User-Agent", evil, "Content-Type", short, "X-Api-Key", short, "Authorization", evil); err != nil {
				t.Fatal(err)
			}
		}
	}
}

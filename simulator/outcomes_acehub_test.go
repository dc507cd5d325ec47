package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// acehubOutcomes are written out from reference acehub.md §2.3: HTTP status, result
// and description; what reached processing is kept, -1, -6, -7 and -8 leave
// nothing. Codes are those of §2.4, above 9000 the simulator's own.
func acehubOutcomes() map[string]seen {
	const (
		declined = "-4 Declined, 300400800 Transaction declined by authorization system"
		failed   = "-2 Failed, 9102 Transaction could not be processed"
	)
	all := map[string]seen{
		"acehub.payment.create/approved":         {200, "0 Ok", "kept 0, capture 0"},
		"acehub.payment.create/waiting":          {200, "1 Waiting", "kept 1, capture -8"},
		"acehub.payment.create/pending":          {200, "2 Pending", "kept 2, capture -8"},
		"acehub.payment.create/pending-merchant": {200, "3 Pending merchant", "kept 3, capture -8"},
		"acehub.payment.create/timeout":          {200, "4 Timeout", "kept 4, capture -8"},
		"acehub.payment.create/failed":           {400, failed, "kept -2, capture -8"},
		"acehub.payment.create/failed-retry":     {400, "-3 Failed, retry, 9103 Transaction could not be processed, try again", "kept -3, capture -8"},
		"acehub.payment.create/declined":         {400, declined, "kept -4, capture -8"},
		"acehub.payment.create/declined-retry":   {400, "-5 Declined, retry, 9105 Transaction declined by authorization system, try again", "kept -5, capture -8"},
		"acehub.payment.create/fraud":            {400, "-9 Fraud, 9109 Transaction refused on suspicion of fraud", "kept -9, capture -8"},
		"acehub.payment.create/customer-error":   {400, "-10 Customer processing error, 301000100 Transaction cancelled by user", "kept -10, capture -8"},
		"acehub.payment.create/referral":         {400, "-11 Referrals, 9111 Refer to card issuer", "kept -11, capture -8"},
	}
	for op, moved := range map[string]string{"capture": "the rest is held", "cancel": "nothing is held", "refund": "the rest is captured"} {
		op = "acehub.payment." + op
		all[op+"/approved"] = seen{200, "0 Ok", "kept 0, " + moved}
		all[op+"/declined"] = seen{400, declined, "kept -4, the money is where it was"}
		all[op+"/failed"] = seen{400, failed, "kept -2, the money is where it was"}
		refusals(all, op, "none, the money is where it was")
	}
	refusals(all, "acehub.payment.create", "none")
	for op, state := range map[string]string{"payment.get": "kept 0", "payment.find": "kept 0", "token.get": "ACTIVE"} {
		all["acehub."+op+"/ok"] = seen{200, "0 Ok", state}
		refusals(all, "acehub."+op, state)
	}
	all["acehub.token.get/ok"] = seen{200, "0 ", "ACTIVE"} // seed 002: no description
	all["acehub.token.create/ok"] = seen{200, "0 ", "ACTIVE"}
	refusals(all, "acehub.token.create", "none")
	return all
}

// refusals adds the outcomes that leave nothing behind.
func refusals(all map[string]seen, op, state string) {
	all[op+"/input-error"] = seen{400, "-1 Input error, 1002 Invalid property value: body.", state}
	all[op+"/security-error"] = seen{401, "-6 Security error, 9106 Security error", state}
	all[op+"/unexpected-error"] = seen{500, "-7 Unexpected error, 9107 Unexpected error", state}
	all[op+"/business-rule"] = seen{400, "-8 Business rule error, 9108 Business rule error", state}
}

var acehubPlays = map[string]play{
	"acehub.payment.create": func(t *testing.T, c *simulatortest.Client) seen {
		a, got := pay(t, c, "authorize", "OUTCOME-1")
		got.state = kept(t, c, "OUTCOME-1", a)
		if a.Body.Transaction.ID != "" {
			got.state += fmt.Sprintf(", capture %d", follow(t, c, a.Body.Transaction.ID, "capture", "OUTCOME-2", 1).Result)
		}
		return got
	},
	"acehub.payment.capture": playFollow("authorize", "capture", "the rest is held"),
	"acehub.payment.refund":  playFollow("payment", "refund", "the rest is captured"),
	"acehub.payment.cancel":  playFollow("authorize", "cancel", "nothing is held"),
	"acehub.payment.get": func(t *testing.T, c *simulatortest.Client) seen {
		paid, _ := pay(t, c, "authorize", "OUTCOME-1")
		a, got := ace(t, c, http.MethodGet, "payments/"+paid.Body.Transaction.ID+"?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
		if got.status == http.StatusOK && a.Body.Transaction.TrackingCode != "OUTCOME-1" {
			t.Errorf("it read %+v", a)
		}
		got.state = kept(t, c, "OUTCOME-1", paid)
		return got
	},
	"acehub.payment.find": func(t *testing.T, c *simulatortest.Client) seen {
		paid, _ := pay(t, c, "authorize", "OUTCOME-1")
		_, got := ace(t, c, http.MethodGet, "payments?businessId="+c.Env["ACEHUB_BUSINESS_ID"]+"&trackingCode=OUTCOME-1", nil)
		got.state = kept(t, c, "OUTCOME-1", paid)
		return got
	},
	"acehub.token.create": func(t *testing.T, c *simulatortest.Client) seen {
		_, got := tokenize(t, c)
		plain, _ := simulatortest.Start(t, simulator.Config{})
		same, _ := tokenize(t, plain) // a token is a function of its key fields (decisions, chance)
		got.state = vault(t, c, same.Body.Flat)
		return got
	},
	"acehub.token.get": func(t *testing.T, c *simulatortest.Client) seen {
		made, _ := tokenize(t, c)
		_, got := ace(t, c, http.MethodGet, "tokens/"+made.Body.Flat+"?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
		got.state = vault(t, c, made.Body.Flat)
		return got
	},
}

// playFollow steers a follow-up of 100 out of 123.45. A second one of 100 tells
// where the money is: it is too much only when the first one moved it.
func playFollow(first, then, moved string) play {
	return func(t *testing.T, c *simulatortest.Client) seen {
		paid, _ := pay(t, c, first, "OUTCOME-1")
		id := paid.Body.Transaction.ID
		a, got := ace(t, c, http.MethodPost, "payments/"+id+"/"+then, followUp(c, then, "OUTCOME-2", 100))
		got.state = kept(t, c, "OUTCOME-2", a)
		probe := then
		if then == "cancel" {
			probe = "capture"
		}
		switch again := follow(t, c, id, probe, "OUTCOME-3", 100); again.Result {
		case 0:
			got.state += ", the money is where it was"
		case -8:
			got.state += ", " + moved
		default:
			t.Errorf("the second %s: %+v", probe, again)
		}
		return got
	}
}

// aceAnswer is AceHub's answer as these tests read it.
type aceAnswer struct {
	Result      int
	Description string
	Body        struct {
		Transaction struct{ ID, TrackingCode string }
		Error       struct {
			Code                     int64
			Message, DetailedMessage string
		}
		Flat        string `json:"token"` // of a token call
		TokenStatus string
	}
}

// ace calls AceHub and says what it answered: result, description, error.
func ace(t *testing.T, c *simulatortest.Client, method, path string, body any) (aceAnswer, seen) {
	t.Helper()
	a := send(t, c, method, c.Env["ACEHUB_URL"]+path, body, "Authorization", basicAuth(c))
	var doc aceAnswer
	var list []json.RawMessage
	data := json.RawMessage(a.Body)
	if json.Unmarshal(data, &list) == nil { // find answers a list, empty or of one
		data = slices.Concat(list...)
	}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatalf("%s %s: HTTP %d %s: %v", method, path, a.Status, a.Body, err)
		}
	}
	says := fmt.Sprintf("%d %s", doc.Result, doc.Description)
	if e := doc.Body.Error; e.Code != 0 {
		says += fmt.Sprintf(", %d %s", e.Code, e.Message)
		if e.DetailedMessage == "" {
			says += ", no detailedMessage"
		}
	}
	return doc, seen{status: a.Status, answer: says}
}

func pay(t *testing.T, c *simulatortest.Client, action, code string) (aceAnswer, seen) {
	t.Helper()
	return ace(t, c, http.MethodPost, "payments", paymentBody(c, action, code))
}

func paymentBody(c *simulatortest.Client, action, code string) map[string]any {
	return map[string]any{
		"action": action, "header": map[string]string{"businessId": c.Env["ACEHUB_BUSINESS_ID"]},
		"body": map[string]any{
			"transaction": map[string]any{"trackingCode": code, "brandId": 1010, "amount": 123.45, "currencyCode": "EUR"},
			"card":        map[string]any{"number": "4000000000001091", "expiryMonth": 1, "expiryYear": 2031, "holderName": "Ada Tester", "cvv": "123"},
		},
	}
}

func followUp(c *simulatortest.Client, action, code string, amount float64) map[string]any {
	transaction := map[string]any{"trackingCode": code}
	if action != "cancel" {
		transaction["amount"], transaction["currencyCode"] = amount, "EUR"
	}
	return map[string]any{
		"action": action, "header": map[string]string{"businessId": c.Env["ACEHUB_BUSINESS_ID"]},
		"body": map[string]any{"transaction": transaction},
	}
}

func follow(t *testing.T, c *simulatortest.Client, id, action, code string, amount float64) aceAnswer {
	t.Helper()
	a, _ := ace(t, c, http.MethodPost, "payments/"+id+"/"+action, followUp(c, action, code, amount))
	return a
}

// kept says what reading by tracking code and by id finds; both must agree with
// each other and with the answer.
func kept(t *testing.T, c *simulatortest.Client, code string, answered aceAnswer) string {
	t.Helper()
	business := "businessId=" + c.Env["ACEHUB_BUSINESS_ID"]
	found, look := ace(t, c, http.MethodGet, "payments?trackingCode="+code+"&"+business, nil)
	if look.status != http.StatusOK {
		t.Fatalf("find: %+v", look)
	}
	id := found.Body.Transaction.ID
	if id != answered.Body.Transaction.ID {
		t.Errorf("the answer has the id %q, what is kept %q", answered.Body.Transaction.ID, id)
	}
	if id == "" {
		return "none"
	}
	read, look := ace(t, c, http.MethodGet, "payments/"+id+"?"+business, nil)
	if look.status != http.StatusOK || read.Result != found.Result || read.Result != answered.Result || read.Body.Error != answered.Body.Error {
		t.Errorf("it answered %+v, was found as %+v and read as %+v", answered, found, read)
	}
	return fmt.Sprintf("kept %d", read.Result)
}

func tokenize(t *testing.T, c *simulatortest.Client) (aceAnswer, seen) {
	t.Helper()
	return ace(t, c, http.MethodPost, "tokens", map[string]any{
		"header": map[string]string{"businessId": c.Env["ACEHUB_BUSINESS_ID"]},
		"body":   map[string]any{"brandId": 1010, "card": map[string]any{"number": "4000000000001091", "expiryMonth": 1, "expiryYear": 2031}},
	})
}

// vault says whether a token can be read.
func vault(t *testing.T, c *simulatortest.Client, token string) string {
	t.Helper()
	a, look := ace(t, c, http.MethodGet, "tokens/"+token+"?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
	switch look.status {
	case http.StatusOK:
		return a.Body.TokenStatus
	case http.StatusNotFound:
		return "none"
	default:
		return look.answer
	}
}

// TestAceHubWords: code and texts of every refusal are the scenario's where it
// gives some, and stay with the transaction.
func TestAceHubWords(t *testing.T) {
	for key, want := range acehubOutcomes() {
		if want.status < http.StatusBadRequest {
			continue
		}
		op, name := split(key)
		t.Run(key, func(t *testing.T) {
			c := steer(t, op, name, "{code: 300102000, message: The address is unknown, detailedMessage: Street}")
			want := want
			want.answer = fmt.Sprintf("%s, 300102000 The address is unknown", verdictOf(want.answer))
			if got := acehubPlays[op](t, c); got != want {
				t.Errorf("it shows\n  %+v, want\n  %+v", got, want)
			}
		})
	}
}

// verdictOf cuts the error off: result and description alone.
func verdictOf(answer string) string {
	for i := len(answer) - 1; i > 0; i-- {
		if answer[i-1:i+1] == ", " && answer[i+1] >= '0' && answer[i+1] <= '9' {
			return answer[:i-1]
		}
	}
	return answer
}

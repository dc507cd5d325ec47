package simulator_test

import (
	"encoding/json"
	"os"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// goldenJourney is what the shop held when testdata/export-v1.json was written: a
// journey that waits for its cardholder, and the payment before it.
type goldenJourney struct {
	Order     simulatortest.Order
	Token     simulatortest.Token
	Lookup    simulatortest.Elements
	PaymentID string // of the payment before
}

// TestVersion1KeepsLoading: the first version of the portable file, with a fixture's
// card and cardholder, a scenario, a setting and a key of its own, goes on. The file
// is never written again: users keep such files.
func TestVersion1KeepsLoading(t *testing.T) {
	file, err := os.ReadFile("testdata/export-v1.json")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/export-v1-journey.json")
	if err != nil {
		t.Fatal(err)
	}
	var j goldenJourney
	if err := json.Unmarshal(text, &j); err != nil {
		t.Fatal(err)
	}
	home, _ := simulatortest.Start(t, simulator.Config{StrictCredentials: true})
	c := importInto(t, home, "kept", file)
	if c.Env["CARDTOKENS_PUBLIC_KEY"] == home.Env["CARDTOKENS_PUBLIC_KEY"] {
		t.Error("the sandbox's own Cardtokens key is lost")
	}
	a := sandboxOf(t, c)
	if a.Seed != 42 || a.Clock.Now != "2026-01-02T03:04:05Z" || len(a.Scenarios) != 1 || a.Settings["acs"]["otpLength"].Value != 8.0 {
		t.Errorf("%+v", a)
	}
	paid, err := c.AceHub("GET", "payments/"+j.PaymentID+"?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
	if err != nil || paid.Result != 0 {
		t.Errorf("the payment before: %s %v", paid.Raw, err)
	}
	if id, err := paymentID(c, "PAY-FIRST"); err != nil || id != j.PaymentID {
		t.Errorf("its tracking code leads to %q: %v", id, err)
	}
	messages, err := c.Messages()
	if err != nil || len(messages) == 0 || len(messages[0].Code) != 8 || messages[0].To != "+4512345678" {
		t.Errorf("the outbox: %+v %v", messages, err)
	}
	underWay{order: j.Order, token: j.Token, lookup: j.Lookup}.arrive(t, c, -4) // the scenario's second payment
	if err := c.Admin("POST", "/reset", nil, nil); err != nil {
		t.Fatal(err)
	}
	o := good("AFTER-RESET")
	o.Card.PAN = j.Order.Card.PAN
	if lookup, err := c.Lookup(o); err != nil || lookup["PAResStatus"] != "C" {
		t.Errorf("a reset does not bring the fixture's cardholder back: %v %v", lookup, err)
	}
}

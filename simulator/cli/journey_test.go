package cli_test

import (
	"encoding/json"
	"os"

	"github.com/rogpeppe/go-internal/testscript"

	"cardsim/simulator/simulatortest"
)

// sandboxOf is a client of a sandbox of the simulator at $ADMIN.
func sandboxOf(ts *testscript.TestScript, id string) *simulatortest.Client {
	c := simulatortest.New(map[string]string{"CARDSIM_ADMIN_URL": ts.Getenv("ADMIN"), "CARDSIM_SANDBOX": id})
	var s struct{ Env map[string]string }
	ts.Check(c.Admin("GET", "", nil, &s))
	c.Env = s.Env
	return c
}

// setOut takes a journey up to the question to its cardholder, and keeps it:
// setout SANDBOX FILE.
func setOut(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: setout SANDBOX FILE")
	}
	c := sandboxOf(ts, args[0])
	j := simulatortest.Journey{Order: simulatortest.Order{
		Number: "MIDWAY", Minor: 12345, Currency: "978",
		Card: simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031, CVV: "123"},
	}}
	var err error
	j.Token, err = c.CreateToken(c.Env["CARDTOKENS_LIVE_API_KEY"], j.Order.Card)
	ts.Check(err)
	j.Lookup, err = c.Lookup(j.Order)
	ts.Check(err)
	if j.Lookup["PAResStatus"] != "C" {
		ts.Fatalf("the cardholder is not asked: %v", j.Lookup)
	}
	text, err := json.Marshal(j)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), text, 0o600))
}

// arrive ends such a journey with a payment that must be approved:
// arrive SANDBOX FILE.
func arrive(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: arrive SANDBOX FILE")
	}
	c := sandboxOf(ts, args[0])
	var j simulatortest.Journey
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &j))
	_, err := c.Approve(j.Lookup["TransactionId"])
	ts.Check(err)
	j.Auth, err = c.Authenticate(j.Lookup["TransactionId"])
	ts.Check(err)
	j.Cryptogram, err = c.GetCryptogram(c.Env["CARDTOKENS_LIVE_API_KEY"], j.Token.TokenID, j.Order.Number)
	ts.Check(err)
	paid, err := c.Pay(j.Payment())
	ts.Check(err)
	if paid.Result != 0 {
		ts.Fatalf("not paid: %s", paid.Raw)
	}
}

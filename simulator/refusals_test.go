package simulator_test

import (
	"fmt"
	"maps"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// altered is one carried value changed alone, and the refusal that must follow.
type altered struct {
	name    string
	card    string // "" is the good card
	before  func(t *testing.T, c *simulatortest.Client, j *simulatortest.Journey)
	change  func(p *simulatortest.Payment)
	refusal string
	result  int // -4 when zero
}

func set(block func(*simulatortest.Payment) map[string]any, key string, value any) func(*simulatortest.Payment) {
	return func(p *simulatortest.Payment) {
		m := block(p)
		if value == nil {
			delete(m, key)
			return
		}
		m[key] = value
	}
}

func card(p *simulatortest.Payment) map[string]any        { return p.Card }
func transaction(p *simulatortest.Payment) map[string]any { return p.Transaction }
func secure(p *simulatortest.Payment) map[string]any      { return p.ThreeDSecure }

// other walks a second journey of another card, to borrow its values.
func other(t *testing.T, c *simulatortest.Client, number, pan string) simulatortest.Journey {
	t.Helper()
	o := good("OTHER-" + number)
	o.Card.PAN = pan
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], o)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

var alterations = []altered{
	{name: "nothing"},
	{name: "CAVV of nobody", change: set(secure, "avv", "AAABBEg0VhI0VniQEjRWAAAAAAA="), refusal: "cavv-unknown"},
	{name: "no CAVV", change: set(secure, "avv", nil), refusal: "cavv-missing"},
	{name: "CAVV of another card", before: func(t *testing.T, c *simulatortest.Client, j *simulatortest.Journey) {
		o := other(t, c, "CAVV", "4000000000002503")
		j.Auth["Cavv"], j.Lookup["DSTransactionId"] = o.Auth["Cavv"], o.Lookup["DSTransactionId"]
	}, refusal: "cavv-other-card"},
	{name: "ECI of an attempt", change: set(secure, "eci", "06"), refusal: "eci-mismatch"},
	{name: "ECI of the other brand group", change: set(secure, "eci", "02"), refusal: "eci-unknown", result: -1},
	{name: "DS transaction id of nobody", change: set(secure, "dsTransactionId", "97267598-fae6-48f2-8083-c23433990fbc"), refusal: "ds-transaction-mismatch"},
	{name: "XID of nobody", card: "4000000000000002", change: set(secure, "xid", "QWJDZEVmR2hJaktsTW5PcFFyMDE="), refusal: "xid-mismatch"},
	{name: "no DS transaction id for Mastercard", card: "5200000000001096", change: set(secure, "dsTransactionId", nil), refusal: "ds-transaction-missing"},
	{name: "cryptogram of nobody", change: set(card, "cryptogram", "AgAAABB6qqnJd0oAmbuXgu8AAAA="), refusal: "cryptogram-unknown"},
	{name: "no cryptogram", change: set(card, "cryptogram", nil), refusal: "cryptogram-missing"},
	{name: "CAVV in place of the cryptogram", before: func(_ *testing.T, _ *simulatortest.Client, j *simulatortest.Journey) {
		j.Cryptogram.Cryptogram = j.Auth["Cavv"]
	}, refusal: "cryptogram-unknown"},
	{name: "cryptogram of another token", before: func(t *testing.T, c *simulatortest.Client, j *simulatortest.Journey) {
		j.Cryptogram.Cryptogram = other(t, c, "CRYPTO", "4000000000002503").Cryptogram.Cryptogram
	}, refusal: "cryptogram-other-token"},
	{name: "cryptogram used before, by a declined payment", before: func(t *testing.T, c *simulatortest.Client, j *simulatortest.Journey) {
		p := j.Payment()
		p.Transaction["trackingCode"] = "PAY-DECLINED-FIRST"
		p.ThreeDSecure["avv"] = "AAABBEg0VhI0VniQEjRWAAAAAAA="
		if paid, err := c.Pay(p); err != nil || paid.Result != -4 {
			t.Fatalf("the first payment: %+v, %v", paid, err)
		}
	}, refusal: "cryptogram-used"},
	{name: "CAVV used before", before: func(t *testing.T, c *simulatortest.Client, j *simulatortest.Journey) {
		p := j.Payment()
		p.Transaction["trackingCode"] = "PAY-APPROVED-FIRST"
		if paid, err := c.Pay(p); err != nil || paid.Result != 0 {
			t.Fatalf("the first payment: %+v, %v", paid, err)
		}
		var err error
		if j.Cryptogram, err = c.GetCryptogram(j.Key, j.Token.TokenID, "again"); err != nil {
			t.Fatal(err)
		}
	}, refusal: "cavv-used"},
	{name: "token of another card", before: func(t *testing.T, c *simulatortest.Client, j *simulatortest.Journey) {
		o := other(t, c, "TOKEN", "4000000000002503")
		j.Token, j.Cryptogram = o.Token, o.Cryptogram
	}, refusal: "cavv-other-card"},
	{name: "deleted token", before: func(t *testing.T, c *simulatortest.Client, j *simulatortest.Journey) {
		if err := c.DeleteToken(j.Key, j.Token.TokenID); err != nil {
			t.Fatal(err)
		}
	}, refusal: "token-not-active"},
	{name: "the card's expiry instead of the token's", change: set(card, "expiryYear", 2031), refusal: "token-expiry-mismatch"},
	{name: "more than was authenticated", change: set(transaction, "amount", 123.46), refusal: "cavv-amount-exceeded"},
	{name: "less than was authenticated", change: set(transaction, "amount", 100), refusal: ""},
	{name: "another currency", change: set(transaction, "currencyCode", "USD"), refusal: "cavv-other-currency"},
	{name: "ErrorNo not 0 ignored", card: "4000000000001125", change: func(p *simulatortest.Payment) {
		p.ThreeDSecure["eci"], p.ThreeDSecure["avv"] = "05", "AAABBEg0VhI0VniQEjRWAAAAAAA="
	}, refusal: "cavv-unknown"},
	{name: "failed authentication claimed as success", card: "4000000000001109", change: func(p *simulatortest.Payment) {
		p.ThreeDSecure["eci"], p.ThreeDSecure["avv"] = "05", nil
	}, refusal: "cavv-missing"},
	{name: "SignatureVerification N ignored", card: "4000000000000010", refusal: "signature-not-verified"},
}

// TestEachCarriedValueAlone alters each value that travels between the parties,
// one at a time, and sees the right refusal; the wire never says more than
// declined.
func TestEachCarriedValueAlone(t *testing.T) {
	for i, tt := range alterations {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := simulatortest.Start(t, simulator.Config{})
			o := good(fmt.Sprintf("ALTER-%d", i))
			if tt.card != "" {
				o.Card.PAN = tt.card
			}
			j := walkOn(t, c, o)
			if tt.before != nil {
				tt.before(t, c, &j)
			}
			p := j.Payment()
			p.Card, p.Transaction, p.ThreeDSecure = maps.Clone(p.Card), maps.Clone(p.Transaction), maps.Clone(p.ThreeDSecure)
			if tt.change != nil {
				tt.change(&p)
			}
			check(t, c, p, tt)
		})
	}
}

// walkOn walks a journey like a shop that ignores what 3-D Secure answered.
func walkOn(t *testing.T, c *simulatortest.Client, o simulatortest.Order) simulatortest.Journey {
	t.Helper()
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], o)
	if err == nil {
		return j
	}
	if j.Auth == nil || j.Auth["ErrorNo"] == "0" {
		t.Fatal(err)
	}
	if j.Cryptogram, err = c.GetCryptogram(j.Key, j.Token.TokenID, o.Number); err != nil {
		t.Fatal(err)
	}
	return j
}

func check(t *testing.T, c *simulatortest.Client, p simulatortest.Payment, tt altered) {
	t.Helper()
	paid, err := c.Pay(p)
	if err != nil {
		t.Fatal(err)
	}
	refusal, err := c.Refusal("acehub.payment.create")
	if err != nil {
		t.Fatal(err)
	}
	wantHTTP, wantResult := 200, 0
	if tt.refusal != "" {
		wantHTTP, wantResult = 400, -4
		if tt.result != 0 {
			wantResult = tt.result
		}
	}
	if paid.HTTP != wantHTTP || paid.Result != wantResult || refusal != tt.refusal {
		t.Errorf("HTTP %d result %d refusal %q, want %d %d %q\n%s", paid.HTTP, paid.Result, refusal, wantHTTP, wantResult, tt.refusal, paid.Raw)
	}
}

// TestCAVVOfAnotherMerchant pays at a second shop with what the first one earned.
func TestCAVVOfAnotherMerchant(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{Fixtures: []string{"testdata/two-shops.yaml"}})
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], good("MERCHANT-1"))
	if err != nil {
		t.Fatal(err)
	}
	second := *c
	second.Env = maps.Clone(c.Env)
	second.Env["ACEHUB_BUSINESS_ID"], second.Env["ACEHUB_USERNAME"], second.Env["ACEHUB_PASSWORD"] = "770099", "second", "second-password"
	// The card itself, so that the token's own merchant is not what refuses.
	p := j.Payment()
	p.Card = map[string]any{"number": j.Order.Card.PAN, "expiryMonth": 1, "expiryYear": 2031, "cvv": "123"}
	check(t, &second, p, altered{refusal: "cavv-other-merchant"})
	// And the first shop's network token.
	p = j.Payment()
	p.Transaction["trackingCode"], p.ThreeDSecure = "MERCHANT-2-TOKEN", nil
	check(t, &second, p, altered{refusal: "token-other-merchant"})
}

// TestDisabledAtTheIssuer is not found by 3-D Secure.
func TestDisabledAtTheIssuer(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for pan, want := range map[string]simulatortest.Elements{
		"4000000000001091": {"Enrolled": "Y", "PAResStatus": "N", "StatusReason": "08", "ACSUrl": ""},
		"4000000000000002": {"Enrolled": "N", "ACSUrl": ""},
	} {
		enrolled, err := c.Enrol(pan, "V-"+pan, "+4512345678")
		if err != nil {
			t.Fatal(err)
		}
		o := good("DISABLED-" + pan)
		o.Card.PAN = pan
		before, err := c.Lookup(o)
		if err != nil || before["ACSUrl"] == "" {
			t.Fatalf("before: %v, %v", before, err)
		}
		if err := c.SetCardState(enrolled.CardID, "DISABLED"); err != nil {
			t.Fatal(err)
		}
		after, err := c.Lookup(o)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range want {
			if after[name] != value {
				t.Errorf("%s: %s is %q, want %q", pan, name, after[name], value)
			}
		}
	}
}

package simulator_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/admin"
	"cardsim/simulator/journal"
	acquirer "cardsim/simulator/pay"
	"cardsim/simulator/scheme"
	"cardsim/simulator/simulatortest"
)

// page reads one page of a list.
func page[T any](t *testing.T, c *simulatortest.Client, path string) admin.List[T] {
	t.Helper()
	var list admin.List[T]
	if err := c.Admin("GET", path, nil, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// single reads a list that must hold one item, and the item by its own address.
func single[T any](t *testing.T, c *simulatortest.Client, path string, id func(T) string) T {
	t.Helper()
	list := page[T](t, c, path)
	if len(list.Items) != 1 || list.Next != nil {
		t.Fatalf("%s: %+v", path, list)
	}
	var one T
	base, _, _ := strings.Cut(path, "?")
	if err := c.Admin("GET", base+"/"+id(list.Items[0]), nil, &one); err != nil {
		t.Fatal(err)
	}
	return one
}

const journeysCard = "4000000000001091"

func journeyTo(t *testing.T, c *simulatortest.Client, number string) (simulatortest.Journey, simulatortest.Paid) {
	t.Helper()
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], good(number))
	if err != nil {
		t.Fatal(err)
	}
	paid, err := c.Pay(j.Payment())
	if err != nil || paid.Result != 0 {
		t.Fatalf("%s %v", paid.Raw, err)
	}
	return j, paid
}

func TestListsShowAJourney(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	if _, err := c.Enrol(journeysCard, "V1", "+919876543292"); err != nil {
		t.Fatal(err)
	}
	var seen strings.Builder
	c.Spy = func(direction, where string, body []byte) {
		if direction == "received" && strings.Contains(where, "/api/v1/sandboxes/") {
			seen.Write(body)
		}
	}
	j, _ := journeyTo(t, c, "LIST-1")
	seen.Reset()
	card := journal.Card{Brand: "visa", Bin: "400000", Last4: "1091"}

	token := single(t, c, "/tokens?card=1091&status=active", func(x admin.Token) string { return x.ID })
	if token.ID != j.Token.TokenID || *token.Card != card || token.Number.Last4 != j.Token.Token[12:] || token.Scheme != scheme.Visa ||
		token.Cryptograms != (admin.Cryptograms{Issued: 1, Used: 1}) || !strings.HasPrefix(token.PAR, "V001") || token.Flow == "" {
		t.Errorf("token %+v", token)
	}
	txn := single(t, c, "/transactions?status=Y", func(x admin.Transaction) string { return x.ID })
	if txn.ID != j.Lookup["TransactionId"] || *txn.Card != card || txn.CAVV != "used" || txn.ECI != "05" || txn.Amount != 123.45 || txn.Currency != "EUR" ||
		txn.OrderNumber != "LIST-1" || txn.Challenge == nil || txn.Challenge.Result != "Y" || txn.Challenge.State != "finished" || !txn.SignatureValid {
		t.Errorf("transaction %+v", txn)
	}
	paid := single(t, c, "/payments?flow="+txn.Flow, func(x admin.Payment) string { return x.ID })
	if *paid.Card != card || paid.Number.Last4 != token.Number.Last4 || paid.Token != token.ID || paid.Status != acquirer.Authorized || paid.TrackingCode != "PAY-LIST-1" ||
		paid.Money != (admin.PaymentMoney{Authorized: 123.45, Held: 123.45}) || paid.Result.ApprovalCode == "" || paid.Flow != token.Flow ||
		paid.ThreeDSecure == nil || *paid.ThreeDSecure != (admin.PaymentClaim{ECI: "05", TransactionID: txn.ID, Holds: true, Liability: "issuer"}) {
		t.Errorf("payment %+v %+v", paid, paid.ThreeDSecure)
	}
	holder := single(t, c, "/cardholders?card=1091&status=ENABLED", func(x admin.Cardholder) string { return x.ID })
	if *holder.Card != card || holder.Identities["phoneNumber"] != "+91 ********92" || holder.Identities["tenantUniqueVector"] != "V1" || holder.Name == "" || holder.ProductID == "" {
		t.Errorf("cardholder %+v", holder)
	}
	for what, secret := range map[string]string{
		"card number": journeysCard, "token number": j.Token.Token, "cryptogram": j.Cryptogram.Cryptogram, "CAVV": j.Auth["Cavv"], "phone number": "9876543292",
	} {
		if secret == "" || strings.Contains(seen.String(), secret) {
			t.Errorf("the lists show the %s %q", what, secret)
		}
	}
}

func TestPaymentsShowTheirMoney(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	j, paid := journeyTo(t, c, "MONEY-1")
	root := single(t, c, "/payments", func(x admin.Payment) string { return x.ID })
	for i, step := range []struct {
		action string
		amount float64
		want   acquirer.Standing
		money  admin.PaymentMoney
	}{
		{"capture", 100, acquirer.PartiallyCaptured, admin.PaymentMoney{Authorized: 123.45, Captured: 100, Released: 23.45, Kept: 100}},
		{"refund", 40, acquirer.PartiallyRefunded, admin.PaymentMoney{Authorized: 123.45, Captured: 100, Released: 23.45, Refunded: 40, Kept: 60}},
		{"refund", 60, acquirer.Refunded, admin.PaymentMoney{Authorized: 123.45, Captured: 100, Released: 23.45, Refunded: 100}},
	} {
		if done := follow(t, c, root.ID, step.action, fmt.Sprintf("MONEY-STEP-%d", i), step.amount); done.Result != 0 {
			t.Fatalf("%s: %+v", step.action, done)
		}
		var got admin.Payment
		if err := c.Admin("GET", "/payments/"+root.ID, nil, &got); err != nil || got.Status != step.want || got.Money != step.money {
			t.Errorf("after %s: %s %+v %v", step.action, got.Status, got.Money, err)
		}
	}
	newest := page[admin.Payment](t, c, "/payments?limit=1")
	if len(newest.Items) != 1 || newest.Items[0].Action != acquirer.ActionRefund || newest.Items[0].Root != root.ID || newest.Items[0].Status != "approved" || newest.Next == nil {
		t.Errorf("newest %+v", newest)
	}
	if again, err := c.Pay(j.Payment()); err != nil || again.Result != -8 || paid.Result != 0 {
		t.Errorf("a tracking code is good once: %s %v", again.Raw, err)
	}
}

func TestADeclinedPaymentSaysWhy(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	j, _ := journeyTo(t, c, "WHY-1")
	p := j.Payment() // its cryptogram and CAVV are used up
	p.Transaction["trackingCode"] = "PAY-WHY-2"
	if paid, err := c.Pay(p); err != nil || paid.Result != -4 {
		t.Fatalf("%s %v", paid.Raw, err)
	}
	declined := single(t, c, "/payments?status=declined", func(x admin.Payment) string { return x.ID })
	if declined.Result.Name != acquirer.Declined || declined.Result.Number != -4 || declined.Result.Code != 300400800 || declined.Result.Message == "" ||
		declined.Result.Refusal != scheme.CryptogramUsed || declined.ThreeDSecure.Holds || declined.ThreeDSecure.Liability != "merchant" || declined.Money != (admin.PaymentMoney{}) {
		t.Errorf("%+v %+v", declined, declined.ThreeDSecure)
	}
}

func TestListsPage(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for _, n := range []string{"P-1", "P-2", "P-3"} {
		if _, err := c.Lookup(good(n)); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/transactions", "/challenges"} {
		first := page[struct{ OrderNumber, TransactionID, ID string }](t, c, path+"?limit=2")
		if len(first.Items) != 2 || first.Next == nil {
			t.Fatalf("%s: %+v", path, first)
		}
		rest := page[struct{ OrderNumber, TransactionID, ID string }](t, c, path+"?limit=2&after="+*first.Next)
		if len(rest.Items) != 1 || rest.Next != nil || rest.Items[0].ID == first.Items[1].ID {
			t.Errorf("%s: %+v", path, rest)
		}
		if path == "/transactions" && (first.Items[0].OrderNumber != "P-3" || rest.Items[0].OrderNumber != "P-1") {
			t.Errorf("not newest first: %+v %+v", first, rest)
		}
	}
}

func TestListsKnowNothingOfOthers(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for _, list := range []string{"tokens", "transactions", "payments", "cardholders"} {
		for _, id := range []string{"none", "%00", strings.Repeat("x", 100), "..%2f..%2fetc"} {
			if a := raw(t, c, "GET", s+"/"+list+"/"+id, ""); a.Status != http.StatusNotFound || a.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s/%s: HTTP %d %s", list, id, a.Status, a.Body)
			}
		}
		if a := raw(t, c, "GET", s+"/"+list+"?colour=red", ""); a.Status != http.StatusBadRequest {
			t.Errorf("%s: HTTP %d %s", list, a.Status, a.Body)
		}
	}
}

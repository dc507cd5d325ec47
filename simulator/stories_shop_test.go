package simulator_test

import (
	"fmt"
	"net/http"

	"cardsim/simulator/simulatortest"
)

// What the shop does in the stories.

func (s tale) lookup(o simulatortest.Order) simulatortest.Elements {
	s.t.Helper()
	e, err := s.c.Lookup(o)
	s.ok(err)
	return e
}

// challenged looks up an order that the issuer wants to see the cardholder for.
func (s tale) challenged(o simulatortest.Order) string {
	s.t.Helper()
	e := s.lookup(o)
	same(s, "PAResStatus", e["PAResStatus"], "C")
	return e["TransactionId"]
}

// passed looks up an order and lets its cardholder type the right code.
func (s tale) passed(o simulatortest.Order) string {
	s.t.Helper()
	id := s.challenged(o)
	_, err := s.c.Approve(id)
	s.ok(err)
	return id
}

func (s tale) authenticate(transactionID string) simulatortest.Elements {
	s.t.Helper()
	e, err := s.c.Authenticate(transactionID)
	s.ok(err)
	return e
}

// walk takes an order from the token to the cryptogram.
func (s tale) walk(o simulatortest.Order) simulatortest.Journey {
	s.t.Helper()
	j, err := s.c.Walk(s.c.Env["CARDTOKENS_API_KEY"], o)
	s.ok(err)
	return j
}

// fresh fetches another cryptogram for a journey.
func (s tale) fresh(j simulatortest.Journey, reference string) simulatortest.Journey {
	s.t.Helper()
	var err error
	j.Cryptogram, err = s.c.GetCryptogram(j.Key, j.Token.TokenID, reference)
	s.ok(err)
	return j
}

// tracked is a payment under another tracking code.
func tracked(p simulatortest.Payment, code string) simulatortest.Payment {
	p.Transaction["trackingCode"] = code
	return p
}

// plain is a payment with the card's own number and no authentication.
func plain(o simulatortest.Order) simulatortest.Payment {
	return simulatortest.Payment{
		Action:      "payment",
		Transaction: map[string]any{"trackingCode": "PAY-" + o.Number, "amount": float64(o.Minor) / 100, "currencyCode": "EUR"},
		Card:        map[string]any{"number": o.Card.PAN, "expiryMonth": o.Card.Month, "expiryYear": o.Card.Year, "holderName": "Ada Tester"},
	}
}

// pays sends a payment and demands AceHub's status and result.
func (s tale) pays(p simulatortest.Payment, status, result int) simulatortest.Paid {
	s.t.Helper()
	paid, err := s.c.Pay(p)
	s.ok(err)
	return s.judged(paid, status, result)
}

func (s tale) judged(paid simulatortest.Paid, status, result int) simulatortest.Paid {
	s.t.Helper()
	if paid.HTTP != status || paid.Result != result {
		code, _ := s.c.Refusal("acehub.payment.create")
		s.t.Fatalf("HTTP %d %s, refused as %q: want HTTP %d, result %d", paid.HTTP, paid.Raw, code, status, result)
	}
	return paid
}

// follows captures, cancels or refunds.
func (s tale) follows(id, verb, trackingCode string, amount float64) simulatortest.Paid {
	s.t.Helper()
	paid, err := s.c.AceHub(http.MethodPost, "payments/"+id+"/"+verb, map[string]any{
		"header": map[string]string{"businessId": s.c.Env["ACEHUB_BUSINESS_ID"]},
		"body":   map[string]any{"transaction": map[string]any{"trackingCode": trackingCode, "amount": amount, "currencyCode": "EUR"}},
	})
	s.ok(err)
	return paid
}

// lost sends a payment whose answer does not arrive in one piece.
func (s tale) lost(p simulatortest.Payment) {
	s.t.Helper()
	if paid, err := s.c.Pay(p); err == nil {
		s.t.Fatalf("the answer arrived: HTTP %d %s", paid.HTTP, paid.Raw)
	}
}

// order is the good card's n-th order.
func order(n int) simulatortest.Order { return good(fmt.Sprintf("STORY-%04d", n)) }

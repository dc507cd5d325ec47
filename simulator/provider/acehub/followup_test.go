package acehub

import (
	"net/http"
	"sync"
	"testing"

	"cardsim/simulator/pay"
)

// follow is one step of a story: an operation on a transaction named before.
type follow struct {
	on, op, amount string
	as             string   // the name of what comes of it
	broken         pay.Rule // "": it is legal
}

// The state machine of reference acehub.md §5.5 over the wire.
func TestStateMachine(t *testing.T) {
	tests := map[string]struct {
		action   string
		settings map[string]any
		steps    []follow
	}{
		"a capture takes part, once": {action: "authorize", steps: []follow{
			{on: "root", op: "refund", amount: "1", broken: pay.RuleState}, {on: "root", op: "capture", amount: "21", broken: pay.RuleAmount},
			{on: "root", op: "capture", amount: "15", as: "taken"}, {on: "root", op: "capture", amount: "5", broken: pay.RuleState},
			{on: "root", op: "cancel", broken: pay.RuleState}, {on: "taken", op: "capture", amount: "1", broken: pay.RuleState},
			{on: "root", op: "refund", amount: "5"}, {on: "taken", op: "refund", amount: "10", as: "back"}, {on: "root", op: "refund", amount: "0.01", broken: pay.RuleAmount},
			{on: "back", op: "cancel", broken: pay.RuleState}, {on: "back", op: "refund", amount: "1", broken: pay.RuleState},
		}},
		"captures in parts by the setting": {action: "authorize", settings: map[string]any{"secondCapture": "allow"}, steps: []follow{
			{on: "root", op: "capture", amount: "15"}, {on: "root", op: "capture", amount: "6", broken: pay.RuleAmount},
			{on: "root", op: "capture", amount: "5"}, {on: "root", op: "cancel", broken: pay.RuleState}, {on: "root", op: "refund", amount: "20"},
		}},
		"a cancel ends it": {action: "authorize", steps: []follow{
			{on: "root", op: "cancel", as: "void"}, {on: "root", op: "cancel", broken: pay.RuleState}, {on: "root", op: "capture", amount: "1", broken: pay.RuleState},
			{on: "root", op: "refund", amount: "1", broken: pay.RuleState}, {on: "void", op: "capture", amount: "1", broken: pay.RuleState},
		}},
		"a payment is refunded, not cancelled": {action: "payment", steps: []follow{
			{on: "root", op: "cancel", broken: pay.RuleState}, {on: "root", op: "capture", amount: "20", broken: pay.RuleState},
			{on: "root", op: "refund", amount: "12.5"}, {on: "root", op: "refund", amount: "7.51", broken: pay.RuleAmount}, {on: "root", op: "refund", amount: "7.5"},
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t, tt.settings)
			ids := map[string]string{"root": s.post("payments", payment(tt.action, "ORDER-0001", "20")).is(t, http.StatusOK, 0).text("body.transaction.id")}
			for i, step := range tt.steps {
				a := s.post("payments/"+ids[step.on]+"/"+step.op, followUpBody("FOLLOW-"+string(rune('A'+i)), step.amount))
				if step.broken != "" {
					a.fails(t, -8, codeRule, ruleMessages[step.broken])
					continue
				}
				a.is(t, http.StatusOK, 0)
				if a.text("body.transaction.parentId") != ids[step.on] {
					t.Errorf("step %d: parentId %s", i, a.Body)
				}
				ids[step.as] = a.text("body.transaction.id")
			}
		})
	}
}

func TestFollowUpRefusals(t *testing.T) {
	s := open(t, nil)
	id := s.post("payments", payment("payment", "ORDER-0001", "20")).text("body.transaction.id")
	if a := s.post("payments/0b6c3b0e-6b0f-4c53-8b0c-5d1d7a5c9e11/refund", followUpBody("RFND-0001", "1")); a.Status != http.StatusNotFound || a.Body != "" {
		t.Errorf("an unknown id: HTTP %d %s", a.Status, a.Body)
	}
	theirs := `{"header":{"businessId":"880000"},"body":{"transaction":{"trackingCode":"RFND-0001","amount":1,"currencyCode":"EUR"}}}`
	if a := s.send(otherBusiness, http.MethodPost, "payments/"+id+"/refund", theirs); a.Status != http.StatusNotFound {
		t.Errorf("another business refunds: HTTP %d %s", a.Status, a.Body)
	}
	dollars := `{"header":{"businessId":"770000"},"body":{"transaction":{"trackingCode":"RFND-0001","amount":1,"currencyCode":"USD"}}}`
	s.post("payments/"+id+"/refund", dollars).fails(t, -8, codeRule, ruleMessages[pay.RuleCurrency])
	s.post("payments/"+id+"/refund", followUpBody("ORDER-0001", "1")).fails(t, -8, codeRule, ruleMessages[pay.RuleDuplicate])
	s.post("payments/"+id+"/refund", followUpBody("RFND-0001", "")).fails(t, -1, codeMissing, "Property not found in request: body.transaction.amount.")
	s.post("payments/"+id+"/refund", followUpBody("SHORT", "1")).fails(t, -1, codeInvalid, "Invalid property value: body.transaction.trackingCode.")
	if n := s.count(); n != 1 {
		t.Errorf("%d transactions are kept", n)
	}
}

// A tracking code is unique within its business, not beyond it (reference
// acehub.md §5.4, scope inferred).
func TestTrackingCodeScope(t *testing.T) {
	s := open(t, nil)
	first := s.post("payments", payment("payment", "ORDER-0001", "20")).is(t, http.StatusOK, 0)
	s.post("payments", payment("payment", "ORDER-0001", "20")).fails(t, -8, codeRule, ruleMessages[pay.RuleDuplicate])
	s.post("payments", payment("payment", "order-0001", "20")).is(t, http.StatusOK, 0)
	theirs := `{"action":"payment","header":{"businessId":"880000"},"body":{"transaction":{"trackingCode":"ORDER-0001","amount":20,"currencyCode":"EUR"},"card":{"number":"4111111111111111","expiryMonth":3,"expiryYear":2030}}}`
	other := s.send(otherBusiness, http.MethodPost, "payments", theirs).is(t, http.StatusOK, 0)
	if other.text("body.transaction.id") == first.text("body.transaction.id") {
		t.Error("two businesses share an id")
	}
}

// Of many requests with one tracking code exactly one is processed.
func TestTrackingCodeRace(t *testing.T) {
	s := open(t, nil)
	const racers = 16
	results := make([]int, racers)
	var wg sync.WaitGroup
	for i := range racers {
		wg.Go(func() {
			a := s.Do(http.MethodPost, Prefix+"payments", payment("payment", "ORDER-0001", "20"), "Authorization", basicHeader("user-"+ownBusiness, password))
			results[i] = a.Status
		})
	}
	wg.Wait()
	won := 0
	for _, status := range results {
		switch status {
		case http.StatusOK:
			won++
		case http.StatusBadRequest:
		default:
			t.Errorf("HTTP %d", status)
		}
	}
	if n := s.count(); won != 1 || n != 1 {
		t.Errorf("%d of %d racers won, %d transactions are kept", won, racers, n)
	}
}

package pay

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// model is what a payment should be, kept apart from the code under test.
type model struct {
	action                         Action
	held, taken, given, authorised int64
	captures                       int
	cancelled, again               bool
}

// allows says whether a follow-up on the payment itself is legal.
func (m model) allows(a Action, amount int64) bool {
	switch a {
	case ActionCapture:
		return m.action == ActionAuthorize && !m.cancelled && (m.captures == 0 || m.again) && amount <= m.held
	case ActionCancel:
		return m.action == ActionAuthorize && !m.cancelled && m.captures == 0
	default:
		return m.taken > 0 && amount <= m.taken-m.given
	}
}

func (m *model) apply(a Action, amount int64) {
	switch a {
	case ActionCapture:
		m.captures++
		m.taken += amount
		m.held -= amount
		if !m.again {
			m.held = 0
		}
	case ActionCancel:
		m.cancelled, m.held = true, 0
	default:
		m.given += amount
	}
}

// Whatever is asked for, legal or not: the ledger sums to zero, authorised ≥
// captured ≥ refunded, and only what is legal happens.
func TestMachine(t *testing.T) {
	houses := map[bool]*house{false: build(t, nil), true: build(t, map[string]any{"secondCapture": "allow"})}
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		m := model{action: rapid.SampledFrom([]Action{ActionAuthorize, ActionPayment}).Draw(t, "action"), again: rapid.Bool().Draw(t, "again")}
		h := houses[m.again]
		m.authorised = rapid.Int64Range(1, 1000).Draw(t, "amount")
		code := fmt.Sprintf("RUN-%06d", run)
		root := h.pay(order(h.t, m.action, code, eur(m.authorised))).Payment
		if m.held = m.authorised; m.action == ActionPayment {
			m.held, m.taken = 0, m.authorised
		}
		ids := []Payment{root}
		for i := range rapid.IntRange(0, 12).Draw(t, "steps") {
			step(t, h, &m, &ids, fmt.Sprintf("%s-%02d", code, i))
			check(t, h.book(root.ID), m)
		}
	})
}

// step tries one follow-up, on the payment or on one of its follow-ups.
func step(t *rapid.T, h *house, m *model, ids *[]Payment, code string) {
	f := FollowUp{
		Payer: own(), Action: rapid.SampledFrom([]Action{ActionCapture, ActionCancel, ActionRefund}).Draw(t, "follow-up"),
		TrackingCode: code, Money: eur(rapid.Int64Range(1, 1100).Draw(t, "of")),
	}
	on := rapid.SampledFrom(*ids).Draw(t, "on")
	f.Of = on.ID
	legal := m.allows(f.Action, f.Money.Minor)
	if on.FollowUp() {
		legal = legal && f.Action == ActionRefund && on.Action == ActionCapture
	}
	var a Answer
	err := h.do(func(s sandbox.Scope) (err error) {
		a, err = Follow(s, f)
		return err
	})
	var rule *RuleError
	switch {
	case legal && err != nil:
		t.Fatalf("%s of %s on %s is refused: %v", f.Action, f.Money, on.Action, err)
	case !legal && !errors.As(err, &rule):
		t.Fatalf("%s of %s on %s passes: %v", f.Action, f.Money, on.Action, err)
	case legal:
		m.apply(f.Action, f.Money.Minor)
		*ids = append(*ids, a.Payment)
	}
}

func check(t *rapid.T, b Book, m model) {
	if err := b.Check(); err != nil {
		t.Fatal(err)
	}
	if b.Authorised("EUR") != m.authorised || b.Captured("EUR") != m.taken || b.Refunded("EUR") != m.given || b.Balance(Reserved, "EUR") != m.held {
		t.Fatalf("the book %+v, the model %+v", b, m)
	}
}

// What a failure anywhere leaves behind is nothing.
func TestRefusedLeavesNothing(t *testing.T) {
	h := build(t, nil)
	o := order(t, ActionPayment, "ORDER-0001", eur(100))
	h.pay(o)
	err := h.do(func(s sandbox.Scope) error { _, err := Pay(s, o); return err })
	var rule *RuleError
	if !errors.As(err, &rule) || rule.Rule != RuleDuplicate {
		t.Errorf("the second payment: %v", err)
	}
	var list []Payment
	h.must(func(s sandbox.Scope) (err error) { list, err = List(s); return err })
	if len(list) != 1 || list[0].TrackingCode != "ORDER-0001" {
		t.Errorf("%+v", list)
	}
	err = h.do(func(s sandbox.Scope) error {
		_, err := Follow(s, FollowUp{Payer: own(), Of: "nothing", Action: ActionRefund, TrackingCode: "RFND-0001", Money: eur(1)})
		return err
	})
	var known *core.Error
	if !errors.As(err, &known) || known.Code != core.CodeNotFound {
		t.Errorf("an unknown id: %v", err)
	}
}

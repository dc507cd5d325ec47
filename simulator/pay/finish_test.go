package pay

import (
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

func (h *house) finish(id string, f Finish) (a Answer) {
	h.t.Helper()
	h.must(func(s sandbox.Scope) (err error) {
		a, err = Complete(s, id, f)
		return err
	})
	return a
}

// waiting makes a pending payment with a session of one hour.
func (h *house) waiting(code string, change func(*Await)) Payment {
	o := order(h.t, ActionPayment, code, eur(100))
	o.Tokenize = &Owner{}
	o.Await = &Await{Result: Pending, Deadline: h.world.Clock.Now().Add(time.Hour)}
	if change != nil {
		change(o.Await)
	}
	return h.pay(o).Payment
}

// A pending payment ends once, and gives a token only then.
func TestComplete(t *testing.T) {
	h := build(t, nil)
	p := h.waiting("ORDER-0001", nil)
	if p.Result != Pending || p.Token != "" || len(h.book(p.ID)) != 0 {
		t.Fatalf("%+v", p)
	}
	first := h.finish(p.ID, Finish{})
	again := h.finish(p.ID, Finish{Denied: core.Refusef(AuthenticationFailed, "no")})
	if first.Payment.Result != Approved || first.Vault == nil || again.Payment.Result != Approved || again.Payment.Token != first.Vault.Token {
		t.Errorf("first %+v, again %+v", first, again)
	}
	if b := h.book(p.ID); b.Captured("EUR") != 100 {
		t.Errorf("the book is %+v", b)
	}
}

func TestCompleteDenied(t *testing.T) {
	h := build(t, nil)
	p := h.waiting("ORDER-0001", nil)
	a := h.finish(p.ID, Finish{Denied: core.Refusef(AuthenticationFailed, "no"), ThreeDS: &ThreeDS{TransactionID: "t", Status: core.StatusFailed}})
	if a.Payment.Result != Declined || a.Payment.Refusal != AuthenticationFailed || a.Payment.ThreeDS == nil || len(h.book(p.ID)) != 0 {
		t.Errorf("%+v", a)
	}
	bad := h.waiting("ORDER-0002", nil)
	if a := h.finish(bad.ID, Finish{Proof: &Proof{ECI: "05", CAVV: "invented"}}); a.Payment.Result != Declined || a.Refusal == nil {
		t.Errorf("an invented CAVV: %+v", a)
	}
}

func TestDeadlineAndHold(t *testing.T) {
	h := build(t, nil)
	late := h.waiting("ORDER-0001", nil)
	held := h.waiting("ORDER-0002", func(a *Await) { a.Settled = Pending })
	if _, err := h.world.Clock.Advance(time.Hour); err != nil {
		t.Fatal(err)
	}
	if a := h.finish(late.ID, Finish{}); a.Payment.Result != Timeout {
		t.Errorf("after its deadline: %+v", a.Payment)
	}
	if a := h.finish(held.ID, Finish{}); a.Payment.Result != Pending {
		t.Errorf("one that waits for ever: %+v", a.Payment)
	}
	settled := h.waiting("ORDER-0003", func(a *Await) { a.Settled = Failed })
	var later Payment
	h.must(func(s sandbox.Scope) (err error) {
		later, _, err = Any(s, settled.ID)
		return err
	})
	if settled.Result != Pending || later.Result != Failed {
		t.Errorf("answered %s, later %s", settled.Result, later.Result)
	}
}

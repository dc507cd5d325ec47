package acs

import (
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/pares"
)

// TestEnds walks the rows of reference cipher-acs.md B6 that a page can reach.
func TestEnds(t *testing.T) {
	type step func(b *bench, p page, id string) page
	wrong := func(b *bench, p page, _ string) page {
		return b.post(p.action(), "otp", "0000", "action", "submit", "step", p.step())
	}
	right := func(b *bench, p page, id string) page {
		return b.post(p.action(), "otp", b.code(id), "action", "submit", "step", p.step())
	}
	cancel := func(b *bench, p page, _ string) page { return b.post(p.action(), "action", "cancel", "step", p.step()) }
	late := func(b *bench, p page, _ string) page { b.advance(300 * time.Second); return p }
	disable := func(b *bench, p page, _ string) page {
		b.do(func(s sandbox.Scope) error {
			cards, err := issuer.Cards(s)
			if err == nil {
				_, _, err = issuer.SetState(s, b.tenant, cards[0].ID, issuer.Disabled)
			}
			return err
		})
		return p
	}
	tests := []struct {
		name    string
		card    string
		enrol   bool
		steps   []step
		outcome string
		status  string // of the PaRes, or N in a CRes
	}{
		{"the limit, 1.0", old, false, []step{wrong, wrong}, "failed", "N"},
		{"the limit, EMV", emvGood, true, []step{wrong, wrong}, "failed", "N"},
		{"wrong then right", emvGood, true, []step{wrong, right}, "authenticated", "Y"},
		{"cancel, 1.0", old, false, []step{cancel}, "cancelled", "N"},
		{"cancel after a wrong entry", emvGood, false, []step{wrong, cancel}, "cancelled", "N"},
		{"too late, 1.0", old, false, []step{late, right4}, "expired", "N"},
		{"too late, EMV", mcard, false, []step{late, right4}, "expired", "N"},
		{"a card that fails whatever is typed", emvFails, false, []step{right}, "failed", "N"},
		{"a card whose issuer is down", emvDown, false, []step{right}, "unavailable", "N"},
		{"disabled while it runs", emvGood, true, []step{disable, right}, "card-not-found", "N"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := build(t, options{})
			if tt.enrol {
				b.enrol(tt.card)
			}
			tx, payload := b.lookUp(tt.card)
			p := b.enter(tx, payload)
			for _, s := range tt.steps {
				p = s(b, p, tx.ID).ok()
			}
			if p.outcome() != tt.outcome {
				t.Fatalf("outcome %q, want %q:\n%s", p.outcome(), tt.outcome, p.Body)
			}
			if got := resultOf(t, b, p); got != tt.status {
				t.Errorf("the browser carries %s, want %s", got, tt.status)
			}
			if e := b.Last(t); e.Outcome != tt.outcome || (tt.outcome != "authenticated") != (e.Refusal != nil) {
				t.Errorf("the journal says %q, refusal %v", e.Outcome, e.Refusal)
			}
			// Reload, back and another button: the stored result, and nothing changes.
			before := b.read(tx.ID)
			again := []page{b.get("/acs/challenge/" + tx.Challenge.ID), wrong(b, page{t: t, Answer: p.Answer}.at(tx.Challenge.ID), tx.ID), b.enter(tx, payload)}
			for _, p := range again {
				if p.outcome() != tt.outcome {
					t.Errorf("afterwards it shows %q", p.outcome())
				}
			}
			after := b.read(tx.ID)
			if after.Challenge.Result != before.Challenge.Result || after.Challenge.AttemptsMade != before.Challenge.AttemptsMade {
				t.Errorf("it changed after its end: %+v, %+v", before.Challenge, after.Challenge)
			}
		})
	}
}

// right4 types the sandbox's code without asking whether the challenge runs.
func right4(b *bench, p page, _ string) page {
	return b.post(p.action(), "otp", "1234", "action", "submit", "step", p.step())
}

// at is a page whose form goes to a challenge.
func (p page) at(challenge string) page {
	p.Body = `<form action="/acs/challenge/` + challenge + `">`
	return p
}

func resultOf(t *testing.T, b *bench, p page) string {
	t.Helper()
	if text := p.field("PaRes"); text != "" {
		res, err := pares.Verify(text, b.signing.Roots, start)
		if err != nil {
			t.Fatal(err)
		}
		return res.TX.Status
	}
	res, err := emv.DecodeCRes(p.field("cres"))
	if err != nil {
		t.Fatalf("%v:\n%s", err, p.Body)
	}
	return res.TransStatus
}

// TestSentTwice: a form that reaches the issuer twice counts once.
func TestSentTwice(t *testing.T) {
	b := build(t, options{})
	b.enrol(emvGood)
	tx, payload := b.lookUp(emvGood)
	p := b.enter(tx, payload)
	for range 3 { // a double click and a reload, all of the same page
		b.post(p.action(), "otp", "0000", "action", "submit", "step", p.step()).ok().has(t, "That code is not right.")
	}
	if left := b.read(tx.ID).Challenge.AttemptsLeft(); left != 1 {
		t.Errorf("%d tries left after one wrong entry sent three times", left)
	}
	p = b.get(p.action()).ok()
	for range 3 {
		p2 := b.post(p.action(), "action", "resend", "step", p.step()).ok().has(t, "A new code is on its way")
		if p2.resendsLeft() != "2" {
			t.Errorf("%s resends left", p2.resendsLeft())
		}
	}
	// The page from before the resend, with the code of now: right is right.
	p = b.post(p.action(), "otp", b.code(tx.ID), "action", "submit", "step", p.step()).ok()
	if p.outcome() != "authenticated" {
		t.Errorf("outcome %q", p.outcome())
	}
}

func TestResendLimit(t *testing.T) {
	b := build(t, options{})
	b.enrol(emvGood)
	p := b.enter(b.lookUp(emvGood))
	for _, left := range []string{"2", "1", "0"} {
		if p = b.post(p.action(), "action", "resend", "step", p.step()).ok(); p.resendsLeft() != left {
			t.Fatalf("%s resends left, want %s", p.resendsLeft(), left)
		}
	}
	p.has(t, `value="resend" disabled`)
	b.post(p.action(), "action", "resend").ok().has(t, "No more codes can be sent.")
}

func TestBlankEntryIsNotCounted(t *testing.T) {
	b := build(t, options{})
	p := b.enter(b.lookUp(emvGood))
	p = b.post(p.action(), "otp", "  ", "action", "submit").ok().has(t, "Enter the code first.")
	if p.attemptsLeft() != "2" {
		t.Errorf("%s tries left", p.attemptsLeft())
	}
}

// TestScenarioOutcomes asks every step for every outcome.
func TestScenarioOutcomes(t *testing.T) {
	forms := map[string][]string{opSubmit: {"otp", "0000", "action", "submit"}, opResend: {"action", "resend"}, opCancel: {"action", "cancel"}}
	for _, o := range Outcomes() {
		t.Run(o.Operation+"/"+o.Name, func(t *testing.T) {
			b := build(t, options{})
			tx, payload := b.lookUp(emvGood)
			var p page
			if o.Operation == opOpen {
				b.Planner.Set(core.Plan{Outcome: o.Name})
				p = b.enter(tx, payload)
			} else {
				p = b.enter(tx, payload)
				b.Planner.Set(core.Plan{Outcome: o.Name})
				p = b.post(p.action(), forms[o.Operation]...).ok()
			}
			want := o.Name
			if p.outcome() != want {
				t.Errorf("outcome %q:\n%s", p.outcome(), p.Body)
			}
			if e := b.Last(t); e.Operation != o.Operation || e.Outcome != want {
				t.Errorf("the journal says %s %s", e.Operation, e.Outcome)
			}
		})
	}
}

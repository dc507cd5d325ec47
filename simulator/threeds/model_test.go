package threeds

import (
	"errors"
	"testing"
	"time"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"

	"pgregory.net/rapid"
)

// model is what a challenge must be, by its rules alone: limits, cancel and expiry
// first, then the code.
type model struct {
	over                 string // state once it has ended
	wrong, entries, sent int
	attempts, resends    int
	opened               bool
	clock, deadline      time.Time
	status               string
	statusWhenRightCode  string
	tenant               bool
}

func (m *model) running() bool {
	if m.over == "" && !m.clock.Before(m.deadline) {
		m.over, m.status = "expired", "N"
	}
	return m.over == ""
}

// errRollback ends a transaction that a rapid step has only looked at.
var errRollback = errors.New("rollback")

// TestChallengeModel drives a challenge with every move in every order.
func TestChallengeModel(t *testing.T) {
	d := open(t, nil)
	d.enrol(emv22)
	rapid.Check(t, func(rt *rapid.T) {
		d.at(noon)
		pan := rapid.SampledFrom([]string{emvCard, emvFails, emv22, oldCard, oldFails}).Draw(rt, "card")
		txn := d.lookup(pan)
		c := txn.Challenge
		m := &model{clock: noon, deadline: c.Deadline, attempts: c.AttemptLimit, resends: c.ResendLimit, tenant: c.Tenant != "", statusWhenRightCode: "Y"}
		if m.tenant {
			m.sent = 1
		}
		if pan == emvFails || pan == oldFails {
			m.statusWhenRightCode = "N"
		}
		rt.Repeat(map[string]func(*rapid.T){
			"right":  func(rt *rapid.T) { enter(rt, d, m, c.ID, true) },
			"wrong":  func(rt *rapid.T) { enter(rt, d, m, c.ID, false) },
			"blank":  func(*rapid.T) { d.submit(txn, "") },
			"resend": func(rt *rapid.T) { resend(rt, d, m, c.ID) },
			"cancel": func(*rapid.T) {
				d.do(func(s sandbox.Scope) error { _, err := Cancel(s, c.ID); return err })
				if m.running() {
					m.over, m.status = "cancelled", "N"
				}
			},
			"open": func(*rapid.T) {
				d.do(func(s sandbox.Scope) error { _, err := OpenChallenge(s, c.ID, OpenRequest{}); return err })
				m.opened = m.opened || m.running()
			},
			"rollback": func(rt *rapid.T) {
				err := d.try(func(s sandbox.Scope) error { _, _, _ = Approve(s, c.ID); return errRollback })
				if !errors.Is(err, errRollback) {
					rt.Fatal(err)
				}
			},
			"wait": func(rt *rapid.T) {
				m.clock = m.clock.Add(time.Duration(rapid.Int64Range(0, int64(120*time.Second)).Draw(rt, "by")))
				d.at(m.clock)
			},
			"": func(rt *rapid.T) { compareModel(rt, d, m, txn.ID) },
		})
	})
}

func enter(rt *rapid.T, d *desk, m *model, id string, right bool) {
	code := "not a code"
	var v Verdict
	err := d.db.Update(func(tx *store.Tx) error {
		s := d.w.At(d.w.Clock.Now(), tx)
		t, _, err := ByChallenge(s, id)
		if now, ok := Code(s, t); right && ok {
			code = now
		}
		if err == nil {
			_, v, err = Submit(s, id, code)
		}
		return err
	})
	if err != nil {
		rt.Fatal(err)
	}
	want := Ended
	switch {
	case !m.running():
		if m.over == "expired" {
			want = TooLate
		}
	case right:
		m.opened, m.entries = true, m.entries+1
		m.over, m.status, want = "finished", m.statusWhenRightCode, Right
	default:
		m.opened, m.entries, m.wrong, want = true, m.entries+1, m.wrong+1, Wrong
		if m.wrong == m.attempts {
			m.over, m.status, want = "failed", "N", LimitReached
		}
	}
	if v != want {
		rt.Fatalf("verdict %s, want %s", v, want)
	}
}

func resend(rt *rapid.T, d *desk, m *model, id string) {
	var sent bool
	d.do(func(s sandbox.Scope) (err error) { _, sent, err = Resend(s, id); return err })
	want := m.running() && m.tenant && m.resends > 0
	if sent != want {
		rt.Fatalf("sent %v, want %v", sent, want)
	}
	if want {
		m.resends, m.sent = m.resends-1, m.sent+1
	}
}

// compareModel reads the challenge, which stores nothing, and holds it to the model.
func compareModel(rt *rapid.T, d *desk, m *model, id string) {
	state := "pending"
	switch {
	case !m.running():
		state = m.over
	case m.opened:
		state = "open"
	}
	got := d.read(id)
	c := got.Challenge
	if string(c.State) != state || c.AttemptsMade != m.entries || c.Wrong != m.wrong || c.Sendings != m.sent || c.ResendsLeft() != m.resends {
		rt.Fatalf("state %s (want %s), %d entries (%d), %d wrong (%d), %d sendings (%d)", c.State, state, c.AttemptsMade, m.entries, c.Wrong, m.wrong, c.Sendings, m.sent)
	}
	if m.over != "" && (string(got.Status) != m.status || string(c.Result) != m.status || c.Ended == nil) {
		rt.Fatalf("%s ended with %s, want %s", c.State, got.Status, m.status)
	}
	if hasCAVV := got.CAVV(d.w) != ""; hasCAVV != (m.status == "Y") {
		rt.Fatalf("a CAVV: %v, with status %q", hasCAVV, m.status)
	}
}

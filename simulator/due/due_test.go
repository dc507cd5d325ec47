package due

import (
	"cmp"
	"errors"
	"slices"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"

	"cardsim/simulator/agenda"
	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
)

// inOrder is what should fall due: by instant, then kind, then as it was made.
func inOrder(events []Event) []Event {
	want := slices.Clone(events)
	slices.SortStableFunc(want, func(a, b Event) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind)) })
	return want
}

// TestTenThousand: thirty days of advance fire 10,000 things once, in order, each
// at its own instant, ties as they were made; and the records say the same.
func TestTenThousand(t *testing.T) {
	h := build(t)
	events := h.fill(10_000, 29*24*time.Hour, ChallengeExpired, CryptogramExpired, PaymentTimeout)
	got := h.advance(30 * 24 * time.Hour)
	if d := diff.Diff(inOrder(events), got); d != "" {
		t.Fatalf("(-want +got):\n%.3000s", d)
	}
	ended := map[string]time.Time{}
	for _, e := range got {
		ended[e.ID] = e.At
	}
	h.at(noon, func(s sandbox.Scope) error { // at noon nothing has expired but what is kept so
		return errors.Join(
			threeds.Newest(s, "", func(_ string, t2 threeds.Transaction) (bool, error) {
				c := t2.Challenge
				if c.State != threeds.Expired || !c.Ended.Equal(ended[c.ID]) || !c.Ended.Equal(c.Deadline) {
					t.Errorf("challenge %s is %s, ended %v", c.ID, c.State, c.Ended)
				}
				return !t.Failed(), nil
			}),
			pay.Newest(s, "", func(_ string, p pay.Payment) (bool, error) {
				if p.Result != pay.Timeout || !p.Waits.Deadline.Equal(ended[p.ID]) {
					t.Errorf("payment %s is %s", p.ID, p.Result)
				}
				return !t.Failed(), nil
			}))
	})
	if again := h.advance(30 * 24 * time.Hour); len(again) != 0 {
		t.Errorf("%d fell due twice", len(again))
	}
}

// TestTies: things of one instant fire in the order in which they were made.
func TestTies(t *testing.T) {
	h := build(t)
	events := h.fill(60, 0, PaymentTimeout, ChallengeExpired)
	if d := diff.Diff(inOrder(events), h.advance(time.Hour)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestEachAtItsInstant: nothing a nanosecond early, all at the instant itself.
func TestEachAtItsInstant(t *testing.T) {
	for kind, life := range map[string]time.Duration{ChallengeExpired: challengeLife, CryptogramExpired: cryptogramLife, PaymentTimeout: paymentLife} {
		h := build(t)
		want := h.fill(1, 0, kind)
		if got := h.advance(life - 1); len(got) != 0 {
			t.Errorf("%s fired a nanosecond early: %+v", kind, got)
		}
		if d := diff.Diff(want, h.advance(1)); d != "" {
			t.Errorf("%s at its instant (-want +got):\n%s", kind, d)
		}
		if got := h.advance(1); len(got) != 0 {
			t.Errorf("%s fired twice: %+v", kind, got)
		}
	}
}

// TestSetBack: what has happened stays and does not happen again; what had not
// happened does when its time comes again.
func TestSetBack(t *testing.T) {
	h := build(t)
	var old, running Event
	var token scheme.Token
	var value string
	h.at(noon, func(s sandbox.Scope) (err error) {
		old, _, err = h.challenge(s)
		return err
	})
	h.at(noon, func(s sandbox.Scope) (err error) {
		_, token, value, err = h.cryptogram(s)
		return err
	})
	h.at(noon.Add(20*time.Minute), func(s sandbox.Scope) (err error) {
		running, _, err = h.challenge(s)
		return err
	})
	if got := h.freeze(noon.Add(20 * time.Minute)); len(got) != 2 {
		t.Fatalf("%d fell due", len(got))
	}
	if got := h.freeze(noon); len(got) != 0 {
		t.Errorf("going back fired %+v", got)
	}
	h.at(noon, func(s sandbox.Scope) error {
		c, _, err := threeds.ByChallenge(s, old.ID)
		if c.Running() {
			t.Error("an expired challenge runs again")
		}
		refusal, err2 := scheme.SpendCryptogram(s, token, value)
		if refusal == nil || refusal.Code != scheme.CryptogramExpired {
			t.Errorf("an expired cryptogram: %v", refusal)
		}
		return errors.Join(err, err2)
	})
	if d := diff.Diff([]Event{running}, h.advance(time.Hour)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestLeavingRealTime: what had expired by the real clock stays expired when the
// clock is set before it.
func TestLeavingRealTime(t *testing.T) {
	h := build(t)
	var told []Event
	if after, err := h.mover(&told).Release(); err != nil || after.Mode != clock.Real || h.w.Clock.Mode() != clock.Real {
		t.Fatalf("%+v, %v", after, err)
	}
	if _, err := h.mover(&told).Advance(time.Hour); !errors.Is(err, clock.ErrReal) {
		t.Errorf("advance in real time: %v", err)
	}
	past := h.w.Clock.Now().Add(-time.Hour)
	var e Event
	h.at(past, func(s sandbox.Scope) (err error) { e, _, err = h.challenge(s); return err })
	if got := h.freeze(past); len(got) != 1 || got[0] != e {
		t.Errorf("fired %+v, want %+v", got, e)
	}
}

// TestEndedThingsDoNotFire: what was finished, used or completed in time leaves
// nothing behind.
func TestEndedThingsDoNotFire(t *testing.T) {
	h := build(t)
	h.at(noon, func(s sandbox.Scope) error {
		_, c, err := h.challenge(s)
		if err != nil {
			return err
		}
		_, token, value, err := h.cryptogram(s)
		if err != nil {
			return err
		}
		p, err := h.payment(s)
		if err != nil {
			return err
		}
		_, _, err1 := threeds.Submit(s, c.Challenge.ID, threeds.SandboxCode)
		_, err2 := scheme.SpendCryptogram(s, token, value)
		_, err3 := pay.Complete(s, p.ID, pay.Finish{})
		return errors.Join(err1, err2, err3)
	})
	h.at(noon, func(s sandbox.Scope) error {
		return store.Each(s.Tx, h.w.ID, func(table, key string, _ []byte) error {
			if table == "agenda.dates" {
				t.Errorf("the agenda still holds %s", key)
			}
			return nil
		})
	})
	if got := h.advance(time.Hour); len(got) != 0 {
		t.Errorf("fired %+v", got)
	}
}

// TestFirstCReq: a challenge that nobody opens ends at the EMV limit, an opened
// one at its deadline; each once.
func TestFirstCReq(t *testing.T) {
	h := build(t)
	if err := h.w.Settings.Patch(map[string]map[string]any{"acs": {"firstCReq": "30s"}}); err != nil {
		t.Fatal(err)
	}
	var unopened, opened Event
	h.at(noon, func(s sandbox.Scope) (err error) {
		if unopened, _, err = h.challenge(s); err != nil {
			return err
		}
		if opened, _, err = h.challenge(s); err != nil {
			return err
		}
		_, err = threeds.OpenChallenge(s, opened.ID, threeds.OpenRequest{})
		return err
	})
	unopened.At = noon.Add(30 * time.Second)
	if d := diff.Diff([]Event{unopened, opened}, h.advance(time.Hour)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestLongerLifetime: a lifetime made longer meanwhile holds also for what was
// issued before.
func TestLongerLifetime(t *testing.T) {
	h := build(t)
	want := h.fill(1, 0, CryptogramExpired)
	if err := h.w.Settings.Patch(map[string]map[string]any{"acehub": {"cryptogramLifetime": "20m"}}); err != nil {
		t.Fatal(err)
	}
	want[0].At = noon.Add(20*time.Minute + 1)
	if got := h.advance(20 * time.Minute); len(got) != 0 {
		t.Errorf("fired %+v", got)
	}
	if d := diff.Diff(want, h.advance(1)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestFileWithoutAgenda: a file of before there was one is searched once.
func TestFileWithoutAgenda(t *testing.T) {
	h := build(t)
	events := h.fill(30, time.Hour, ChallengeExpired, PaymentTimeout)
	h.at(noon, func(s sandbox.Scope) error {
		for _, table := range []string{"agenda.dates", "agenda.covered"} {
			var keys []string
			err := store.Each(s.Tx, h.w.ID, func(name, key string, _ []byte) error {
				if name == table {
					keys = append(keys, key)
				}
				return nil
			})
			if err != nil {
				return err
			}
			for _, key := range keys {
				if err := store.NewTable[any](table).Delete(s.Tx, h.w.ID, key); err != nil {
					return err
				}
			}
		}
		return nil
	})
	more := h.fill(3, time.Hour, ChallengeExpired) // made by the newer program
	if d := diff.Diff(inOrder(append(events, more...)), h.advance(2*time.Hour)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestUnknownKind: what a later version noted does not stop the clock.
func TestUnknownKind(t *testing.T) {
	h := build(t)
	h.at(noon, func(s sandbox.Scope) error {
		return agenda.Put(s.Tx, h.w.ID, agenda.Item{At: noon.Add(1), Kind: "of tomorrow", Rank: "1", ID: "1"})
	})
	if got := h.advance(time.Hour); len(got) != 0 {
		t.Errorf("fired %+v", got)
	}
}

// TestFailureLeavesTheClock: what cannot be committed has not happened.
func TestFailureLeavesTheClock(t *testing.T) {
	h := build(t)
	h.fill(3, 0, ChallengeExpired)
	h.w.End(true) // as a sandbox is deleted
	var told []Event
	_, err := h.mover(&told).Advance(time.Hour)
	var refused *core.Error
	if !errors.As(err, &refused) || len(told) != 0 || !h.w.Clock.Now().Equal(noon) {
		t.Errorf("%v, %d told, the clock shows %v", err, len(told), h.w.Clock.Now())
	}
	h.w.End(false)
	if got := h.advance(time.Hour); len(got) != 3 {
		t.Errorf("%d fell due afterwards", len(got))
	}
}

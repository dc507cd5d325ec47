package due

import (
	"fmt"
	"testing"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
	"cardsim/simulator/threeds"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// emvCard asks for a challenge (reference cardinal.md §11, case 9).
const emvCard = "4000000000001091"

// lives are how long things live unless a test says otherwise.
const (
	challengeLife  = 300 * time.Second
	cryptogramLife = 15*time.Minute + 1
	paymentLife    = 10 * time.Minute
)

// house is a frozen world on a database.
type house struct {
	t  testing.TB
	db *store.DB
	w  *sandbox.World
	n  int // things made
}

func build(t testing.TB) *house {
	t.Helper()
	at, number := noon, pan(emvCard)
	w, err := sandbox.New(sandbox.Spec{
		ID: "default", Seed: 1, Clock: &at, Merchants: []*sandbox.Merchant{sandbox.DerivedMerchant(1, "default")},
		Cards: []sandbox.CardProfile{{Number: number, Cases: []sandbox.CardCase{{Version: core.ThreeDS21, Number: 9}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &house{t: t, db: storetest.Open(t), w: w}
}

func pan(text string) core.PAN { p, _ := core.ParsePAN(text); return p }

// at works in one transaction at an instant, whatever the clock shows.
func (h *house) at(now time.Time, fn func(s sandbox.Scope) error) {
	h.t.Helper()
	err := h.db.Update(func(tx *store.Tx) error {
		s := h.w.At(now, tx)
		s.Flow = "flow-1"
		return fn(s)
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// challenge begins a challenge and returns the event of its expiry.
func (h *house) challenge(s sandbox.Scope) (Event, threeds.Transaction, error) {
	h.n++
	t, err := threeds.Lookup(s, threeds.LookupRequest{
		Merchant: h.w.Own(), OrderNumber: fmt.Sprintf("ORDER-%d", h.n), Card: h.w.Ref(pan(emvCard)), Flow: s.Flow,
		Expiry: core.Expiry{Month: 1, Year: 2029}, Money: core.Money{Minor: 12345, Currency: "EUR"},
	})
	if err == nil && !t.Running() {
		err = fmt.Errorf("no challenge: %+v", t)
	}
	if err != nil {
		return Event{}, t, err
	}
	return Event{At: s.Now.Add(challengeLife), Kind: ChallengeExpired, ID: t.Challenge.ID, Flow: s.Flow}, t, nil
}

// cryptogram issues one with a token of its own and returns the event of its expiry.
func (h *house) cryptogram(s sandbox.Scope) (Event, scheme.Token, string, error) {
	t, err := scheme.Provision(s, scheme.Provisioning{
		Merchant: h.w.Own(), MerchantID: "m", Card: h.w.Ref(pan(emvCard)), CardExpiry: core.Expiry{Month: 1, Year: 2029}, Scheme: scheme.Visa,
	})
	if err != nil {
		return Event{}, t, "", err
	}
	c, err := scheme.IssueCryptogram(s, t, "")
	return Event{At: s.Now.Add(cryptogramLife), Kind: CryptogramExpired, ID: c.PaymentDataID, Flow: s.Flow}, t, c.Value, err
}

// payment begins one that waits for its payer and returns the event of its end.
func (h *house) payment(s sandbox.Scope) (Event, error) {
	h.n++
	o := pay.Order{
		Payer: pay.Payer{Business: "770000", Merchant: h.w.Own().ID}, Action: pay.ActionPayment, BrandID: 3010,
		TrackingCode: fmt.Sprintf("ORDER-%d", h.n), Money: core.Money{Minor: 1100, Currency: "EUR"},
		Await: &pay.Await{Result: pay.Pending, Deadline: s.Now.Add(paymentLife)},
	}
	a, err := pay.Pay(s, o)
	return Event{At: s.Now.Add(paymentLife), Kind: PaymentTimeout, ID: a.Payment.ID, Flow: a.Payment.Flow}, err
}

// fill makes so many things of all three kinds, or of one, at instants spread over
// a time and out of order, and returns their events as they were made.
func (h *house) fill(n int, over time.Duration, kinds ...string) []Event {
	h.t.Helper()
	var events []Event
	h.at(noon, func(s sandbox.Scope) error {
		for i := range n {
			s.Now = noon.Add(over / time.Duration(n) * time.Duration(i*7919%n))
			e, err := h.make(s, kinds[i%len(kinds)])
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return nil
	})
	return events
}

func (h *house) make(s sandbox.Scope, kind string) (e Event, err error) {
	switch kind {
	case ChallengeExpired:
		e, _, err = h.challenge(s)
	case CryptogramExpired:
		e, _, _, err = h.cryptogram(s)
	default:
		e, err = h.payment(s)
	}
	return e, err
}

// mover collects what it is told.
func (h *house) mover(told *[]Event) Mover {
	return Mover{DB: h.db, World: h.w, Tell: func(fired []Event) { *told = append(*told, fired...) }}
}

// advance moves the clock and returns what fell due.
func (h *house) advance(by time.Duration) []Event {
	h.t.Helper()
	var told []Event
	before := h.w.Clock.Now()
	after, err := h.mover(&told).Advance(by)
	if err != nil || after != (clock.State{Mode: clock.Frozen, Now: before.Add(by)}) || !h.w.Clock.Now().Equal(after.Now) {
		h.t.Fatalf("advanced to %+v, %v", after, err)
	}
	return told
}

// freeze sets the clock and returns what fell due.
func (h *house) freeze(at time.Time) []Event {
	h.t.Helper()
	var told []Event
	if after, err := h.mover(&told).Freeze(&at); err != nil || !after.Now.Equal(at) || !h.w.Clock.Now().Equal(at) {
		h.t.Fatalf("set to %+v, %v", after, err)
	}
	return told
}

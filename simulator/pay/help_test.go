package pay

import (
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// house is a store with one sandbox, frozen in time.
type house struct {
	t     testing.TB
	db    *store.DB
	world *sandbox.World
}

func build(t testing.TB, settings map[string]any) *house {
	t.Helper()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	w, err := sandbox.New(sandbox.Spec{
		ID: "default", Seed: 1, Clock: &at, Settings: map[string]map[string]any{"acehub": settings},
		Merchants: []*sandbox.Merchant{{ID: "own"}, {ID: "other"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &house{t: t, db: storetest.Open(t), world: w}
}

// do works in one transaction and returns its error.
func (h *house) do(fn func(s sandbox.Scope) error) error {
	return h.db.Update(func(tx *store.Tx) error { return fn(h.world.At(h.world.Clock.Now(), tx)) })
}

func (h *house) must(fn func(s sandbox.Scope) error) {
	h.t.Helper()
	if err := h.do(fn); err != nil {
		h.t.Fatal(err)
	}
}

func eur(minor int64) core.Money { return core.Money{Minor: minor, Currency: "EUR"} }

func own() Payer { return Payer{Business: "770000", Merchant: "own"} }

// order is an order of the tests; its card passes Luhn.
func order(t testing.TB, a Action, code string, m core.Money) Order {
	t.Helper()
	pan, ok := core.ParsePAN("4111111111111111")
	if !ok {
		t.Fatal("no card number")
	}
	return Order{
		Payer: own(), Action: a, TrackingCode: code, Money: m, BrandID: 1010,
		Card: &Instrument{Number: pan, Expiry: core.Expiry{Month: 3, Year: 2030}, Holder: "A Tester", CVV: true},
	}
}

func (h *house) pay(o Order) (a Answer) {
	h.t.Helper()
	h.must(func(s sandbox.Scope) (err error) {
		a, err = Pay(s, o)
		return err
	})
	return a
}

func (h *house) book(root string) (b Book) {
	h.t.Helper()
	h.must(func(s sandbox.Scope) (err error) {
		b, err = BookOf(s, root)
		return err
	})
	return b
}

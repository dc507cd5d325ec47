package scheme

import (
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// The instant of every test, and an expiry that is good then.
var (
	noon   = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	expiry = core.Expiry{Month: 2, Year: 2028}
)

const (
	visaCard = "4111111145551142"
	otherPAN = "4293189100000008"
	mcCard   = "5555341244441115"
	testCard = "6007220000000004"
	shopID   = "33df271c57c6441785e03a116a35de98"
)

// bench is a world with a database.
type bench struct {
	t  testing.TB
	w  *sandbox.World
	db *store.DB
}

func newBench(t testing.TB) *bench {
	t.Helper()
	return &bench{t: t, w: world(t, "default", 1), db: storetest.Open(t)}
}

func world(t testing.TB, id string, seed uint64) *sandbox.World {
	t.Helper()
	at := noon
	var cards []sandbox.CardProfile
	for _, n := range []string{visaCard, mcCard, testCard} {
		cards = append(cards, sandbox.CardProfile{Number: pan(n)})
	}
	w, err := sandbox.New(sandbox.Spec{ID: id, Seed: seed, Clock: &at, Cards: cards,
		Merchants: []*sandbox.Merchant{{ID: "shop"}, {ID: "rival"}}})
	if err != nil {
		t.Fatalf("make a world: %v", err)
	}
	return w
}

func pan(s string) core.PAN { p, _ := core.ParsePAN(s); return p }

// do runs fn in one writing transaction at the world's now.
func (b *bench) do(fn func(s sandbox.Scope) error) {
	b.t.Helper()
	if err := b.db.Update(func(tx *store.Tx) error { return fn(b.w.At(b.w.Clock.Now(), tx)) }); err != nil {
		b.t.Fatalf("transaction: %v", err)
	}
}

func (b *bench) set(group, name string, value any) {
	b.t.Helper()
	if err := b.w.Settings.Patch(map[string]map[string]any{group: {name: value}}); err != nil {
		b.t.Fatalf("set %s.%s: %v", group, name, err)
	}
}

// provision makes a token of the shop for a card.
func (b *bench) provision(card string, network Scheme) Token {
	b.t.Helper()
	return b.provisionFor(Provisioning{MerchantID: shopID, Card: b.w.Ref(pan(card)), CardExpiry: expiry, Scheme: network})
}

func (b *bench) provisionFor(p Provisioning) (t Token) {
	b.t.Helper()
	if p.Merchant == nil {
		p.Merchant = b.w.Own()
	}
	b.do(func(s sandbox.Scope) (err error) { t, err = Provision(s, p); return err })
	return t
}

func (b *bench) issue(t Token, unpredictable string) (c Cryptogram) {
	b.t.Helper()
	b.do(func(s sandbox.Scope) (err error) { c, err = IssueCryptogram(s, t, unpredictable); return err })
	return c
}

// spend answers the refusal code, empty for none.
func (b *bench) spend(t Token, value string) (code string) {
	b.t.Helper()
	b.do(func(s sandbox.Scope) error {
		r, err := SpendCryptogram(s, t, value)
		code = codeOf(r)
		return err
	})
	return code
}

func (b *bench) setState(t Token, to State) {
	b.t.Helper()
	b.do(func(s sandbox.Scope) error { _, err := SetState(s, t.ID, to); return err })
}

// reload reads a token again.
func (b *bench) reload(t Token) (now Token) {
	b.t.Helper()
	b.do(func(s sandbox.Scope) (err error) { now, _, err = TokenByID(s, t.ID); return err })
	return now
}

func (b *bench) advance(d time.Duration) {
	b.t.Helper()
	if _, err := b.w.Clock.Advance(d); err != nil {
		b.t.Fatalf("advance: %v", err)
	}
}

func codeOf(r *core.Refusal) string {
	if r == nil {
		return ""
	}
	return r.Code
}

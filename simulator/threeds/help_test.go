package threeds

import (
	"errors"
	"testing"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

var noon = time.Date(2026, 11, 22, 14, 2, 11, 0, time.UTC)

// The cards of the tests (reference cardinal.md §11).
const (
	emvCard    = "4000000000001091" // 2.1.0, case 9
	emvFails   = "4000000000001109" // 2.1.0, case 10
	emv22      = "4000000000002503" // 2.2.0, case 9
	oldCard    = "4000000000000002" // 1.0, case 1
	oldBroken  = "4000000000000010" // 1.0, case 2
	oldFails   = "4000000000000028" // 1.0, case 3
	oldAttempt = "5200000000000106" // 1.0, case 4, Mastercard
	plainCard  = "4012001037141112" // in no table
)

func profiles(t testing.TB) []sandbox.CardProfile {
	row := func(pan string, v core.ThreeDSVersion, n int) sandbox.CardProfile {
		number, ok := core.ParsePAN(pan)
		if !ok {
			t.Fatal(pan)
		}
		return sandbox.CardProfile{Number: number, Cases: []sandbox.CardCase{{Version: v, Number: n}}}
	}
	return []sandbox.CardProfile{
		row(emvCard, "2.1.0", 9), row(emvFails, "2.1.0", 10), row(emv22, "2.2.0", 9),
		row(oldCard, "1.0.2", 1), row(oldBroken, "1.0.2", 2), row(oldFails, "1.0.2", 3), row(oldAttempt, "1.0.2", 4),
	}
}

// desk is a world on a database.
type desk struct {
	t      testing.TB
	db     *store.DB
	w      *sandbox.World
	tenant *sandbox.Tenant
}

// open makes a world; settings are of group acs.
func open(t testing.TB, settings map[string]any) *desk {
	t.Helper()
	shop := sandbox.DerivedMerchant(1, "default")
	shop.Name = "Demo Shop with a name that is too long for a PaReq"
	tenant := sandbox.DerivedTenant(1, "default")
	at := noon
	w, err := sandbox.New(sandbox.Spec{
		ID: "default", Seed: 1, Clock: &at, Cards: profiles(t), Merchants: []*sandbox.Merchant{shop}, Tenants: []*sandbox.Tenant{tenant},
		Settings: map[string]map[string]any{"acs": settings},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, db: storetest.Open(t), w: w, tenant: tenant}
}

// do runs fn in a writing transaction at the world's instant.
func (d *desk) do(fn func(s sandbox.Scope) error) {
	d.t.Helper()
	if err := d.try(fn); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) try(fn func(s sandbox.Scope) error) error {
	return d.db.Update(func(tx *store.Tx) error { return fn(d.w.At(d.w.Clock.Now(), tx)) })
}

func (d *desk) at(t time.Time) { d.w.Clock.Set(clock.Frozen, t) }

func (d *desk) ref(pan string) core.CardRef {
	d.t.Helper()
	number, ok := core.ParsePAN(pan)
	if !ok {
		d.t.Fatal(pan)
	}
	return d.w.Ref(number)
}

func (d *desk) request(pan string) LookupRequest {
	return LookupRequest{
		Merchant: d.w.Own(), OrderNumber: "ORDER-1", Card: d.ref(pan), Expiry: core.Expiry{Month: 1, Year: 2029},
		Money: core.Money{Minor: 12345, Currency: "EUR"},
	}
}

func (d *desk) lookup(pan string) Transaction { d.t.Helper(); return d.look(d.request(pan)) }

func (d *desk) look(r LookupRequest) Transaction {
	d.t.Helper()
	var t Transaction
	d.do(func(s sandbox.Scope) (err error) { t, err = Lookup(s, r); return err })
	return t
}

func (d *desk) submit(t Transaction, code string) (Transaction, Verdict) {
	d.t.Helper()
	var v Verdict
	d.do(func(s sandbox.Scope) (err error) { t, v, err = Submit(s, t.Challenge.ID, code); return err })
	return t, v
}

// read reads a transaction in a reading transaction, as a page does.
func (d *desk) read(id string) Transaction {
	d.t.Helper()
	var t Transaction
	err := d.db.View(func(tx *store.Tx) error {
		var ok bool
		var err error
		if t, ok, err = ByID(d.w.At(d.w.Clock.Now(), tx), id); err == nil && !ok {
			err = errors.New("no such transaction")
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return t
}

func (d *desk) code(t Transaction) string {
	d.t.Helper()
	var code string
	d.do(func(s sandbox.Scope) error { code, _ = Code(s, t); return nil })
	return code
}

func (d *desk) enrol(pan string) issuer.Card {
	d.t.Helper()
	var card issuer.Card
	d.do(func(s sandbox.Scope) (err error) {
		card, _, err = issuer.Enrol(s, d.tenant, issuer.Enrolment{
			Name: "Ada Tester", Card: d.ref(pan), State: issuer.Enabled, Mode: issuer.ModeAPI,
			Identities: []issuer.Identity{{Type: issuer.Vector, Value: "V-" + pan[:4]}, {Type: issuer.PhoneNumber, Value: "+4512345678"}},
		})
		return err
	})
	return card
}

func (d *desk) disable(card issuer.Card) {
	d.t.Helper()
	d.do(func(s sandbox.Scope) error {
		_, _, err := issuer.SetState(s, d.tenant, card.ID, issuer.Disabled)
		return err
	})
}

func signing(t testing.TB) Signing {
	t.Helper()
	g, err := PublishedSigning()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

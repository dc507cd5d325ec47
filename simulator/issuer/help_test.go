package issuer

import (
	"errors"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// bank is a tenant with two products and a default row.
func bank(id string) *sandbox.Tenant {
	return &sandbox.Tenant{
		ID: id, Name: "Test Bank",
		Products: []sandbox.Product{
			{ProductID: "PRO00001", ProductName: "Plain Card", CardNetwork: "visa"},
			{BIN: "111", ProductID: "PRO00100", ProductName: "Wide Row", CardNetwork: "rupay"},
			{BIN: "111111", ProductID: "PRO00103", ProductName: "My Amex Product", CardNetwork: "amex"},
		},
		Plans: []sandbox.AuthPlan{smsPlan},
	}
}

var (
	smsPlan  = plan(1, PhoneNumber)
	mailPlan = plan(2, Email)
	pinPlan  = plan(3, "superPin")
)

func plan(id int, kinds ...string) sandbox.AuthPlan {
	factor := sandbox.AuthFactor{FactorNumber: 1}
	for _, k := range kinds {
		factor.Identities = append(factor.Identities, sandbox.AuthIdentity{IdentityType: k})
	}
	return sandbox.AuthPlan{AuthPlanID: id, Factors: []sandbox.AuthFactor{factor}}
}

// desk is a world on a database, at one instant.
type desk struct {
	t     testing.TB
	db    *store.DB
	world *sandbox.World
	now   time.Time
}

func open(t testing.TB, spec sandbox.Spec) *desk {
	t.Helper()
	if spec.ID == "" {
		spec.ID = "test"
	}
	if spec.Tenants == nil {
		spec.Tenants = []*sandbox.Tenant{bank("900912")}
	}
	spec.Merchants = []*sandbox.Merchant{{ID: "own"}}
	world, err := sandbox.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, db: storetest.Open(t), world: world, now: time.Date(2026, 11, 22, 14, 2, 11, 0, time.UTC)}
}

// anew is an empty world on the same database.
func (d *desk) anew(id string) *desk {
	d.t.Helper()
	world, err := sandbox.New(sandbox.Spec{ID: id, Tenants: d.world.Tenants, Merchants: d.world.Merchants})
	if err != nil {
		d.t.Fatal(err)
	}
	return &desk{t: d.t, db: d.db, world: world, now: d.now}
}

// do runs fn in a writing transaction and returns its error.
func (d *desk) do(fn func(s sandbox.Scope) error) error {
	d.t.Helper()
	return d.db.Update(func(tx *store.Tx) error { return fn(d.world.At(d.now, tx)) })
}

func (d *desk) enrol(e Enrolment) (card Card, holder Holder, err error) {
	d.t.Helper()
	err = d.do(func(s sandbox.Scope) error {
		card, holder, err = Enrol(s, d.world.Tenants[0], e)
		return err
	})
	return card, holder, err
}

func (d *desk) mustEnrol(e Enrolment) (Card, Holder) {
	d.t.Helper()
	card, holder, err := d.enrol(e)
	if err != nil {
		d.t.Fatal(err)
	}
	return card, holder
}

func (d *desk) ref(number string) core.CardRef {
	d.t.Helper()
	pan, ok := core.ParsePAN(number)
	if !ok {
		d.t.Fatalf("%q is no card number", number)
	}
	return d.world.Ref(pan)
}

// identities makes a list from type, value, type, value …
func identities(pairs ...string) []Identity {
	var list []Identity
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, Identity{Type: pairs[i], Value: pairs[i+1]})
	}
	return list
}

func wantCode(t testing.TB, err error, want core.Code) {
	t.Helper()
	var e *core.Error
	if !errors.As(err, &e) || e.Code != want {
		t.Fatalf("error is %v, want code %s", err, want)
	}
}

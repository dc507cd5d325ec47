package issuer

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

func TestUpdateIdentities(t *testing.T) {
	tests := []struct {
		name            string
		before, changes []Identity
		phone, email    string
	}{
		{"phone only", identities(PhoneNumber, "+4511111111", Email, "a@b.dk"), identities(PhoneNumber, "+4522222222"), "+4522222222", "a@b.dk"},
		{"both", identities(PhoneNumber, "+4511111111", Email, "a@b.dk"), identities(Email, "c@d.dk", PhoneNumber, "+4522222222"), "+4522222222", "c@d.dk"},
		{"a type not there yet is added", nil, identities(Email, "c@d.dk"), "", "c@d.dk"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := open(t, sandbox.Spec{})
			_, holder := d.mustEnrol(Enrolment{Name: "A", Card: d.ref(newSample), Identities: append(identities(Vector, "V1"), tt.before...)})
			var after Holder
			err := d.do(func(s sandbox.Scope) (err error) {
				if _, err = UpdateIdentities(s, d.world.Tenants[0], holder.ID, tt.changes); err != nil {
					return err
				}
				after, _, err = HolderByID(s, d.world.Tenants[0], holder.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			phone, _ := after.Identity(PhoneNumber)
			email, _ := after.Identity(Email)
			vector, _ := after.Identity(Vector)
			if phone.Value != tt.phone || email.Value != tt.email || vector.Value != "V1" {
				t.Errorf("identities are %+v", after.Identities)
			}
			// The new values are the ones to match from now on (reference cipher-acs.md A3).
			if _, _, err := d.enrol(Enrolment{Name: "A", Card: d.ref(oldSample), Identities: after.Identities}); err != nil {
				t.Errorf("enrol with the new values: %v", err)
			}
		})
	}
}

func TestUpdatesOfWhatIsNotThere(t *testing.T) {
	d := open(t, sandbox.Spec{})
	tenant := d.world.Tenants[0]
	wantCode(t, d.do(func(s sandbox.Scope) error {
		_, err := UpdateIdentities(s, tenant, "nobody==", identities(Email, "a@b.dk"))
		return err
	}), core.CodeNotFound)
	wantCode(t, d.do(func(s sandbox.Scope) error {
		_, _, err := SetState(s, tenant, "CRN0000000050", Disabled)
		return err
	}), core.CodeNotFound)
}

func TestFind(t *testing.T) {
	asleep := bank("3")
	asleep.Disabled = true
	d := open(t, sandbox.Spec{Tenants: []*sandbox.Tenant{bank("1"), bank("2"), asleep}})
	ref := d.ref(newSample)
	at := map[string]string{}
	for _, tenant := range d.world.Tenants {
		err := d.do(func(s sandbox.Scope) error {
			card, _, err := Enrol(s, tenant, Enrolment{Name: tenant.ID, Card: ref, Identities: identities(Vector, "V")})
			at[tenant.ID] = card.ID
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	look := func() (tenant, state string) {
		err := d.do(func(s sandbox.Scope) error {
			card, holder, ok, err := Find(s, ref.Fingerprint)
			if ok && holder.ID != card.HolderID {
				t.Errorf("holder %s comes with card of %s", holder.ID, card.HolderID)
			}
			tenant, state = card.Tenant, card.State
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return tenant, state
	}
	set := func(i int, state string) {
		err := d.do(func(s sandbox.Scope) error {
			tenant := d.world.Tenants[i]
			_, _, err := SetState(s, tenant, at[tenant.ID], state)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	steps := []struct {
		first, second, tenant, state string
	}{
		{Enabled, Enabled, "1", Enabled},
		{Disabled, Enabled, "2", Enabled},
		{Disabled, Disabled, "1", Disabled},
		{Enabled, Disabled, "1", Enabled},
	}
	for _, step := range steps {
		set(0, step.first)
		set(1, step.second)
		if tenant, state := look(); tenant != step.tenant || state != step.state {
			t.Errorf("with %s and %s: found at %s, %s", step.first, step.second, tenant, state)
		}
	}
	if err := d.do(func(s sandbox.Scope) error {
		_, _, ok, err := Find(s, d.ref(oldSample).Fingerprint)
		if ok {
			t.Error("a card is found that nobody enrolled")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestSeedEnrolments(t *testing.T) {
	pan, _ := core.ParsePAN("4000000000001091")
	d := open(t, sandbox.Spec{Enrolments: []sandbox.Enrolment{{
		Card: pan, Tenant: "900912", Name: "Ada Tester",
		Identities: map[string]string{Vector: "V1", PhoneNumber: "+4512345678"},
	}}})
	if err := d.do(SeedEnrolments); err != nil {
		t.Fatal(err)
	}
	var first []Card
	if err := d.do(func(s sandbox.Scope) (err error) { first, err = Cards(s); return err }); err != nil {
		t.Fatal(err)
	}
	if len(first) != 1 || first[0].Name != "Ada Tester" || first[0].CreatedBy.Mode != ModeFile {
		t.Fatalf("cards are %+v", first)
	}
	// A second start finds the card as its cardholder left it.
	err := d.do(func(s sandbox.Scope) error {
		if _, err := UpdateIdentities(s, d.world.Tenants[0], first[0].HolderID, identities(PhoneNumber, "+4500000000")); err != nil {
			return err
		}
		return SeedEnrolments(s)
	})
	if err != nil {
		t.Fatal(err)
	}
	var holders []Holder
	if err := d.do(func(s sandbox.Scope) (err error) { holders, err = Holders(s); return err }); err != nil {
		t.Fatal(err)
	}
	want := []Holder{{
		ID: first[0].HolderID, Tenant: "900912", Name: "Ada Tester", Cards: []string{first[0].ID},
		Identities: []Identity{{PhoneNumber, "+4500000000", Enabled}, {Vector, "V1", Enabled}},
	}}
	if diff := cmp.Diff(want, holders); diff != "" {
		t.Errorf("cardholders differ (-want +got):\n%s", diff)
	}
}

func TestSeedEnrolmentsSaysWhatIsWrong(t *testing.T) {
	pan, _ := core.ParsePAN("4000000000001091")
	for name, e := range map[string]sandbox.Enrolment{
		"no tenant": {Card: pan, Tenant: "1", Name: "A", Identities: map[string]string{Vector: "V"}},
		"no vector": {Card: pan, Tenant: "900912", Name: "A"},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, sandbox.Spec{Enrolments: []sandbox.Enrolment{e}})
			if err := d.do(SeedEnrolments); err == nil {
				t.Error("nothing is wrong")
			}
		})
	}
}

package issuer

import (
	"slices"
	"testing"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

func TestNewestReadsNoFurtherThanAsked(t *testing.T) {
	d := open(t, sandbox.Spec{})
	var ids []string // newest first
	for _, number := range []string{"4000000000001091", "4000000000002503", "4000000000000002"} {
		card, _ := d.mustEnrol(Enrolment{Name: "Ada Tester", Card: d.ref(number), Identities: identities(Vector, "V-"+number[12:], PhoneNumber, "+919876543292")})
		ids = append([]string{card.ID}, ids...)
	}
	d.mustEnrol(Enrolment{Name: "Ada Tester", Card: d.ref("4000000000000002"), Identities: identities(Vector, "V-0002", PhoneNumber, "+919876543292")}) // again: no new arrival
	err := d.do(func(s sandbox.Scope) error {
		if got := walked(t, s, "", 9); !slices.Equal(got, ids) {
			t.Errorf("walked %q, not %q", got, ids)
		}
		if err := store.PutRaw(s.Tx, s.World.ID, cards.Name(), tenantKey(d.world.Tenants[0].ID, ids[2]), []byte("7")); err != nil {
			return err
		}
		if got := walked(t, s, "", 2); !slices.Equal(got, ids[:2]) {
			t.Errorf("walked %q: the oldest must not be read", got)
		}
		if got := walked(t, s, "00000000000000000003", 1); !slices.Equal(got, ids[1:2]) {
			t.Errorf("behind the newest: %q", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// walked lists so many cards, each with its holder.
func walked(t *testing.T, s sandbox.Scope, after string, limit int) []string {
	t.Helper()
	var ids []string
	if err := Newest(s, after, func(_ string, c Card, h Holder) (bool, error) {
		if h.ID != c.HolderID {
			t.Errorf("card %s came with holder %q", c.ID, h.ID)
		}
		ids = append(ids, c.ID)
		return len(ids) < limit, nil
	}); err != nil {
		t.Fatal(err)
	}
	return ids
}

func TestIdentitiesAreShownMasked(t *testing.T) {
	for want, id := range map[string]Identity{
		"+91 ********92": {Type: PhoneNumber, Value: "+919876543292"},
		"a***@zeta.tech": {Type: Email, Value: "ada@zeta.tech"},
		"V1":             {Type: Vector, Value: "V1"},
	} {
		if got := id.Masked(); got != want {
			t.Errorf("%s is shown as %q", id.Type, got)
		}
	}
}

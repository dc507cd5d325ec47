package issuer

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

const (
	newSample = "1112228948763895" // seed 004, newer request sample
	oldSample = "111111844739172"  // seed 004, older request sample
)

func TestEnrolledCardHasTheFormsOfSeed004(t *testing.T) {
	d := open(t, sandbox.Spec{})
	card, holder := d.mustEnrol(Enrolment{
		Name: "Amit", Card: d.ref(oldSample),
		Identities: identities(PhoneNumber, "+918948763892", Vector, "D7480", Email, "amit@zeta.tech"),
	})
	if !regexp.MustCompile(`^CRN\d{10}$`).MatchString(card.ID) {
		t.Errorf("cardId is %q", card.ID)
	}
	if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(card.GUID) {
		t.Errorf("cardGuid is %q", card.GUID)
	}
	if raw, err := base64.URLEncoding.DecodeString(holder.ID); err != nil || len(raw) != 16 {
		t.Errorf("authProfileId %q is no base64url of 16 bytes: %v", holder.ID, err)
	}
	if !regexp.MustCompile(`^[\w-]{22}==@authProfile\.\d{6}\.admin/\d$`).MatchString(card.CreatedBy.JID) {
		t.Errorf("actorJid is %q", card.CreatedBy.JID)
	}
	if card.MaskedNumber != "111111xxxxx9172" {
		t.Errorf("15 digits are masked as %q, want 6+5+4", card.MaskedNumber)
	}
	if card.Network != "amex" || card.ProductID != "PRO00103" || card.State != Enabled || card.CreatedBy.Mode != ModeAPI {
		t.Errorf("card is %+v", card)
	}
	want := identities(PhoneNumber, "+918948763892", Email, "amit@zeta.tech", Vector, "D7480")
	for i := range want {
		want[i].State = Enabled
	}
	if diff := cmp.Diff(want, holder.Identities); diff != "" {
		t.Errorf("identities differ (-want +got):\n%s", diff)
	}
}

func TestEnrolmentIsAFunctionOfSeedTenantCardAndVector(t *testing.T) {
	enrol := func(seed uint64, before ...string) (Card, Holder) {
		d := open(t, sandbox.Spec{Seed: seed})
		for i, number := range before {
			d.mustEnrol(Enrolment{Name: "Other", Card: d.ref(number), Identities: identities(Vector, fmt.Sprint("V", i))})
		}
		return d.mustEnrol(Enrolment{Name: "Amit", Card: d.ref(newSample), Identities: identities(Vector, "D7480")})
	}
	first, firstHolder := enrol(7)
	second, secondHolder := enrol(7, oldSample, "4000000000001091")
	if diff := cmp.Diff(first, second); diff != "" || firstHolder.ID != secondHolder.ID {
		t.Errorf("the order of arrival shows: %s", diff)
	}
	other, otherHolder := enrol(8)
	if other.ID == first.ID || other.GUID == first.GUID || otherHolder.ID == firstHolder.ID {
		t.Error("another seed draws the same ids")
	}
}

func TestBothSchemesMeetInOneCard(t *testing.T) {
	d := open(t, sandbox.Spec{})
	byNumber, _ := d.mustEnrol(Enrolment{Name: "Amit", Card: d.ref(newSample), Identities: identities(Vector, "D7480")})
	mask := core.CardRef{First6: "111222", Last4: "3895", Length: 16}
	ref, matches := HashedCard(d.world, sha256.Sum256([]byte(newSample)), mask)
	if !matches {
		t.Error("the mask is said not to match a card that no catalogue knows")
	}
	byDigest, _ := d.mustEnrol(Enrolment{Name: "Amit", Card: ref, Identities: identities(Vector, "D7480")})
	if diff := cmp.Diff(byNumber, byDigest); diff != "" {
		t.Errorf("the digest enrolled another card (-number +digest):\n%s", diff)
	}
	if want := d.ref(newSample); want != ref {
		t.Errorf("reference by digest is %+v, by number %+v", ref, want)
	}
}

func TestHashedCardOfTheCatalogueKeepsItsOwnDigits(t *testing.T) {
	pan, _ := core.ParsePAN("4000000000001091")
	d := open(t, sandbox.Spec{Cards: []sandbox.CardProfile{{Number: pan}}})
	ref, matches := HashedCard(d.world, pan.SHA256(), core.CardRef{First6: "520000", Last4: "0000", Length: 16})
	if matches || ref.First6 != "400000" || ref.Last4 != "1091" {
		t.Errorf("reference is %+v, matches %t", ref, matches)
	}
}

func TestVectorRule(t *testing.T) {
	both := identities(Vector, "V1", PhoneNumber, "+4512345678", Email, "a@b.dk")
	tests := []struct {
		name            string
		second          []Identity
		strict, lenient core.Code // empty: enrols
	}{
		{"the same", both, "", ""},
		{"another order", []Identity{both[2], both[0], both[1]}, "", ""},
		{"other phone", identities(Vector, "V1", PhoneNumber, "+4599999999", Email, "a@b.dk"), core.CodeConflict, core.CodeConflict},
		{"other e-mail", identities(Vector, "V1", PhoneNumber, "+4512345678", Email, "c@b.dk"), core.CodeConflict, core.CodeConflict},
		{"without e-mail", identities(Vector, "V1", PhoneNumber, "+4512345678"), core.CodeConflict, ""},
		{"without either", identities(Vector, "V1"), core.CodeConflict, ""},
		{"another vector", identities(Vector, "V2", PhoneNumber, "+4599999999"), "", ""},
		{"no vector", identities(PhoneNumber, "+4512345678"), core.CodeMissing, core.CodeMissing},
	}
	for _, tt := range tests {
		for mode, want := range map[string]core.Code{"strict": tt.strict, "lenient": tt.lenient} {
			t.Run(tt.name+"/"+mode, func(t *testing.T) {
				d := open(t, sandbox.Spec{Settings: map[string]map[string]any{"cipher": {"identityMatch": mode}}})
				_, first := d.mustEnrol(Enrolment{Name: "A", Card: d.ref(oldSample), Identities: both})
				_, second, err := d.enrol(Enrolment{Name: "B", Card: d.ref(newSample), Identities: tt.second})
				if want != "" {
					wantCode(t, err, want)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				vector, _ := second.Identity(Vector)
				shared := vector.Value == "V1"
				if shared != (first.ID == second.ID) || shared && (len(second.Cards) != 2 || len(second.Identities) != 3) {
					t.Errorf("first holder %+v, second %+v", first, second)
				}
			})
		}
	}
}

func TestEnrollingAgain(t *testing.T) {
	d := open(t, sandbox.Spec{})
	with := identities(Vector, "V1", PhoneNumber, "+4512345678")
	first, _ := d.mustEnrol(Enrolment{Name: "Ada", Card: d.ref(newSample), Identities: with})
	again, holder := d.mustEnrol(Enrolment{Name: "Eva", Card: d.ref(newSample), Identities: with, State: Disabled})
	if diff := cmp.Diff(first, again); diff != "" || len(holder.Cards) != 1 {
		t.Errorf("enrolling again changed something: %s", diff)
	}
	_, _, err := d.enrol(Enrolment{Name: "Ada", Card: d.ref(newSample), Identities: identities(Vector, "V2")})
	wantCode(t, err, core.CodeConflict)
	_, _, err = d.enrol(Enrolment{Name: "Ada", Card: d.ref(newSample), Identities: identities(Vector, "V1", PhoneNumber, "+4500000000")})
	wantCode(t, err, core.CodeConflict)
}

func TestTakenCardIDGivesWayToTheNextFreeValue(t *testing.T) {
	probe := open(t, sandbox.Spec{})
	drawn, _ := probe.mustEnrol(Enrolment{Name: "A", Card: probe.ref(newSample), Identities: identities(Vector, "V1")})

	d := open(t, sandbox.Spec{})
	err := d.do(func(s sandbox.Scope) error {
		return cards.Put(s.Tx, d.world.ID, tenantKey("900912", drawn.ID), Card{ID: drawn.ID})
	})
	if err != nil {
		t.Fatal(err)
	}
	moved, _ := d.mustEnrol(Enrolment{Name: "A", Card: d.ref(newSample), Identities: identities(Vector, "V1")})
	var n uint64
	if _, err := fmt.Sscanf(drawn.ID, "CRN%d", &n); err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("CRN%010d", (n+1)%cardIDs); moved.ID != want {
		t.Errorf("cardId is %s, want %s", moved.ID, want)
	}
}

func TestProducts(t *testing.T) {
	tests := []struct{ number, want string }{
		{oldSample, "PRO00103"},          // six digits match, the longest row wins
		{newSample, "PRO00100"},          // three digits match
		{"4000000000001091", "PRO00001"}, // the default row
	}
	d := open(t, sandbox.Spec{})
	for _, tt := range tests {
		if got := productOf(d.world.Tenants[0], d.ref(tt.number)); got.ProductID != tt.want {
			t.Errorf("product of %s is %s, want %s", tt.number, got.ProductID, tt.want)
		}
	}
	bare := productOf(&sandbox.Tenant{Name: "Bare Bank"}, d.ref("4000000000001091"))
	if bare.CardNetwork != "visa" || bare.ProductName != "Bare Bank Card" {
		t.Errorf("a tenant without products has %+v", bare)
	}
}

// TestStoredForm holds the JSON to the golden file: users keep these records. It
// also shows that no card number is among them.
func TestStoredForm(t *testing.T) {
	d := open(t, sandbox.Spec{Seed: 1})
	card, holder := d.mustEnrol(Enrolment{
		Name: "Amit", Card: d.ref(newSample), Identities: identities(Vector, "D7480", PhoneNumber, "+918948763892"),
	})
	got, err := json.MarshalIndent(map[string]any{"card": card, "holder": holder}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(got), newSample) {
		t.Error("the card number is stored")
	}
	const golden = "testdata/stored.golden.json"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, append(got, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
		t.Errorf("the stored form changed (-golden +now):\n%s", diff)
	}
}

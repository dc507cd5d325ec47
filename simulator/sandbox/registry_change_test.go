package sandbox

import (
	"errors"
	"slices"
	"testing"

	"cardsim/simulator/core"
)

func refused(err error) bool {
	var known *core.Error
	return errors.As(err, &known) && known.Code == core.CodeUnauthorized
}

// TestRemovedIdentitiesStayRefused in both modes, until a world has them again.
func TestRemovedIdentitiesStayRefused(t *testing.T) {
	for _, strict := range []bool{false, true} {
		r := registry(t, strict)
		handedOut := r.Worlds()
		w, _ := r.ByID("other")
		buried := w.Digests()
		r.AskOfDeleted(func(digest string) (bool, error) { return slices.Contains(buried, digest), nil })
		if id, err := r.ByAPIKey("test2"); err != nil || id.World != w {
			t.Errorf("strict %v: buried while it is there: %v", strict, err)
		}
		r.Remove(w)
		lookups := map[string]func() (Identity, error){
			"api key":   func() (Identity, error) { return r.ByAPIKey("test2") },
			"business":  func() (Identity, error) { return r.ByBusiness("b2") },
			"key":       func() (Identity, error) { return r.ByIdentifier("i2") },
			"processor": func() (Identity, error) { return r.ByProcessor("p2", "m2") },
		}
		for name, lookup := range lookups {
			if id, err := lookup(); !refused(err) {
				t.Errorf("strict %v, %s: %+v, %v", strict, name, id, err)
			}
		}
		if _, _, known := r.ByTenant("2"); known || len(r.Worlds()) != 1 || len(handedOut) != 2 || handedOut[1] != w {
			t.Errorf("strict %v: the tenant is known: %v; %d worlds, %d in the list of before", strict, known, len(r.Worlds()), len(handedOut))
		}
		if err := r.Add(w); err != nil {
			t.Fatal(err)
		}
		for name, lookup := range lookups {
			if id, err := lookup(); err != nil || id.World != w {
				t.Errorf("strict %v, %s again: %v", strict, name, err)
			}
		}
	}
}

// TestNobodyKnowsTheDeleted: where it cannot be told whether a credential was a deleted
// sandbox's, it is not taken for an unseen one.
func TestNobodyKnowsTheDeleted(t *testing.T) {
	r := registry(t, false)
	broken := errors.New("the disk is gone")
	r.AskOfDeleted(func(string) (bool, error) { return false, broken })
	if id, err := r.ByAPIKey("unseen"); !errors.Is(err, broken) {
		t.Errorf("%+v, %v", id, err)
	}
	if _, err := r.ByAPIKey("test2"); err != nil {
		t.Errorf("a known one: %v", err)
	}
}

// TestReplace keeps the place in the list, and gives up what only the old one had.
func TestReplace(t *testing.T) {
	r := registry(t, true)
	old, _ := r.ByID("other")
	next, err := New(Spec{ID: "other", Merchants: []*Merchant{shop("x", "3")}, Tenants: []*Tenant{{ID: "2", Alias: "4"}}})
	if err != nil {
		t.Fatal(err)
	}
	next.Merchants[0].AceHub = AceHubAccount{BusinessID: "b1", Alias: "b4"} // b1 is the default sandbox's
	if err := r.Replace(old, next); err != nil {
		t.Fatal(err)
	}
	if id, err := r.ByBusiness("b4"); err != nil || id.World != next || id.Name != "b1" {
		t.Errorf("the alias: %+v, %v", id, err)
	}
	if id, err := r.ByBusiness("b1"); err != nil || id.World != r.Default() {
		t.Errorf("the original: %+v, %v", id, err)
	}
	if w, tenant, ok := r.ByTenant("4"); !ok || w != next || tenant.ID != "2" {
		t.Errorf("the tenant's alias: %v %v %v", w, tenant, ok)
	}
	if _, err := r.ByAPIKey("test2"); err == nil || len(r.Worlds()) != 2 || r.Worlds()[1] != next {
		t.Errorf("the old key: %v; %v", err, r.Worlds())
	}
	twice, err := New(Spec{ID: "twice", Merchants: []*Merchant{shop("x", "7"), shop("y", "7")}})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Add(twice); !errors.Is(err, ErrTaken) {
		t.Errorf("one identity twice in a world: %v", err)
	}
	if got := r.Taken(shop("z", "1"), nil); got != (Taken{true, true, true}) || r.Taken(shop("z", "1"), r.Default()) != (Taken{}) {
		t.Errorf("taken: %+v", got)
	}
}

// TestStateKeepsWhatWasSetByHand, and gives sealed things back.
func TestStateKeepsWhatWasSetByHand(t *testing.T) {
	w, err := New(Spec{
		ID: "a", Seed: 7, Merchants: []*Merchant{shop("own", "1")}, Kept: Kept{Key: []byte("a key"), Content: []byte("content")},
		Settings: map[string]map[string]any{"acehub": {"cavvAmount": "exact", "compareBrand": true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if s := w.State(); s.Settings != nil {
		t.Errorf("nothing was set by hand: %v", s.Settings)
	}
	if err := w.Settings.Patch(map[string]map[string]any{"acehub": {"cavvAmount": nil}, "acs": {"otpLength": 8.0}}); err != nil {
		t.Fatal(err)
	}
	s := w.State()
	if s.Settings["acehub"]["cavvAmount"] != "up-to" || s.Settings["acs"]["otpLength"] != 8 || len(s.Settings["acehub"]) != 1 {
		t.Errorf("set by hand: %v", s.Settings)
	}
	if changed := w.Settings.Changed(); len(changed) != 2 || changed["acehub"]["compareBrand"] != true || len(changed["acehub"]) != 1 {
		t.Errorf("not the default: %v", changed)
	}
	kept, err := s.Open()
	if err != nil || string(kept.Key) != "a key" || string(kept.Content) != "content" || s.Key == "a key" {
		t.Errorf("%+v, %v", kept, err)
	}
	s.Seed = 8
	if _, err := s.Open(); err == nil {
		t.Error("another seed opens it")
	}
}

package sandbox

import (
	"errors"
	"testing"

	"cardsim/simulator/core"
)

func shop(id, suffix string) *Merchant {
	return &Merchant{
		ID:         id,
		Cardtokens: CardtokensAccount{MerchantID: "cm" + suffix, Keys: []APIKey{{"test" + suffix, TestKey}, {"live" + suffix, LiveKey}}},
		AceHub:     AceHubAccount{BusinessID: "b" + suffix},
		Cardinal:   CardinalAccount{Identifier: "i" + suffix, ProcessorID: "p" + suffix, MerchantID: "m" + suffix},
	}
}

func registry(t *testing.T, strict bool) *Registry {
	t.Helper()
	r := NewRegistry(strict)
	own := shop("own", "1")
	own.AceHub.Examples = []string{"334455"}
	for _, spec := range []Spec{
		{ID: DefaultID, Seed: 1, Merchants: []*Merchant{own}, Tenants: []*Tenant{{ID: "900912"}}},
		{ID: "other", Seed: 2, Merchants: []*Merchant{shop("second", "2")}, Tenants: []*Tenant{{ID: "2"}}},
	} {
		w, err := New(spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Add(w); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func TestIdentityPicksTheWorld(t *testing.T) {
	for _, strict := range []bool{false, true} {
		r := registry(t, strict)
		lookups := map[string]func() (Identity, error){
			"api key":   func() (Identity, error) { return r.ByAPIKey("live2") },
			"business":  func() (Identity, error) { return r.ByBusiness("b2") },
			"key":       func() (Identity, error) { return r.ByIdentifier("i2") },
			"processor": func() (Identity, error) { return r.ByProcessor("p2", "m2") },
		}
		for name, lookup := range lookups {
			id, err := lookup()
			if err != nil || id.World.ID != "other" || id.Merchant.ID != "second" || !id.Known {
				t.Errorf("%s: %+v, %v", name, id, err)
			}
		}
		if id, _ := r.ByAPIKey("live2"); id.Kind != LiveKey {
			t.Errorf("kind %s", id.Kind)
		}
	}
}

func TestUnseenIdentityInBothModes(t *testing.T) {
	open := registry(t, false)
	id, err := open.ByBusiness("nobody")
	if err != nil || id.World.ID != DefaultID || id.Known || id.Name != "b1" {
		t.Errorf("open: %+v, %v", id, err)
	}
	var known *core.Error
	if _, err := registry(t, true).ByBusiness("nobody"); !errors.As(err, &known) || known.Code != core.CodeUnauthorized {
		t.Errorf("strict: %v", err)
	}
}

func TestExamplesBelongToTheDefaultMerchant(t *testing.T) {
	id, err := registry(t, false).ByBusiness("334455")
	if err != nil || !id.Example || !id.Known || id.Merchant.ID != "own" || id.Name != "334455" {
		t.Errorf("%+v, %v", id, err)
	}
}

func TestTenantIsAResource(t *testing.T) {
	r := registry(t, false)
	if w, tenant, ok := r.ByTenant("2"); !ok || w.ID != "other" || tenant.ID != "2" {
		t.Errorf("%v %v %v", w, tenant, ok)
	}
	if _, _, ok := r.ByTenant("3"); ok {
		t.Error("an unknown tenant is found")
	}
}

func TestAddRefusesWhatIsTaken(t *testing.T) {
	taken := map[string]Spec{
		"id":       {ID: "other", Merchants: []*Merchant{shop("x", "9")}},
		"tenant":   {ID: "new", Merchants: []*Merchant{shop("x", "9")}, Tenants: []*Tenant{{ID: "2"}}},
		"identity": {ID: "new", Merchants: []*Merchant{shop("x", "2")}},
	}
	for name, spec := range taken {
		r := registry(t, false)
		w, err := New(spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Add(w); !errors.Is(err, ErrTaken) {
			t.Errorf("%s: %v", name, err)
		}
		if len(r.Worlds()) != 2 {
			t.Errorf("%s: a refused world was added", name)
		}
	}
}

func TestSettings(t *testing.T) {
	s, err := newSettings(map[string]map[string]any{"acehub": {"cavvAmount": "exact"}, "cardinal": {"credentialError": 4243}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Text("acehub.cavvAmount") != "exact" || s.Int("cardinal.credentialError") != 4243 || !s.Bool("cardtokens.requireReference") {
		t.Errorf("%v", s.All())
	}
	if s.Duration("acehub.cryptogramLifetime").Minutes() != 15 {
		t.Errorf("lifetime %v", s.Duration("acehub.cryptogramLifetime"))
	}
	for _, bad := range []map[string]map[string]any{
		{"acehub": {"cavvAmount": "sometimes"}}, {"acehub": {"nothing": 1}}, {"acehub": {"compareBrand": "yes"}},
		{"cardinal": {"credentialError": 1.5}}, {"acehub": {"cryptogramLifetime": "soon"}},
	} {
		if err := s.Patch(bad); err == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}

// Every switch has a source, and its default passes its own check.
func TestSettingsCatalogueIsWhole(t *testing.T) {
	for _, def := range SettingsCatalogue() {
		if def.Summary == "" || def.Source == "" {
			t.Errorf("%s has no summary or source", def.Key())
		}
		if v, err := def.check(def.Default); err != nil || v != def.Default {
			t.Errorf("%s: its default %v does not pass: %v", def.Key(), def.Default, err)
		}
	}
}

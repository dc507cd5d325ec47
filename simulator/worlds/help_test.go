package worlds

import (
	"path/filepath"
	"testing"

	"cardsim/fixtures"
	"cardsim/fixtures/keys"
	"cardsim/scenarios"
	"cardsim/simulator/core"
	"cardsim/simulator/director"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// house is a keeper with everything that it needs.
type house struct {
	*Keeper
	t testing.TB
}

// open makes a keeper over a file, with the default sandbox and what is stored.
func open(t testing.TB, path string, change func(*Options)) house {
	t.Helper()
	db, err := store.Open(path, store.Options{Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(db, journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	published, err := fixtures.ParsePrivateKey(keys.CardtokensPrivatePEM())
	if err != nil {
		t.Fatal(err)
	}
	o := Options{
		DB: db, Registry: sandbox.NewRegistry(true), Director: director.New(db, scenarios.NewCatalogue(nil)), Journal: j,
		Catalogue: catalogue(t), Key: published,
	}
	if change != nil {
		change(&o)
	}
	k := New(o)
	err = k.Declare(Declared{ID: sandbox.DefaultID, Seed: 1, Make: func(seed uint64, origin string) (sandbox.Spec, error) {
		return k.derived(sandbox.Spec{ID: sandbox.DefaultID, Seed: seed, Origin: origin})
	}})
	if err == nil {
		err = k.Restore()
	}
	if err != nil {
		t.Fatal(err)
	}
	return house{k, t}
}

// close ends the keeper and its file.
func (h house) close() {
	h.t.Helper()
	h.Close()
	if err := h.Journal.Close(); err != nil {
		h.t.Error(err)
	}
	if err := h.DB.Close(); err != nil {
		h.t.Error(err)
	}
}

// fresh is a keeper for the length of the test.
func fresh(t testing.TB, change func(*Options)) house {
	t.Helper()
	h := open(t, filepath.Join(t.TempDir(), "w.db"), change)
	t.Cleanup(h.close)
	return h
}

// catalogue is the published cards, without what they do.
func catalogue(t testing.TB) []sandbox.CardProfile {
	t.Helper()
	published := fixtures.Catalogue()
	list := make([]sandbox.CardProfile, 0, len(published))
	for _, c := range published {
		pan, ok := core.ParsePAN(c.PAN)
		if !ok {
			t.Fatalf("card ending in %s", c.PAN[len(c.PAN)-4:])
		}
		list = append(list, sandbox.CardProfile{Number: pan})
	}
	return list
}

func (h house) create(o Order) *sandbox.World {
	h.t.Helper()
	w, err := h.Create(o)
	if err != nil {
		h.t.Fatal(err)
	}
	return w
}

// ids are those of all sandboxes, in their order.
func (h house) ids() []string {
	var list []string
	for _, w := range h.Registry.Worlds() {
		list = append(list, w.ID)
	}
	return list
}

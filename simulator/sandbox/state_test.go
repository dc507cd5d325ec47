package sandbox

import (
	"testing"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// TestSaveState: what changed is written, what did not costs no commit.
func TestSaveState(t *testing.T) {
	db := storetest.Open(t)
	noon := time.Date(2026, 1, 2, 12, 0, 0, 1, time.FixedZone("CET", 3600))
	patched := map[string]map[string]any{"cardinal": {"credentialError": 1002}} // read back as another type
	w, err := New(Spec{ID: "w", Seed: 7, Merchants: []*Merchant{{ID: "shop"}}, Patched: patched, Kept: Kept{Key: []byte("a key")}})
	if err != nil {
		t.Fatal(err)
	}
	commits := uint64(0)
	for i, step := range []struct {
		what    string
		do      func()
		written bool
	}{
		{"a new world", func() {}, true},
		{"nothing", func() {}, false},
		{"a clock that stops", func() { w.Clock.Set(clock.Frozen, noon) }, true},
		{"nothing while it stands", func() {}, false},
		{"another instant", func() { w.Clock.Set(clock.Frozen, noon.Add(time.Nanosecond)) }, true},
		{"another name of its past", func() { w.Origin = "elsewhere" }, true},
	} {
		step.do()
		if err := db.Update(w.SaveState); err != nil {
			t.Fatal(err)
		}
		if step.written {
			commits++
		}
		if got := db.Stats().Commits; got != commits {
			t.Errorf("%d. %s: %d commits, want %d", i, step.what, got, commits)
		}
		var stored State
		if err := db.View(func(tx *store.Tx) (err error) {
			stored, _, err = StoredState(tx, w.ID)
			return err
		}); err != nil || !stored.same(w.State()) {
			t.Errorf("%d. %s: stored is %+v (%v), want %+v", i, step.what, stored, err, w.State())
		}
	}
}

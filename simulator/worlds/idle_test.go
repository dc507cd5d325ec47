package worlds

import (
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// TestIdleSandboxesAreCollected by the machine's time: those that calls have made,
// and only when nobody uses them.
func TestIdleSandboxesAreCollected(t *testing.T) {
	path := filepath.Join(t.TempDir(), "idle.db")
	synctest.Test(t, func(t *testing.T) {
		h := open(t, path, func(o *Options) { o.Idle = time.Hour })
		h.Collect()
		frozen := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
		h.create(Order{ID: "left", Clock: &frozen})
		used := h.create(Order{ID: "used"})
		for range 3 {
			time.Sleep(45 * time.Minute)
			used.Touch()
		}
		if got := h.ids(); !slices.Equal(got, []string{"default", "used"}) {
			t.Errorf("after more than two hours there are %v", got)
		}
		h.close()

		again := open(t, path, func(o *Options) { o.Idle = time.Hour })
		again.Collect()
		if got := again.ids(); !slices.Equal(got, []string{"default", "used"}) {
			t.Errorf("after a restart there are %v", got)
		}
		time.Sleep(59 * time.Minute)
		if got := again.ids(); len(got) != 2 {
			t.Errorf("a restart does not begin the time anew: %v", got)
		}
		time.Sleep(3 * time.Minute)
		if got := again.ids(); !slices.Equal(got, []string{"default"}) {
			t.Errorf("an hour after the restart there are %v", got)
		}
		again.close()
	})
}

// TestNothingIsCollectedUnlessAsked: 0 keeps all.
func TestNothingIsCollectedUnlessAsked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.db")
	synctest.Test(t, func(t *testing.T) {
		h := open(t, path, nil)
		h.Collect()
		h.create(Order{ID: "kept"})
		time.Sleep(1000 * time.Hour)
		if got := h.ids(); len(got) != 2 {
			t.Errorf("there are %v", got)
		}
		h.close()
	})
}

package worlds

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// TestOneIDOneSandbox: of many calls for the same id one gets it; unnamed ones get
// different ids.
func TestOneIDOneSandbox(t *testing.T) {
	h := fresh(t, nil)
	const calls = 32
	made := make([]error, calls)
	var wg sync.WaitGroup
	for i := range calls {
		wg.Go(func() {
			_, made[i] = h.Create(Order{ID: "wanted"})
			if _, err := h.Create(Order{}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got := 0
	for _, err := range made {
		var taken *TakenError
		switch {
		case err == nil:
			got++
		case !errors.As(err, &taken):
			t.Error(err)
		}
	}
	if got != 1 || len(h.Registry.Worlds()) != calls+2 {
		t.Errorf("%d calls got the id, and there are %d sandboxes", got, len(h.Registry.Worlds()))
	}
}

// TestDeleteAndMakeAgain, many at once: the file and the registry agree at the end
// and after a restart.
func TestDeleteAndMakeAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.db")
	h := open(t, path, nil)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for range 20 {
				id := fmt.Sprintf("s%d", i%2) // two fight for each
				_, _ = h.Create(Order{ID: id})
				_ = h.Delete(id)
			}
		})
	}
	wg.Wait()
	for i := range 2 {
		if _, err := h.Create(Order{ID: fmt.Sprintf("s%d", i)}); err != nil {
			t.Errorf("the id is lost: %v", err)
		}
	}
	if err := h.Delete("s0"); err != nil {
		t.Error(err)
	}
	before := h.ids()
	h.close()
	again := open(t, path, nil)
	defer again.close()
	if after := again.ids(); !slices.Equal(before, after) || int(again.count.Load()) != len(after) {
		t.Errorf("before %v, after %v, counted %d", before, after, again.count.Load())
	}
}

// TestLateWriteOfADeletedSandbox: a request that was under way writes nothing, and
// the next sandbox of the id begins empty.
func TestLateWriteOfADeletedSandbox(t *testing.T) {
	h := fresh(t, nil)
	w := h.create(Order{ID: "short"})
	if err := h.Delete("short"); err != nil {
		t.Fatal(err)
	}
	if err := h.DB.Update(w.SaveState); err == nil {
		t.Error("a late write is taken")
	}
	if err := h.Patch(w, map[string]map[string]any{"acehub": {"cavvAmount": "exact"}}); err == nil {
		t.Error("a late patch is taken")
	}
	if err := h.Reset(w); err == nil {
		t.Error("a late reset is taken")
	}
	rows := 0
	count := func() error {
		return h.DB.View(func(tx *store.Tx) error {
			rows = 0
			return store.Each(tx, "short", func(string, string, []byte) error { rows++; return nil })
		})
	}
	if err := count(); err != nil || rows != 0 {
		t.Errorf("%d rows are left, %v", rows, err)
	}
	h.create(Order{ID: "short"})
	if err := count(); err != nil || rows != 1 { // its state
		t.Errorf("the new one begins with %d rows, %v", rows, err)
	}
}

// TestFixtureSandboxLeftInTheFile: its id is not given away while its file is not
// named.
func TestFixtureSandboxLeftInTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.db")
	h := open(t, path, nil)
	declare := func(h house) error {
		return h.Declare(Declared{ID: "team", Seed: 5, Make: func(seed uint64, origin string) (sandbox.Spec, error) {
			return h.derived(sandbox.Spec{ID: "team", Seed: seed, Origin: origin})
		}})
	}
	if err := declare(h); err != nil {
		t.Fatal(err)
	}
	h.close()
	again := open(t, path, nil)
	defer again.close()
	var taken *TakenError
	if _, err := again.Create(Order{ID: "team"}); !errors.As(err, &taken) {
		t.Errorf("the id is given away: %v", err)
	}
	if err := declare(again); err != nil {
		t.Error(err)
	}
}

// BenchmarkCreate makes sandboxes beside a thousand others: what one costs must
// not grow with their number.
func BenchmarkCreate(b *testing.B) {
	for _, others := range []int{1, 1000} {
		b.Run(fmt.Sprintf("beside %d", others), func(b *testing.B) {
			h := fresh(b, func(o *Options) { o.Limit = 1 << 30 })
			for range others {
				h.create(Order{})
			}
			b.ReportAllocs()
			for b.Loop() {
				h.create(Order{})
			}
		})
	}
}

package simulator_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/admin"
	"cardsim/simulator/doctor"
	"cardsim/simulator/journal"
	"cardsim/simulator/simulatortest"
)

// The clocks that jump do so by up to this much, forward and back.
const farAway = 30 * 365 * 24 * time.Hour

// leapingMachine is a machine whose clock is put right, or wrong, while it runs.
type leapingMachine struct{ off atomic.Int64 }

func (m *leapingMachine) now() time.Time { return time.Now().Add(time.Duration(m.off.Load())).UTC() }

// leaps has the machine's clock jump and the sandbox's moved, until the clients are
// done; fired is everything that was told to have fallen due.
func (m *leapingMachine) leaps(c *simulatortest.Client, done <-chan struct{}) (fired []fired, err error) {
	rnd := rand.New(rand.NewPCG(1, 2))
	distances := []time.Duration{0, time.Second, time.Hour, 24 * time.Hour, farAway}
	for n := 0; ; n++ {
		select {
		case <-done:
			return fired, nil
		default:
		}
		by := distances[rnd.IntN(len(distances))]
		if rnd.IntN(2) == 0 {
			by = -by
		}
		method, path, body := http.MethodPut, "/clock", any(map[string]any{"mode": "real"})
		switch n % 5 {
		case 0, 1:
			m.off.Store(int64(by))
			continue
		case 2:
			body = map[string]any{"mode": "frozen", "now": time.Now().Add(by).UTC()}
		case 3:
			method, path, body = http.MethodPost, "/clock/advance", map[string]string{"by": by.Abs().String()}
		}
		var told moved
		if err := c.Admin(method, path, body, &told); err != nil {
			return fired, err
		}
		fired = append(fired, told.Fired...)
	}
}

// everyEntry is the whole journal, newest first.
func everyEntry(t *testing.T, c *simulatortest.Client) (all []journal.Entry) {
	t.Helper()
	for path := "/requests?limit=1000"; ; {
		list := page[journal.Entry](t, c, path)
		if all = append(all, list.Items...); list.Next == nil {
			return all
		}
		path = "/requests?limit=1000&after=" + *list.Next
	}
}

// TestClocksJumpUnderLoad: the machine's clock and the sandbox's jump years forward
// and back among payments and challenges, then the machine starts again with a clock
// long before much of what is stored. Nothing acknowledged is lost or made twice.
func TestClocksJumpUnderLoad(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 10
	}
	data := filepath.Join(t.TempDir(), "cardsim.db")
	book := &jumpBook{states: map[string]string{}}
	c, run := startOn(t, simulator.Config{Data: data})
	machine := &leapingMachine{}
	simulator.Follow(run, machine.now)

	book.load(t, c, machine, "first", rounds)
	book.compare(t, c)
	before := book.entries(t, c)
	if err := run.Close(); err != nil {
		t.Fatal(err)
	}

	c, run = startOn(t, simulator.Config{Data: data})
	var now admin.Clock
	if err := c.Admin(http.MethodPut, "/clock", map[string]string{"mode": "real"}, &now); err != nil || time.Since(now.Now).Abs() > time.Hour {
		t.Errorf("after the restart the clock shows %+v, %v", now, err)
	}
	book.compare(t, c)
	if err := book.client(c, "second", 5); err != nil {
		t.Error(err)
	}
	if after := book.entries(t, c); after[len(after)-len(before)].ID != before[0].ID {
		t.Errorf("the journal of before ends with %s, now with %s", before[0].ID, after[len(after)-len(before)].ID)
	}
	if err := run.Close(); err != nil {
		t.Fatal(err)
	}
	if report, err := doctor.Examine(data); err != nil || !report.Healthy {
		t.Errorf("%+v, %v", report.Problems, err)
	}
}

// load lets clients work while the clocks jump. Nothing may expire twice.
func (b *jumpBook) load(t *testing.T, c *simulatortest.Client, machine *leapingMachine, name string, rounds int) {
	t.Helper()
	var clients, jumps sync.WaitGroup
	done := make(chan struct{})
	jumps.Go(func() {
		all, err := machine.leaps(c, done)
		if err != nil {
			t.Error(err)
		}
		told := map[string]bool{}
		for _, f := range all {
			if told[f.Kind+f.ID] {
				t.Errorf("%s of %s fell due twice", f.Kind, f.ID)
			}
			told[f.Kind+f.ID] = true
		}
		t.Logf("%d things fell due", len(told))
	})
	for i := range 4 {
		clients.Go(func() {
			if err := b.client(c, fmt.Sprintf("%s-%d", name, i), rounds); err != nil {
				t.Error(err)
			}
		})
	}
	clients.Wait()
	close(done)
	jumps.Wait()
}

// entries are the whole journal, newest first: one for every call, ids in the order
// of arrival whatever the clocks showed, and no time that ran backwards.
func (b *jumpBook) entries(t *testing.T, c *simulatortest.Client) []journal.Entry {
	t.Helper()
	all := everyEntry(t, c)
	if int64(len(all)) != b.calls.Load() {
		t.Errorf("%d entries of %d calls", len(all), b.calls.Load())
	}
	for i, e := range all {
		if e.DurationMs < 0 || e.State != journal.Done || e.At.IsZero() {
			t.Errorf("%s is %s, at %v, and took %v ms", e.ID, e.State, e.At, e.DurationMs)
		}
		if i > 0 && e.ID >= all[i-1].ID {
			t.Errorf("%s stands behind %s", e.ID, all[i-1].ID)
		}
	}
	return all
}

package simulator_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// explained is what explain tells of a planned delay.
type explained struct {
	Request  struct{ DurationMs float64 }
	Decision struct {
		Plan  struct{ Delay time.Duration }
		Draws []struct {
			For   string
			Value float64
		}
	}
}

// delays makes six payments in a frozen sandbox with a seed, and reads the delays
// that were planned for them.
func delays(t *testing.T, delay string, seed uint64) (list []time.Duration, draws int) {
	t.Helper()
	frozen := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	c, _ := simulatortest.Start(t, simulator.Config{
		Seed: &seed, Clock: &frozen, Scenarios: []string{scenario(t, "{on: acehub.payment.create, do: {delay: "+delay+"}}")},
	})
	for i := range 6 {
		if paid, got := pay(t, c, "authorize", fmt.Sprintf("DELAY-%03d", i)); paid.Result != 0 {
			t.Fatalf("a delayed payment: %+v", got)
		}
		entry := must[[]simulatortest.Entry](t)(c.Journal("acehub.payment.create"))[0]
		var e explained
		if err := c.Admin(http.MethodGet, "/requests/"+entry.ID+"/explain", nil, &e); err != nil {
			t.Fatal(err)
		}
		d := e.Decision.Plan.Delay
		// The clock stands still; the delay passes all the same, in real time.
		if e.Request.DurationMs < float64(d.Microseconds())/1000 {
			t.Errorf("a call of %v took %v ms", d, e.Request.DurationMs)
		}
		list, draws = append(list, d), draws+len(e.Decision.Draws)
	}
	return list, draws
}

func TestFixedDelay(t *testing.T) {
	list, draws := delays(t, "3ms", 1)
	if draws != 0 || slices.Min(list) != 3*time.Millisecond || slices.Max(list) != 3*time.Millisecond {
		t.Errorf("%v with %d draws", list, draws)
	}
}

// TestDrawnDelays: the draws come from the sandbox's seed, one for each call.
func TestDrawnDelays(t *testing.T) {
	for delay, bounds := range map[string][2]time.Duration{
		"{min: 1ms, max: 4ms}": {time.Millisecond, 4 * time.Millisecond},
		"{p50: 1ms, p99: 3ms}": {0, 30 * time.Millisecond}, // ten times p99 at most (ours)
	} {
		t.Run(delay, func(t *testing.T) {
			list, draws := delays(t, delay, 1)
			if draws != len(list) {
				t.Errorf("%d draws for %d calls", draws, len(list))
			}
			if slices.Min(list) < bounds[0] || slices.Max(list) > bounds[1] {
				t.Errorf("%v lie outside of %v", list, bounds)
			}
			if slices.Min(list) == slices.Max(list) {
				t.Errorf("nothing was drawn: %v", list)
			}
			if again, _ := delays(t, delay, 1); !slices.Equal(again, list) {
				t.Errorf("the same seed drew %v and %v", list, again)
			}
			if other, _ := delays(t, delay, 2); slices.Equal(other, list) {
				t.Errorf("another seed drew the same: %v", other)
			}
		})
	}
}

// TestOutcomeLostOnTheWay: outcome, delay and fault of one step work together: the
// payment is declined and kept, and nobody hears of it.
func TestOutcomeLostOnTheWay(t *testing.T) {
	c := steerDo(t, "acehub.payment.create", "{outcome: declined, delay: 1ms, fault: {kind: empty, at: after-commit}}")
	a, got := pay(t, c, "authorize", "LOST-001")
	if got.status != 0 {
		t.Fatalf("it was answered: %+v", a)
	}
	found, _ := ace(t, c, http.MethodGet, "payments?trackingCode=LOST-001&businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
	if found.Result != -4 || found.Body.Transaction.ID == "" {
		t.Errorf("it is kept as %+v", found)
	}
}

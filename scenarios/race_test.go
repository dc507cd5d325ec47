package scenarios_test

import (
	"sync"
	"testing"

	"cardsim/scenarios"
)

// atomic is a store as the caller has one: each plan is one transaction.
type atomic struct {
	mu       sync.Mutex
	counters counters
}

func (s *atomic) plan(a *scenarios.Active, in scenarios.Input) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, _, err := a.Plan(in, &s.counters)
	return p.Outcome, err
}

// TestRace: of 64 simultaneous calls on a sequence of two steps exactly one sees
// step one and exactly one step two.
func TestRace(t *testing.T) {
	const calls = 64
	a := activate(t, rulesOf("  - {on: acehub.payment.create, when: amount > 5, sequence: [{outcome: declined}, {outcome: failed}]}\n"))
	store := &atomic{}
	seen := make([]string, calls)
	start := make(chan struct{})
	var group sync.WaitGroup
	for i := range calls {
		group.Go(func() {
			<-start
			outcome, err := store.plan(a, visa())
			if err != nil {
				t.Error(err)
			}
			seen[i] = outcome
		})
	}
	close(start)
	group.Wait()
	count := map[string]int{}
	for _, outcome := range seen {
		count[outcome]++
	}
	if count["declined"] != 1 || count["failed"] != 1 || count[""] != calls-2 {
		t.Errorf("outcomes %v, want each step once", count)
	}
}

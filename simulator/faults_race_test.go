package simulator_test

import (
	"fmt"
	"maps"
	"sync"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// TestSimultaneousCallsShareNoStep: of 64 calls at the same moment one sees the
// first step of a sequence and one the second; for the others the rule has
// stepped aside.
func TestSimultaneousCallsShareNoStep(t *testing.T) {
	const calls = 64
	c, _ := simulatortest.Start(t, simulator.Config{
		Scenarios: []string{scenario(t, "{on: acehub.payment.create, sequence: [{outcome: declined}, {outcome: failed}]}")},
	})
	start := make(chan struct{})
	results := make(chan int, calls)
	var wg sync.WaitGroup
	for i := range calls {
		wg.Go(func() {
			<-start
			paid, err := c.Pay(simulatortest.Payment{
				Action:      "authorize",
				Transaction: map[string]any{"trackingCode": fmt.Sprintf("RACE-%04d", i), "brandId": 1010, "amount": 10, "currencyCode": "EUR"},
				Card:        map[string]any{"number": "4000000000001091", "expiryMonth": 1, "expiryYear": 2031, "holderName": "Ada Tester"},
			})
			if err != nil {
				t.Error(err)
			}
			results <- paid.Result
		})
	}
	close(start)
	wg.Wait()
	close(results)
	got := map[int]int{}
	for r := range results {
		got[r]++
	}
	if want := map[int]int{-4: 1, -2: 1, 0: calls - 2}; !maps.Equal(got, want) {
		t.Errorf("results %v, want %v", got, want)
	}
}

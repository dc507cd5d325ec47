package simulator_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// TestRequestsDuringDelete: requests that are under way when their sandbox is
// deleted or replaced end, and the next sandbox of the id begins as any other.
func TestRequestsDuringDelete(t *testing.T) {
	_, pristine := simulatortest.Start(t, simulator.Config{})
	made, err := pristine.CreateSandbox(simulator.SandboxOptions{ID: "busy"})
	if err != nil {
		t.Fatal(err)
	}
	want := export(t, simulatortest.New(made.Env))

	c, s := simulatortest.Start(t, simulator.Config{})
	for round := range 8 {
		made, err := s.CreateSandbox(simulator.SandboxOptions{ID: "busy"})
		if err != nil {
			t.Fatal(err)
		}
		busy := simulatortest.New(made.Env)
		var wg sync.WaitGroup
		started := make(chan struct{}, 100)
		for worker := range 3 {
			wg.Go(func() {
				for i := range 12 {
					got, err := busy.Lookup(good(fmt.Sprintf("BUSY-%d-%d", worker, i)))
					if err != nil || got["ErrorNo"] == "" {
						t.Errorf("%v, %v", got, err)
					}
					started <- struct{}{}
				}
			})
		}
		for range 5 {
			<-started
		}
		if round%2 == 0 {
			if a, _ := adminCall(t, c, "PUT", "/busy/import", string(want)); a.Status != 204 {
				t.Errorf("import: HTTP %d %s", a.Status, a.Body)
			}
		}
		if err := s.DeleteSandbox("busy"); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		if _, err := s.CreateSandbox(simulator.SandboxOptions{ID: "busy"}); err != nil {
			t.Fatal(err)
		}
		if got := export(t, busy); !bytes.Equal(got, want) {
			t.Errorf("round %d: the next sandbox of the id begins with\n%s", round, got)
		}
		if entries, err := busy.Journal(""); err != nil || len(entries) != 0 {
			t.Errorf("round %d: its journal begins with %d entries, %v", round, len(entries), err)
		}
		if err := s.DeleteSandbox("busy"); err != nil {
			t.Fatal(err)
		}
	}
}

package simulator_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// own are the variables that no two sandboxes have in common.
func own(env map[string]string) map[string]string {
	out := map[string]string{}
	for name, value := range env {
		if !strings.HasSuffix(name, "_URL") && name != "CARDTOKENS_PUBLIC_KEY" && name != "CARDSIM_SANDBOX" {
			out[name] = value
		}
	}
	return out
}

// TestCreateSandbox: the Go API makes a world that a payment can be walked in,
// and the same id and seed give the same credentials in another simulator.
func TestCreateSandbox(t *testing.T) {
	seed := uint64(7)
	var first map[string]string
	for range 2 {
		c, s := simulatortest.Start(t, simulator.Config{StrictCredentials: true})
		made, err := s.CreateSandbox(simulator.SandboxOptions{ID: "team-a", Seed: &seed})
		if err != nil {
			t.Fatal(err)
		}
		team := simulatortest.New(made.Env)
		walkAndPay(t, team, "CREATED")
		entries, err := c.Journal("")
		if err != nil || len(entries) != 0 {
			t.Errorf("the default sandbox has %d entries, %v", len(entries), err)
		}
		if first == nil {
			first = own(made.Env)
			continue
		}
		if !maps.Equal(first, own(made.Env)) {
			t.Error("same id and seed, other credentials")
		}
		again, err := s.CreateSandbox(simulator.SandboxOptions{})
		if err != nil || again.ID != "sb-1" {
			t.Fatalf("the first unnamed one is %q, %v", again.ID, err)
		}
		for name, value := range own(again.Env) {
			if slices.Contains(slices.Collect(maps.Values(first)), value) {
				t.Errorf("%s of sb-1 is also team-a's", name)
			}
		}
	}
}

// walkAndPay is one journey that must end in an approved payment.
func walkAndPay(t *testing.T, c *simulatortest.Client, order string) simulatortest.Journey {
	t.Helper()
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], good(order))
	if err != nil {
		t.Fatal(err)
	}
	if paid, err := c.Pay(j.Payment()); err != nil || paid.Result != 0 {
		t.Fatalf("%s %v", paid.Raw, err)
	}
	return j
}

// TestCreatedSandboxesSurviveARestart: what was acknowledged is there again, with
// its seed, clock, settings and scenarios.
func TestCreatedSandboxesSurviveARestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.db")
	frozen := instant(t, "2026-03-01T00:00:00Z")
	var before, after sandboxAnswer
	_, stop := run(t, simulator.Config{Data: path}, func(_ *simulatortest.Client, s *simulator.Simulator) {
		made, err := s.CreateSandbox(simulator.SandboxOptions{
			ID: "kept", Clock: &frozen, Scenarios: []string{"decline-then-approve"},
			Settings: map[string]map[string]any{"acehub": {"cavvAmount": "exact"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		before = sandboxOf(t, simulatortest.New(made.Env))
	})
	stop()
	_, stop = run(t, simulator.Config{Data: path}, func(c *simulatortest.Client, _ *simulator.Simulator) {
		after = sandboxOf(t, in(c, "kept"))
		next := struct{ ID string }{}
		if err := create(c, map[string]any{}, &next); err != nil || next.ID != "sb-1" {
			t.Errorf("the next is %q, %v", next.ID, err)
		}
	})
	stop()
	if !maps.Equal(own(before.Env), own(after.Env)) || before.Clock != after.Clock || !after.Created ||
		!slices.Equal(before.Scenarios, after.Scenarios) || len(after.Scenarios) != 1 {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
	if before.Settings["acehub"]["cavvAmount"].Value != "exact" || after.Settings["acehub"]["cavvAmount"].Value != "exact" {
		t.Errorf("the setting is %v, then %v", before.Settings["acehub"]["cavvAmount"], after.Settings["acehub"]["cavvAmount"])
	}
}

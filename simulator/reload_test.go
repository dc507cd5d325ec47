package simulator_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/admin"
	"cardsim/simulator/simulatortest"
)

// oneRule is a scenario file with one rule.
func oneRule(rule, do string) string {
	return "version: 1\nname: story\nrules:\n  - {name: " + rule + ", on: acehub.payment.create, " + do + "}\n"
}

// replace puts a file in place by rename, as editors do.
func replace(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path+"~", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
}

// await looks at the active scenarios until they are as wanted.
func await(t *testing.T, c *simulatortest.Client, what string, as func(admin.Scenarios) bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		var got admin.Scenarios
		if err := c.Admin("GET", "/scenarios", nil, &got); err != nil {
			t.Fatal(err)
		}
		if as(got) {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%s: it did not come, active is %+v", what, got.Active)
		}
	}
}

func ruleIs(name string, matched int) func(admin.Scenarios) bool {
	return func(s admin.Scenarios) bool {
		return len(s.Active) == 1 && s.Active[0].Rules[0].Name == name && s.Active[0].Rules[0].Matched == matched && s.Active[0].Error == nil
	}
}

func TestScenarioFilesAreReloaded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "story.yaml")
	replace(t, file, oneRule("one", "sequence: [{outcome: declined}]"))
	var log buffer
	c, sim := simulatortest.Start(t, simulator.Config{Scenarios: []string{file}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if paid := payOnce(t, c, "RELOAD-1"); paid.Result == 0 {
		t.Fatalf("not declined: %s", paid.Raw)
	}
	await(t, c, "the first", ruleIs("one", 1))

	// The counter of the sequence is set back: the step is there once more.
	replace(t, file, "# changed\n"+oneRule("one", "sequence: [{outcome: declined}]"))
	await(t, c, "the changed comment", ruleIs("one", 0))
	if paid := payOnce(t, c, "RELOAD-2"); paid.Result == 0 {
		t.Errorf("the counter was not set back: %s", paid.Raw)
	}

	const pan = "4111111111111111"
	replace(t, file, oneRule("bad", "do: {outcome: "+pan+"}"))
	await(t, c, "the error", func(s admin.Scenarios) bool {
		return len(s.Active) == 1 && s.Active[0].Error != nil && strings.Contains(*s.Active[0].Error, "story.yaml:4:") && s.Active[0].Rules[0].Matched == 1
	})

	// The file as it was: nothing is set back, the error goes.
	replace(t, file, "# changed\n"+oneRule("one", "sequence: [{outcome: declined}]"))
	await(t, c, "the end of the error", ruleIs("one", 1))

	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	await(t, c, "the lost file", func(s admin.Scenarios) bool {
		return s.Active[0].Error != nil && strings.Contains(*s.Active[0].Error, "there is no scenario")
	})
	replace(t, file, oneRule("two", "do: {outcome: approved}"))
	await(t, c, "the new file", ruleIs("two", 0))
	if err := sim.Close(); err != nil {
		t.Error(err)
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	if text := log.b.String(); !strings.Contains(text, "story.yaml:4:") || strings.Contains(text, pan) {
		t.Errorf("the log: %s", text)
	}
}

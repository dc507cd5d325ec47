package simulator_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"testing"

	"cardsim/scenarios"
	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// tale is the integrator in a story: what goes wrong on the wire ends the test.
type tale struct {
	t *testing.T
	c *simulatortest.Client
}

// stage starts a simulator with scenarios, and with settings of the default
// sandbox as a fixture file has them (empty: none).
func stage(t *testing.T, settings string, names ...string) tale {
	t.Helper()
	cfg := simulator.Config{Scenarios: names}
	if settings != "" {
		path := filepath.Join(t.TempDir(), "settings.yaml")
		write(t, path, "version: 1\nsandboxes:\n  - id: default\n    settings: "+settings+"\n")
		cfg.Fixtures = []string{path}
	}
	c, _ := simulatortest.Start(t, cfg)
	return tale{t, c}
}

// scripted starts a simulator with a scenario of the test's own.
func scripted(t *testing.T, text string) tale {
	t.Helper()
	path := filepath.Join(t.TempDir(), "own.yaml")
	write(t, path, "version: 1\nname: own\n"+text)
	return stage(t, "", path)
}

func (s tale) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// same ends the test when a value is not as the story has it.
func same[T comparable](s tale, what string, got, want T) {
	s.t.Helper()
	if got != want {
		s.t.Fatalf("%s is %v, want %v", what, got, want)
	}
}

// entries are the journal's, oldest first, as verify sees them.
func (s tale) entries() []map[string]any {
	s.t.Helper()
	var list struct{ Items []map[string]any }
	s.ok(s.c.Admin(http.MethodGet, "/requests?limit=1000", nil, &list))
	slices.Reverse(list.Items)
	return list.Items
}

// journal demands a member of an operation's entries, oldest first. The member
// refusal is its code, "" for none.
func (s tale) journal(operation, member string, want ...string) {
	s.t.Helper()
	got := []string{}
	for _, e := range s.entries() {
		if e["operation"] != operation {
			continue
		}
		value := e[member]
		if refusal, ok := value.(map[string]any); ok {
			value = refusal["code"]
		}
		if value == nil {
			value = ""
		}
		got = append(got, fmt.Sprint(value))
	}
	if !slices.Equal(got, want) {
		s.t.Errorf("%s of %s: %q, want %q", member, operation, got, want)
	}
}

// verify holds the journal against what the scenario expects, and demands that each
// of its rules had its turn.
func (s tale) verify(shipped scenarios.Shipped) {
	s.t.Helper()
	scenario, problems := scenarios.CheckFile(shipped.Name+".yaml", shipped.Source, simulator.Catalogue())
	if len(problems) > 0 {
		s.t.Fatal(problems[0].String())
	}
	active, err := scenarios.NewActive(scenario)
	s.ok(err)
	if len(active.Demands()) == 0 {
		s.t.Errorf("%s expects nothing", shipped.Name)
	}
	entries := s.entries()
	for _, r := range active.Rules() {
		if !slices.ContainsFunc(entries, func(e map[string]any) bool { return e["rule"] == r.Rule }) {
			s.t.Errorf("the rule %q was never used", r.Rule)
		}
	}
	for _, f := range scenarios.Verify(active.Demands(), entries) {
		s.t.Errorf("%s, closest %+v", f.Message, f.Closest)
	}
}

package scenarios_test

import (
	"strings"
	"testing"

	"cardsim/scenarios"
)

// TestLibrary holds every shipped file to what users copy from it.
func TestLibrary(t *testing.T) {
	shipped, err := scenarios.Library()
	if err != nil {
		t.Fatal(err)
	}
	if len(shipped) < 25 {
		t.Fatalf("%d scenarios are shipped, at least 25 are promised", len(shipped))
	}
	schema := compileSchema(t, nil)
	full := compileSchema(t, catalogue())
	for _, file := range shipped {
		t.Run(file.Name, func(t *testing.T) {
			s, problems := scenarios.CheckFile(file.Name+".yaml", file.Source, catalogue())
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if s.Name != file.Name || s.Summary == "" || len(s.Expect) == 0 {
				t.Errorf("name %q, summary %q, %d expectations: the name is the file's, and neither of the others is missing", s.Name, s.Summary, len(s.Expect))
			}
			first, _, _ := strings.Cut(string(file.Source), "\n")
			if first != "# yaml-language-server: $schema=scenario.schema.json" {
				t.Errorf("the first line is %q: editors find the schema there", first)
			}
			if err := schema.Validate(t, file.Source); err != nil {
				t.Error(err)
			}
			if err := full.Validate(t, file.Source); err != nil {
				t.Errorf("with the operations and outcomes: %v", err)
			}
			if found, ok := scenarios.Find(file.Name); !ok || string(found.Source) != string(file.Source) {
				t.Error("Find does not find it")
			}
		})
	}
	for _, name := range []string{"no-such-story", "../scenarios/bypassed", ""} {
		if _, ok := scenarios.Find(name); ok {
			t.Errorf("Find found %q", name)
		}
	}
}

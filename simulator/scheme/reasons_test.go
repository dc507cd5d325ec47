package scheme

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestEveryReasonIsExplained: each code of the source is in the table, once, in
// kebab-case, with one sentence.
func TestEveryReasonIsExplained(t *testing.T) {
	explained := map[string]bool{}
	for _, r := range Reasons() {
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`).MatchString(r.Code) || explained[r.Code] {
			t.Errorf("code %q is badly formed or listed twice", r.Code)
		}
		if !strings.HasSuffix(r.Meaning, ".") || strings.Contains(strings.TrimSuffix(r.Meaning, "."), ". ") {
			t.Errorf("%s: %q is not one sentence", r.Code, r.Meaning)
		}
		explained[r.Code] = true
	}
	source, err := os.ReadFile("reasons.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`= "([a-z-]+)"`).FindAllStringSubmatch(string(source), -1) {
		if !explained[m[1]] {
			t.Errorf("%s is not in the table", m[1])
		}
	}
}

package journal

import (
	"math"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cardsim/simulator/core"
)

// TestCompact: what is kept of a complete entry is all of it.
func TestCompact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var e Entry
		e.Status = rapid.IntRange(0, 999).Draw(t, "status")
		e.DurationMs = rapid.Float64Min(0).Draw(t, "duration")
		for _, text := range e.texts() {
			*text = rapid.String().Draw(t, "text")
		}
		if rapid.Bool().Draw(t, "card") {
			e.Card = &Card{Brand: rapid.String().Draw(t, "brand"), Bin: "400000", Last4: "1091"}
		}
		if rapid.Bool().Draw(t, "amount") {
			e.Amount = new(rapid.Float64().Draw(t, "amount"))
		}
		if rapid.Bool().Draw(t, "refusal") {
			e.Refusal = &core.Refusal{Code: rapid.String().Draw(t, "code"), Detail: rapid.String().Draw(t, "detail")}
		}
		if rapid.Bool().Draw(t, "warnings") {
			e.Warnings = rapid.SliceOfN(rapid.String(), 0, 300).Draw(t, "warnings")
		}
		if diff := cmp.Diff(e, expand(e.compact())); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
	odd := Entry{Amount: new(math.Inf(-1)), Warnings: []string{}}
	if diff := cmp.Diff(odd, expand(odd.compact())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCompactHasEverything: an entry has no member that nobody thought of here. Beside
// its texts these are kept, or known to its Record.
func TestCompactHasEverything(t *testing.T) {
	others := []string{
		"ID", "At", "Sandbox", "State", "Request", "Response", "Decision", // the Record's
		"Status", "Card", "Amount", "DurationMs", "Warnings", "Refusal",
	}
	if got, want := reflect.TypeFor[Entry]().NumField(), len(others)+len(new(Entry).texts()); got != want {
		t.Errorf("an entry has %d members, %d are kept", got, want)
	}
}

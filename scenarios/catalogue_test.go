package scenarios_test

import (
	"slices"
	"testing"

	"cardsim/scenarios"
	"cardsim/simulator/core"
)

// small knows one operation that is steered and one that is only journaled.
func small() scenarios.Catalogue {
	return scenarios.NewCatalogue([]core.Outcome{
		{Operation: "cardinal.lookup", Name: "challenge"}, {Operation: "cardinal.lookup", Name: "failed"},
	}, "cardinal.stepup", "cardinal.stepup")
}

func TestJournaledOperations(t *testing.T) {
	if got := small().Operations(); !slices.Equal(got, []string{"cardinal.lookup"}) {
		t.Errorf("operations %q", got)
	}
	if got := small().Journaled(); !slices.Equal(got, []string{"cardinal.lookup", "cardinal.stepup"}) {
		t.Errorf("journaled %q", got)
	}
}

// TestExpectationsSpeakOfTheJournal: what no rule can steer can still be expected.
func TestExpectationsSpeakOfTheJournal(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"an operation of the journal", "expect: [{operation: cardinal.stepup, atMost: 1}]\n", nil},
		{"in an order", "expect: [{order: [cardinal.lookup, cardinal.stepup]}]\n", nil},
		{"by a pattern", "expect: [{operation: \"*.stepup\"}]\n", nil},
		{"misspelt", "expect: [{operation: cardinal.stepp}]\n", []string{`f:3:22: unknown operation "cardinal.stepp" = did you mean "cardinal.stepup"?`}},
		{"empty", "expect: [{operation: \"\"}]\n", []string{"f:3:22: operation must not be empty"}},
		{"empty in an order", "expect: [{order: [\"\", cardinal.lookup]}]\n", []string{"f:3:19: this entry must not be empty"}},
		{"on it", "rules: [{on: cardinal.stepup, do: pass}]\n", []string{`f:3:14: "cardinal.stepup" cannot be steered by a rule = it can stand in expect`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := scenarios.CheckFile("f", []byte(head+tt.src), small())
			checkProblems(t, problems, tt.want...)
		})
	}
}

func TestWrongOperation(t *testing.T) {
	operations := []string{"cardinal.authenticate", "cardinal.lookup", "cardinal.stepup"}
	tests := []struct{ word, message, suggestion string }{
		{"cardinal.stepup", "", ""},
		{"cardinal.*", "", ""},
		{"*", "", ""},
		{"cardinal.lokup", `unknown operation "cardinal.lokup"`, `did you mean "cardinal.lookup"?`},
		{"cardnal.*", `no operation matches "cardnal.*"`, `did you mean "cardinal.*"?`},
		{"something else", `unknown operation "something else"`, ""},
		{"", `unknown operation ""`, ""},
	}
	for _, tt := range tests {
		if message, suggestion := scenarios.WrongOperation(operations, tt.word); message != tt.message || suggestion != tt.suggestion {
			t.Errorf("%q: %q, %q", tt.word, message, suggestion)
		}
	}
}

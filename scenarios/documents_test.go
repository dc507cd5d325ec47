package scenarios_test

import (
	"slices"
	"testing"

	"cardsim/scenarios"
)

// TestOnlyWhatConditionsNameIsOpened: each part at most once a plan, however many
// rules ask for it, and none for conditions that ask for none.
func TestOnlyWhatConditionsNameIsOpened(t *testing.T) {
	both := scenarios.HeadersPart | scenarios.QueryPart
	for name, tt := range map[string]struct {
		rules string
		want  []scenarios.Parts
	}{
		"none":           {many(5, "acehub.*", "amount > 5000"), nil},
		"other rules":    {many(5, "cipher.*", `headers.x == "y"`), nil},
		"one":            {many(5, "acehub.*", "request.transaction.amount > 5000"), []scenarios.Parts{scenarios.RequestPart}},
		"a flow":         {many(5, "acehub.*", `flow == "x"`), []scenarios.Parts{scenarios.FlowPart}},
		"one by machine": {many(5, "acehub.*", "len(headers) > 5000"), []scenarios.Parts{scenarios.HeadersPart}},
		"one by one": {
			many(5, "acehub.*", `headers.x == "y" && query.x == "y"`) + many(5, "acehub.*", `query.x == request.x`),
			[]scenarios.Parts{both, scenarios.RequestPart},
		},
	} {
		t.Run(name, func(t *testing.T) {
			in, made := visa(), []scenarios.Parts(nil)
			open := in.Open
			in.Open = func(p scenarios.Parts) scenarios.Documents {
				made = append(made, p)
				return open(p)
			}
			if _, _, err := activate(t, rulesOf(tt.rules)).Plan(in, nil); err != nil || !slices.Equal(made, tt.want) {
				t.Errorf("opened %v, want %v (%v)", made, tt.want, err)
			}
		})
	}
}

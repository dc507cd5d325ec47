package scenarios_test

import (
	"fmt"
	"strings"
	"testing"

	"cardsim/scenarios"
)

// BenchmarkPlan shows side by side what scenarios add to a call: nothing active,
// 200 rules of other operations, and 200 conditions of this one.
func BenchmarkPlan(b *testing.B) {
	many := func(on string) *scenarios.Active {
		var rules strings.Builder
		for i := range 200 {
			fmt.Fprintf(&rules, "  - {name: rule %d, on: %s, when: request.transaction.amount > %d && card.brand == \"visa\", do: {delay: 1s}}\n", i, on, 500+i)
		}
		return activate(b, rulesOf(rules.String()))
	}
	for _, bb := range []struct {
		name   string
		active *scenarios.Active
	}{{"none", nil}, {"200 of other operations", many("cardinal.*")}, {"200 of this operation", many("acehub.*")}} {
		b.Run(bb.name, func(b *testing.B) {
			in := visa()
			b.ReportAllocs()
			for b.Loop() {
				if p, _, err := bb.active.Plan(in, nil); err != nil || p.Rule != "" {
					b.Fatal(p, err)
				}
			}
		})
	}
}

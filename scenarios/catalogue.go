package scenarios

import (
	"slices"
	"strconv"
	"strings"

	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/core"
)

// Catalogue is what scenarios can speak of: the operations that are simulated and
// the outcomes of each. The providers have the knowledge; whoever assembles them
// hands it in.
type Catalogue interface {
	// Operations lists every operation id, sorted.
	Operations() []string
	// Outcomes lists the outcomes of an operation, none for an unknown one.
	Outcomes(operation string) []core.Outcome
}

// table is a Catalogue in memory.
type table struct {
	operations []string
	outcomes   map[string][]core.Outcome
}

// NewCatalogue makes a Catalogue of the providers' tables. Operations that have no
// outcome of their own are named behind it.
func NewCatalogue(outcomes []core.Outcome, more ...string) Catalogue {
	t := table{outcomes: map[string][]core.Outcome{}, operations: slices.Clone(more)}
	for _, o := range outcomes {
		t.outcomes[o.Operation] = append(t.outcomes[o.Operation], o)
		t.operations = append(t.operations, o.Operation)
	}
	slices.Sort(t.operations)
	t.operations = slices.Compact(t.operations)
	return t
}

// Operations lists every operation id, sorted.
func (t table) Operations() []string { return t.operations }

// Outcomes lists the outcomes of an operation.
func (t table) Outcomes(operation string) []core.Outcome { return t.outcomes[operation] }

// outcome finds an outcome of an operation by its name.
func outcome(cat Catalogue, operation, name string) (core.Outcome, bool) {
	list := cat.Outcomes(operation)
	i := slices.IndexFunc(list, func(o core.Outcome) bool { return o.Name == name })
	if i < 0 {
		return core.Outcome{}, false
	}
	return list[i], true
}

// matching lists the operations that a word of a file means: an id, or a pattern
// in which each * stands for any characters, also none.
func matching(cat Catalogue, word string) []string {
	var found []string
	for _, id := range cat.Operations() {
		if core.OperationMatches(word, id) {
			found = append(found, id)
		}
	}
	return found
}

// patterns lists the patterns that make sense, for suggestions: acehub.*,
// acehub.payment.* and so on.
func patterns(cat Catalogue) []string {
	var all []string
	for _, id := range cat.Operations() {
		for i, c := range id {
			if c == '.' {
				all = append(all, id[:i]+".*")
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// resolve finds the operations of a word in a file and reports one that means
// nothing.
func resolve(cat Catalogue, n *strictyaml.Node, word string) []string {
	found := matching(cat, word)
	if len(found) > 0 || word == "" || n.Kind != strictyaml.Text {
		return found
	}
	if strings.Contains(word, "*") {
		n.Report("no operation matches "+strconv.Quote(word), strictyaml.Suggest(word, patterns(cat)))
	} else {
		n.Report("unknown operation "+strconv.Quote(word), strictyaml.Suggest(word, cat.Operations()))
	}
	return nil
}

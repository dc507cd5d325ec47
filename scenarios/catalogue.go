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
	// Operations lists every operation id that a scenario can steer, sorted.
	Operations() []string
	// Outcomes lists the outcomes of an operation, none for an unknown one.
	Outcomes(operation string) []core.Outcome
	// Journaled lists every operation id that a journal entry can have, sorted:
	// those of Operations, and the browser's steps that no scenario steers.
	Journaled() []string
}

// table is a Catalogue in memory.
type table struct {
	operations, journaled []string
	outcomes              map[string][]core.Outcome
}

// NewCatalogue makes a Catalogue of the providers' tables. Operations that come in
// the journal but that no scenario steers are named behind it.
func NewCatalogue(outcomes []core.Outcome, unsteered ...string) Catalogue {
	t := table{outcomes: map[string][]core.Outcome{}}
	for _, o := range outcomes {
		t.outcomes[o.Operation] = append(t.outcomes[o.Operation], o)
		t.operations = append(t.operations, o.Operation)
	}
	t.operations = distinct(t.operations)
	t.journaled = distinct(slices.Concat(t.operations, unsteered))
	return t
}

// distinct sorts the ids and names each once.
func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Operations lists every operation id that a scenario can steer, sorted.
func (t table) Operations() []string { return t.operations }

// Journaled lists every operation id that a journal entry can have, sorted.
func (t table) Journaled() []string { return t.journaled }

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

// matching lists the operations that a word means: an id, or a pattern in which
// each * stands for any characters, also none.
func matching(operations []string, word string) []string {
	var found []string
	for _, id := range operations {
		if core.OperationMatches(word, id) {
			found = append(found, id)
		}
	}
	return found
}

// patterns lists the patterns that make sense, for suggestions: acehub.*,
// acehub.payment.* and so on.
func patterns(operations []string) []string {
	var all []string
	for _, id := range operations {
		for i, c := range id {
			if c == '.' {
				all = append(all, id[:i]+".*")
			}
		}
	}
	return distinct(all)
}

// WrongOperation says what is wrong with an operation id or a pattern that means
// none of the operations, and what was probably meant. The message is empty when
// nothing is wrong, the suggestion when nothing is near.
func WrongOperation(operations []string, word string) (message, suggestion string) {
	switch {
	case len(matching(operations, word)) > 0:
		return "", ""
	case strings.Contains(word, "*"):
		return "no operation matches " + strconv.Quote(word), strictyaml.Suggest(word, patterns(operations))
	}
	return "unknown operation " + strconv.Quote(word), strictyaml.Suggest(word, operations)
}

// resolve finds the operations of a word in a file and reports one that means
// nothing. What is no text is reported by the decoder.
func resolve(operations []string, n *strictyaml.Node, word string) []string {
	switch {
	case n.Kind != strictyaml.Text:
		return nil
	case word == "":
		n.Report(label(n)+" must not be empty", "")
		return nil
	}
	if message, suggestion := WrongOperation(operations, word); message != "" {
		n.Report(message, suggestion)
	}
	return matching(operations, word)
}

// resolveSteered does the same for a rule, and says of an operation that only the
// journal knows that a rule cannot take it.
func resolveSteered(cat Catalogue, n *strictyaml.Node, word string) []string {
	if len(matching(cat.Operations(), word)) == 0 && len(matching(cat.Journaled(), word)) > 0 {
		n.Report(strconv.Quote(word)+" cannot be steered by a rule", "it can stand in expect")
		return nil
	}
	return resolve(cat.Operations(), n, word)
}

package scenarios

import (
	"reflect"
	"slices"
	"strings"

	"cardsim/scenarios/strictyaml"

	"github.com/expr-lang/expr/types"
)

// Where is a compiled expression over a journal entry. Safe for concurrent use.
type Where struct {
	expression *expression
	parts      []part // what && ties together, for differences
}

// entryNames are the names of a journal entry (decisions, "Shapes on the admin
// API"), for suggestions.
var entryNames = []string{
	"id", "at", "sandbox", "flow", "operation", "provider", "method", "path", "query", "status", "outcome", "result", "card", "merchant",
	"amount", "currency", "reference", "rule", "state", "durationMs", "warnings", "refusal", "request", "response",
}

// entries is the language of where. What may be null in an entry has no type.
func entries() language {
	message := types.Map{"headers": types.Map{types.Extra: types.Any}, "body": types.String}
	env := types.Map{
		"id": types.String, "at": types.String, "sandbox": types.String, "flow": types.String, "operation": types.String,
		"provider": types.String, "method": types.String, "path": types.String, "query": types.Any, "status": types.Float64,
		"outcome": types.String, "result": types.String, "card": types.Any, "merchant": types.String, "amount": types.Any,
		"currency": types.String, "reference": types.String, "rule": types.String, "state": types.String, "durationMs": types.Float64,
		"warnings": types.Array(types.String), "refusal": types.Any, "request": message, "response": message,
	}
	return language{
		env: env, names: entryNames, wants: reflect.Bool, purpose: "where gives true or false",
		members: map[string][]string{
			"card": {"brand", "bin", "last4"}, "refusal": {"code", "detail"}, "request": {"headers", "body"}, "response": {"headers", "body"},
		},
	}
}

// CompileWhere compiles an expression over journal entries. Either it or the list
// of mistakes is nil.
func CompileWhere(source string) (*Where, []ExpressionError) {
	e, mistakes := entries().compile(source)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return &Where{expression: e, parts: split(source)}, nil
}

// readWhere compiles what stands at the node; nil when nothing does.
func readWhere(n *strictyaml.Node) *Where {
	e := readExpression(n, entries())
	if e == nil {
		return nil
	}
	return &Where{expression: e, parts: split(e.source)}
}

// Reads tells whether the expression looks at a member of the entry: state, or with
// it card.brand.
func (w *Where) Reads(name string) bool {
	if w == nil {
		return false
	}
	return slices.ContainsFunc(w.parts, func(p part) bool {
		return slices.ContainsFunc(p.fields, func(path string) bool { return path == name || strings.HasPrefix(path, name+".") })
	})
}

// underWay is the state of an entry whose request is not answered yet.
const underWay = "in-flight"

// Takes tells whether entries in this state are looked at: those in flight only by
// an expression that speaks of the state. What is not answered yet has no outcome,
// and may not even be known to be this sandbox's.
func (w *Where) Takes(state string) bool { return state != underWay || w.Reads("state") }

// Match tells whether the entry fits. The entry is the JSON object of the journal
// (numbers as float64). An expression that cannot be evaluated does not fit; the
// error says why.
func (w *Where) Match(entry map[string]any) (bool, error) {
	if w == nil {
		return true, nil
	}
	return newMachine().condition(w.expression, entry)
}

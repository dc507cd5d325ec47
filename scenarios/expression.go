package scenarios

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strconv"

	"cardsim/scenarios/strictyaml"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
)

// ExpressionError is one mistake in an expression.
type ExpressionError struct {
	// Index is the place of the mistake in characters, from 0.
	Index int
	// Message says what is wrong, Suggestion what was probably meant, or nothing.
	Message, Suggestion string
}

// Error gives message and place, the place from 1.
func (e ExpressionError) Error() string {
	return fmt.Sprintf("character %d: %s", e.Index+1, e.Message)
}

// expression is compiled once and safe for concurrent use.
type expression struct {
	source  string
	program *vm.Program
	// counts says that the expression asks for the call's ordinal.
	counts bool
}

// language is one place where expressions stand: the names they see and the kind
// of result they give.
type language struct {
	env     any
	names   []string
	members map[string][]string // of the names that have some and no others
	absent  map[string]string   // names that are known elsewhere, and why not here
	wants   reflect.Kind
	purpose string
}

func conditions() language {
	return language{
		env: environment{}, names: environmentNames, members: map[string][]string{"card": cardNames},
		wants: reflect.Bool, purpose: "a condition gives true or false",
	}
}

func counterKeys() language {
	l := conditions()
	l.wants, l.purpose = reflect.String, "per is sandbox, card, merchant, order, flow, or an expression that gives a text"
	l.absent = map[string]string{"call": "call is not known here: it is counted by this very counter"}
	return l
}

// compile checks an expression and makes it ready to run. Either the expression
// or the list of mistakes is empty.
func (l language) compile(source string) (*expression, []ExpressionError) {
	found := inspect(l, source)
	if len(found.mistakes) > 0 {
		return nil, found.mistakes
	}
	program, err := expr.Compile(source, l.options()...)
	if err != nil {
		return nil, []ExpressionError{l.mistake(err)}
	}
	return &expression{source: source, program: program, counts: found.names["call"]}, nil
}

// options leave only the functions of the list, which have no clock and a bounded
// cost, and bound the size of the expression.
func (l language) options() []expr.Option {
	options := []expr.Option{expr.Env(l.env), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins()}
	for _, name := range functions {
		options = append(options, expr.EnableBuiltin(name))
	}
	switch l.wants {
	case reflect.Bool:
		options = append(options, expr.AsBool())
	case reflect.String:
		options = append(options, expr.AsKind(reflect.String))
	}
	return options
}

// mistake turns the compiler's complaint into ours. One without a place is about
// the result.
func (l language) mistake(err error) ExpressionError {
	var at *file.Error
	if errors.As(err, &at) {
		return ExpressionError{Index: at.From, Message: at.Message}
	}
	return ExpressionError{Message: l.purpose + ": " + err.Error()}
}

// report tells the mistakes of an expression at their places in the file.
func report(n *strictyaml.Node, mistakes []ExpressionError) {
	for _, m := range mistakes {
		n.ReportWithin(m.Index, m.Message, m.Suggestion)
	}
}

// memoryBudget bounds what one evaluation may make, in the units of the machine.
const memoryBudget = 100_000

// machine evaluates expressions one after another, for one goroutine.
type machine struct{ vm vm.VM }

func newMachine() *machine { return &machine{vm.VM{MemoryBudget: memoryBudget}} }

// run evaluates. The error says in a sentence why there is no result.
func (m *machine) run(e *expression, env any) (any, error) {
	value, err := m.vm.Run(e.program, env)
	if err != nil {
		return nil, runError(err)
	}
	return value, nil
}

// condition evaluates an expression that gives true or false.
func (m *machine) condition(e *expression, env any) (bool, error) {
	value, err := m.run(e, env)
	if err != nil {
		return false, err
	}
	is, ok := value.(bool)
	if !ok {
		return false, fmt.Errorf("the condition gave %s, not true or false", describe(value))
	}
	return is, nil
}

// text evaluates an expression that gives a text; a number is taken as it is
// written.
func (m *machine) text(e *expression, env any) (string, error) {
	value, err := m.run(e, env)
	if err != nil {
		return "", err
	}
	switch v := value.(type) {
	case string:
		return v, nil
	case int:
		return strconv.Itoa(v), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	}
	return "", fmt.Errorf("the expression gave %s, not a text", describe(value))
}

// runError words what went wrong while an expression ran.
func runError(err error) error {
	var at *file.Error
	if !errors.As(err, &at) {
		return err
	}
	message := "a value is missing here, or is of another type"
	var wrong *runtime.TypeAssertionError
	if !errors.As(err, &wrong) { // its text speaks of Go and says no more
		message += ": " + at.Message
	}
	return ExpressionError{Index: at.From, Message: message}
}

func describe(value any) string {
	switch value.(type) {
	case nil:
		return "nothing"
	case string:
		return "a text"
	case bool:
		return "true or false"
	case int, float64:
		return "a number"
	}
	return "a list or a mapping"
}

func quote(s string) string { return strconv.Quote(s) }

package scenarios

import (
	"errors"
	"fmt"
	"reflect"

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
	// direct is the condition without the machine; nil where it needs the machine.
	direct direct
	// counts says that the expression asks for the call's ordinal.
	counts bool
	// documents are the costly parts of the request that the expression names.
	documents Parts
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
	e := &expression{source: source, program: program, counts: found.names["call"]}
	e.documents = partsOf(found.names)
	if _, ours := l.env.(environment); ours && l.wants == reflect.Bool {
		e.direct = directly(program.Node())
	}
	return e, nil
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

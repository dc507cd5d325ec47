package scenarios

import (
	"errors"
	"fmt"
	"runtime"
	"strconv"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"
)

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
	var wrong *runtime.TypeAssertionError
	if errors.As(err, &wrong) { // its text speaks of Go and says no more
		return lacking(at.From, "")
	}
	return lacking(at.From, at.Message)
}

// lacking is the error of a value that an expression cannot go on with.
func lacking(index int, detail string) ExpressionError {
	message := "a value is missing here, or is of another type"
	if detail != "" {
		message += ": " + detail
	}
	return ExpressionError{Index: index, Message: message}
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

package scenarios

import (
	"math"
	"reflect"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// kind says what a value is.
type kind uint8

const (
	unknown kind = iota // the machine must look
	broken              // there is none: text says why, in the machine's words
	nothing
	text
	whole
	decimal
	truth
)

// kindNames are what the machine calls the kinds that it can meet.
var kindNames = []string{nothing: "<nil>", text: "string", whole: "int", decimal: "float64", truth: "bool"}

// value is one side of a comparison.
type value struct {
	kind   kind
	text   string
	number float64 // 1 for true
}

func (v value) isNumber() bool { return v.kind == whole || v.kind == decimal }

// equal compares as the machine does: values of different kinds differ.
func (v value) equal(w value) bool {
	if v.isNumber() && w.isNumber() {
		return v.number == w.number
	}
	return v == w
}

func textOf(s string) value { return value{kind: text, text: s} }

// maxExact is the largest whole number that a float64 holds exactly.
const maxExact = 1 << 53

func numberOf(k kind, f float64) value {
	if !(math.Abs(f) <= maxExact) { // not a number, too
		return value{}
	}
	return value{kind: k, number: f}
}

func truthValue(is bool) value {
	if is {
		return value{kind: truth, number: 1}
	}
	return value{kind: truth}
}

// operand gives one side of a comparison.
type operand func(env *environment) value

// operandOf makes an operand of a constant, a name, a member or a function of one;
// nil when it is something else.
func operandOf(n ast.Node) operand {
	if v := constantOf(n); v.kind != unknown {
		return func(*environment) value { return v }
	}
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return plainNames[n.Value]
	case *ast.MemberNode:
		return memberOf(n)
	case *ast.BuiltinNode:
		return functionOf(n)
	}
	return nil
}

// constantOf is the value of a constant; of another node it is unknown.
func constantOf(n ast.Node) value {
	switch n := n.(type) {
	case *ast.NilNode:
		return value{kind: nothing}
	case *ast.StringNode:
		return textOf(n.Value)
	case *ast.BoolNode:
		return truthValue(n.Value)
	case *ast.FloatNode:
		return numberOf(decimal, n.Value)
	case *ast.IntegerNode:
		if t := n.Type(); t != nil && t.Kind() == reflect.Float64 { // it stands beside a decimal number
			return numberOf(decimal, float64(n.Value))
		}
		return numberOf(whole, float64(n.Value))
	}
	return value{}
}

// functionOf makes an operand of upper and lower, which people write to compare
// texts in any case.
func functionOf(n *ast.BuiltinNode) operand {
	change := map[string]func(string) string{"upper": strings.ToUpper, "lower": strings.ToLower}[n.Name]
	if change == nil || len(n.Arguments) != 1 {
		return nil
	}
	of := operandOf(n.Arguments[0])
	if of == nil {
		return nil
	}
	return func(env *environment) value {
		switch v := of(env); v.kind {
		case text:
			return textOf(change(v.text))
		case broken:
			return v
		}
		return value{}
	}
}

package scenarios

import (
	"math"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// direct evaluates a condition without the expression machine: comparisons of
// names with constants, joined by and, or and not, which is what most rules are
// made of. It answers only where it is sure. A missing value, another type,
// anything it does not know is left to the machine, which then says what is
// wrong, so that the two can never disagree.
type direct func(env *environment) (is, sure bool)

// directly makes the direct form of a condition; nil when it has none.
func directly(n ast.Node) direct {
	switch n := n.(type) {
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			return negated(directly(n.Node))
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "and":
			return joined(directly(n.Left), directly(n.Right), false)
		case "||", "or":
			return joined(directly(n.Left), directly(n.Right), true)
		default:
			return compared(n.Operator, operandOf(n.Left), operandOf(n.Right))
		}
	}
	return nil
}

func negated(d direct) direct {
	if d == nil {
		return nil
	}
	return func(env *environment) (bool, bool) {
		is, sure := d(env)
		return !is, sure
	}
}

// joined is and or or; enough is the left answer that decides alone.
func joined(left, right direct, enough bool) direct {
	if left == nil || right == nil {
		return nil
	}
	return func(env *environment) (bool, bool) {
		if is, sure := left(env); !sure || is == enough {
			return is, sure
		}
		return right(env)
	}
}

// value is a text or a number.
type value struct {
	text   string
	number float64
	isText bool
}

// operand gives one side of a comparison; ok is false where the machine must look.
type operand func(env *environment) (v value, ok bool)

// comparisons are the operators by the kind of their sides.
var (
	ofTexts = map[string]func(a, b string) bool{
		"==": func(a, b string) bool { return a == b }, "!=": func(a, b string) bool { return a != b },
		"startsWith": strings.HasPrefix, "endsWith": strings.HasSuffix, "contains": strings.Contains,
	}
	ofNumbers = map[string]func(a, b float64) bool{
		"==": func(a, b float64) bool { return a == b }, "!=": func(a, b float64) bool { return a != b },
		"<": func(a, b float64) bool { return a < b }, "<=": func(a, b float64) bool { return a <= b },
		">": func(a, b float64) bool { return a > b }, ">=": func(a, b float64) bool { return a >= b },
	}
)

func compared(operator string, left, right operand) direct {
	texts, numbers := ofTexts[operator], ofNumbers[operator]
	if left == nil || right == nil || texts == nil && numbers == nil {
		return nil
	}
	return func(env *environment) (bool, bool) {
		a, okA := left(env)
		b, okB := right(env)
		switch {
		case !okA || !okB || a.isText != b.isText:
			return false, false
		case a.isText && texts != nil:
			return texts(a.text, b.text), true
		case !a.isText && numbers != nil:
			return numbers(a.number, b.number), true
		}
		return false, false
	}
}

func textOf(s string) (value, bool) { return value{text: s, isText: true}, true }

// maxExact is the largest whole number that a float64 holds exactly.
const maxExact = 1 << 53

func numberOf(f float64) (value, bool) { return value{number: f}, math.Abs(f) <= maxExact }

// operandOf makes an operand of a constant, a name or a member.
func operandOf(n ast.Node) operand {
	switch n := n.(type) {
	case *ast.StringNode:
		return func(*environment) (value, bool) { return textOf(n.Value) }
	case *ast.IntegerNode:
		return func(*environment) (value, bool) { return numberOf(float64(n.Value)) }
	case *ast.FloatNode:
		return func(*environment) (value, bool) { return numberOf(n.Value) }
	case *ast.IdentifierNode:
		return plainNames[n.Value]
	case *ast.MemberNode:
		return memberOf(n)
	}
	return nil
}

// plainNames are those that stand for a text or a number.
var plainNames = map[string]operand{
	"merchant": func(e *environment) (value, bool) { return textOf(e.Merchant) },
	"currency": func(e *environment) (value, bool) { return textOf(e.Currency) },
	"flow":     func(e *environment) (value, bool) { return textOf(e.Flow) },
	"sandbox":  func(e *environment) (value, bool) { return textOf(e.Sandbox) },
	"amount":   func(e *environment) (value, bool) { return numberOf(e.Amount) },
	"minor":    func(e *environment) (value, bool) { return numberOf(float64(e.Minor)) },
	"call":     func(e *environment) (value, bool) { return numberOf(float64(e.Call)) },
}

// ofCard are the members of card.
var ofCard = map[string]operand{
	"brand":  func(e *environment) (value, bool) { return textOf(e.Card.Brand) },
	"bin":    func(e *environment) (value, bool) { return textOf(e.Card.Bin) },
	"last4":  func(e *environment) (value, bool) { return textOf(e.Card.Last4) },
	"issuer": func(e *environment) (value, bool) { return textOf(e.Card.Issuer) },
}

// memberOf makes an operand of card.x and of request.a.b.
func memberOf(n *ast.MemberNode) operand {
	root, path, ok := memberPath(n)
	switch {
	case !ok:
		return nil
	case root == "card" && len(path) == 1:
		return ofCard[path[0]]
	case root == "request":
		return func(env *environment) (value, bool) { return inRequest(env.Request, path) }
	}
	return nil
}

// memberPath is the name at the root of a member and the keys below it.
func memberPath(n ast.Node) (root string, path []string, ok bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value, nil, true
	case *ast.MemberNode:
		key, isText := n.Property.(*ast.StringNode)
		if root, path, ok = memberPath(n.Node); !ok || !isText || n.Optional || n.Method {
			return "", nil, false
		}
		return root, append(path, key.Value), true
	}
	return "", nil, false
}

func inRequest(m map[string]any, path []string) (value, bool) {
	for i, key := range path {
		switch v := m[key].(type) {
		case map[string]any:
			m = v
			continue
		case string:
			if i == len(path)-1 {
				return textOf(v)
			}
		case int:
			if i == len(path)-1 {
				return numberOf(float64(v))
			}
		case float64:
			if i == len(path)-1 {
				return numberOf(v)
			}
		}
		return value{}, false
	}
	return value{}, false
}

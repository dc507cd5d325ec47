package scenarios

import (
	"strings"

	"github.com/expr-lang/expr/ast"
)

// The comparisons that have a direct form.
var (
	ofTexts = map[string]func(a, b string) bool{
		"startsWith": strings.HasPrefix, "endsWith": strings.HasSuffix, "contains": strings.Contains,
	}
	ofNumbers = map[string]func(a, b float64) bool{
		"<": func(a, b float64) bool { return a < b }, "<=": func(a, b float64) bool { return a <= b },
		">": func(a, b float64) bool { return a > b }, ">=": func(a, b float64) bool { return a >= b },
	}
)

// comparison compares two values that are both known.
type comparison func(a, b value) answer

// compared makes the direct form of a comparison; nil when it has none.
func compared(n *ast.BinaryNode) direct {
	left, right, compare := operandOf(n.Left), operandOf(n.Right), comparisonOf(n)
	if left == nil || right == nil || compare == nil {
		return nil
	}
	if c := constantOf(n.Right); c.kind != unknown {
		return comparedWith(left, c, compare)
	}
	return func(env *environment) answer {
		a := left(env)
		if a.kind == broken {
			return answer{known: true, wrong: a.text}
		}
		b := right(env)
		switch {
		case a.kind == unknown || b.kind == unknown:
			return answer{}
		case b.kind == broken:
			return answer{known: true, wrong: b.text}
		}
		return compare(a, b)
	}
}

// comparedWith compares with a constant, which is what most conditions do.
func comparedWith(left operand, c value, compare comparison) direct {
	return func(env *environment) answer {
		switch a := left(env); a.kind {
		case unknown:
			return answer{}
		case broken:
			return answer{known: true, wrong: a.text}
		default:
			return compare(a, c)
		}
	}
}

func comparisonOf(n *ast.BinaryNode) comparison {
	switch n.Operator {
	case "==":
		return func(a, b value) answer { return sure(a.equal(b)) }
	case "!=":
		return func(a, b value) answer { return sure(!a.equal(b)) }
	}
	if holds := ofTexts[n.Operator]; holds != nil {
		return texts(holds, failure(n.Location().From, ""))
	}
	if holds := ofNumbers[n.Operator]; holds != nil {
		return numbers(holds, disorder(n))
	}
	return nil
}

// texts compares two texts; what is missing is like none, and of anything else the
// machine says that it is wrong.
func texts(holds func(a, b string) bool, wrong string) comparison {
	return func(a, b value) answer {
		switch {
		case a.kind == nothing || b.kind == nothing:
			return sure(false)
		case a.kind == text && b.kind == text:
			return sure(holds(a.text, b.text))
		}
		return answer{known: true, wrong: wrong}
	}
}

// numbers compares two numbers. wrong finds what the machine says of others.
func numbers(holds func(a, b float64) bool, wrong func(a, b kind) string) comparison {
	return func(a, b value) answer {
		if a.isNumber() && b.isNumber() {
			return sure(holds(a.number, b.number))
		}
		why := wrong(a.kind, b.kind)
		return answer{known: why != "", wrong: why}
	}
}

// disorder finds what the machine says when two values have no order. It is
// written beforehand, because in a scenario of hundreds of rules each may meet the
// value that a request does not have: for a constant on the right, which is where
// people write it.
func disorder(n *ast.BinaryNode) func(a, b kind) string {
	constant := constantOf(n.Right)
	if constant.kind == unknown || constant.kind == text { // texts have an order, which is left to the machine
		return func(kind, kind) string { return "" }
	}
	said := make([]string, len(kindNames))
	for k, name := range kindNames {
		if name != "" {
			said[k] = failure(n.Location().From, "invalid operation: "+name+" "+n.Operator+" "+kindNames[constant.kind])
		}
	}
	return func(a, _ kind) string { return said[a] }
}

package scenarios

import (
	"unique"

	"github.com/expr-lang/expr/ast"
)

// direct evaluates a condition without the expression machine: comparisons of
// names with constants, joined by and, or and not, which is what most rules are
// made of. It answers only where it is sure, and then in the machine's own words;
// anything it does not know is left to the machine.
type direct func(env *environment) answer

// answer is what a direct form gives. The zero answer leaves it to the machine.
type answer struct {
	known, is bool
	// wrong says why there is neither true nor false, without what the caller sent;
	// empty when there is.
	wrong string
}

func sure(is bool) answer { return answer{known: true, is: is} }

const notEvaluated = "the condition could not be evaluated: "

// failure is what is said when the machine cannot go on at a place. It is written
// when a scenario is read, and once for all rules: hundreds of them may meet the
// same absence in each call.
func failure(index int, detail string) string {
	return unique.Make(notEvaluated + lacking(index, detail).Error()).Value()
}

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
		case "in":
			return listed(operandOf(n.Left), n.Right)
		}
		return compared(n)
	case *ast.MemberNode, *ast.BoolNode:
		return truthOf(operandOf(n))
	}
	return nil
}

func negated(d direct) direct {
	if d == nil {
		return nil
	}
	return func(env *environment) answer {
		a := d(env)
		a.is = !a.is
		return a
	}
}

// joined is and or or; enough is the left answer that decides alone.
func joined(left, right direct, enough bool) direct {
	if left == nil || right == nil {
		return nil
	}
	return func(env *environment) answer {
		if a := left(env); !a.known || a.wrong != "" || a.is == enough {
			return a
		}
		return right(env)
	}
}

// truthOf is a value that stands alone as a condition.
func truthOf(o operand) direct {
	if o == nil {
		return nil
	}
	return func(env *environment) answer {
		switch v := o(env); v.kind {
		case broken:
			return answer{known: true, wrong: v.text}
		case truth:
			return sure(v.number != 0)
		}
		return answer{}
	}
}

// listed is in with a list of constants, of which the compiler has made a set.
func listed(o operand, list ast.Node) direct {
	set, ok := list.(*ast.ConstantNode)
	if o == nil || !ok {
		return nil
	}
	texts, ok := set.Value.(map[string]struct{})
	if !ok {
		return nil
	}
	return func(env *environment) answer {
		switch v := o(env); v.kind {
		case broken:
			return answer{known: true, wrong: v.text}
		case text:
			_, is := texts[v.text]
			return sure(is)
		}
		return answer{}
	}
}

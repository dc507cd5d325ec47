package scenarios

import (
	"errors"
	"slices"
	"unicode/utf8"

	"cardsim/scenarios/strictyaml"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// The limits of one expression (ours).
const (
	maxExpression = 2000 // characters; bounds how deep it can nest, too
	maxNodes      = 1000
)

// functions are those that an expression may call: without clock, without
// chance, and with a cost that grows no faster than what they are given.
var functions = []string{
	"all", "none", "any", "one", "count", "find", "filter",
	"len", "abs", "ceil", "floor", "round", "int", "float", "string", "max", "min", "first", "last", "get",
	"trim", "trimPrefix", "trimSuffix", "upper", "lower", "split", "hasPrefix", "hasSuffix", "indexOf",
}

// inspection is what the tree of an expression shows before its types are known.
type inspection struct {
	language language
	mistakes []ExpressionError
	names    map[string]bool
	callees  map[ast.Node]bool
	declared map[string]bool
}

// inspect finds unknown names and what would make an expression unbounded, all of
// it in one pass.
func inspect(l language, source string) *inspection {
	i := &inspection{language: l, names: map[string]bool{}, callees: map[ast.Node]bool{}, declared: map[string]bool{}}
	if utf8.RuneCountInString(source) > maxExpression {
		i.say(maxExpression, "the expression is too long: at most 2000 characters are read", "")
		return i
	}
	tree, err := parser.Parse(source)
	var at *file.Error
	switch {
	case errors.As(err, &at):
		i.say(at.From, at.Message, "")
		return i
	case err != nil:
		i.say(0, err.Error(), "")
		return i
	}
	ast.Walk(&tree.Node, (*surroundings)(i))
	ast.Walk(&tree.Node, i)
	slices.SortStableFunc(i.mistakes, func(a, b ExpressionError) int { return a.Index - b.Index })
	return i
}

// surroundings collects what must be known before names are judged: what is
// called is no name of a value, and what let declares is told at the let.
type surroundings inspection

// Visit looks at one node.
func (s *surroundings) Visit(n *ast.Node) {
	switch n := (*n).(type) {
	case *ast.CallNode:
		s.callees[n.Callee] = true
	case *ast.VariableDeclaratorNode:
		s.declared[n.Name] = true
	}
}

func (i *inspection) say(index int, message, suggestion string) {
	i.mistakes = append(i.mistakes, ExpressionError{Index: index, Message: message, Suggestion: suggestion})
}

// Visit looks at one node of the tree.
func (i *inspection) Visit(n *ast.Node) {
	at := (*n).Location().From
	switch n := (*n).(type) {
	case *ast.IdentifierNode:
		if !i.callees[n] {
			i.name(at, n.Value)
		}
	case *ast.MemberNode:
		i.member(n)
	case *ast.BuiltinNode:
		if !slices.Contains(functions, n.Name) {
			i.unknownFunction(at, n.Name)
		}
	case *ast.CallNode:
		i.call(at, n)
	case *ast.BinaryNode:
		i.operator(at, n)
	case *ast.VariableDeclaratorNode:
		i.say(at, "let is not available here: write the value out", "")
	case *ast.PredicateNode:
		if nests(n) {
			i.say(at, "one loop inside of another is not available here", "")
		}
	}
}

// name notes a name of the environment, or says that there is none.
func (i *inspection) name(at int, name string) {
	i.names[name] = true
	if why, absent := i.language.absent[name]; absent {
		i.say(at, why, "")
		return
	}
	if !slices.Contains(i.language.names, name) && !i.declared[name] {
		i.say(at, "unknown name "+name, strictyaml.Suggest(name, i.language.names))
	}
}

// member says that a name has no such member.
func (i *inspection) member(n *ast.MemberNode) {
	of, isName := n.Node.(*ast.IdentifierNode)
	property, isText := n.Property.(*ast.StringNode)
	if !isName || !isText {
		return
	}
	members, closed := i.language.members[of.Value]
	if closed && !slices.Contains(members, property.Value) {
		i.say(property.Location().From, of.Value+" has no "+property.Value, strictyaml.Suggest(property.Value, members))
	}
}

func (i *inspection) call(at int, n *ast.CallNode) {
	if callee, ok := n.Callee.(*ast.IdentifierNode); ok {
		i.unknownFunction(at, callee.Value)
		return
	}
	i.say(at, "only functions can be called, and this is none", "")
}

func (i *inspection) unknownFunction(at int, name string) {
	i.say(at, "there is no function "+name+" here", strictyaml.Suggest(name, functions))
}

// operator refuses the two operators whose cost a caller could drive up.
func (i *inspection) operator(at int, n *ast.BinaryNode) {
	switch n.Operator {
	case "..":
		i.say(at, "ranges are not available here", "compare with >= and <=")
	case "matches":
		if _, constant := n.Right.(*ast.StringNode); !constant {
			i.say(at, "the pattern behind matches must be a text that stands in the expression", "")
		}
	}
}

// nests tells whether there is a loop in the loop.
func nests(n *ast.PredicateNode) bool {
	var inner loops
	ast.Walk(&n.Node, &inner)
	return inner > 0
}

// loops counts the bodies of loops.
type loops int

// Visit looks at one node.
func (l *loops) Visit(n *ast.Node) {
	if _, ok := (*n).(*ast.PredicateNode); ok {
		*l++
	}
}

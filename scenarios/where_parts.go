package scenarios

import (
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// part is one of the conditions that && ties together, with the fields it looks
// at.
type part struct {
	text       string
	expression *expression
	fields     []string
}

// split takes a where apart, so that a near miss can be told field by field. What
// was compiled as a whole also compiles in parts.
func split(source string) []part {
	tree, err := parser.Parse(source)
	if err != nil {
		return nil
	}
	var parts []part
	for _, n := range conjuncts(tree.Node) {
		text := n.String()
		if e, mistakes := entries().compile(text); len(mistakes) == 0 {
			f := &fields{}
			ast.Walk(&n, f)
			parts = append(parts, part{text: text, expression: e, fields: f.paths})
		}
	}
	return parts
}

func conjuncts(n ast.Node) []ast.Node {
	if b, ok := n.(*ast.BinaryNode); ok && (b.Operator == "&&" || b.Operator == "and") {
		return append(conjuncts(b.Left), conjuncts(b.Right)...)
	}
	return []ast.Node{n}
}

// fields collects the fields of the entry: status, card.brand.
type fields struct{ paths []string }

// Visit looks at one node. The inner nodes come first, so that a longer path
// replaces the shorter one that it goes on with.
func (f *fields) Visit(n *ast.Node) {
	path, ok := pathOf(*n)
	if !ok {
		return
	}
	if last := len(f.paths) - 1; last >= 0 && strings.HasPrefix(path, f.paths[last]+".") {
		f.paths[last] = path
		return
	}
	f.paths = append(f.paths, path)
}

// pathOf writes a node as a path, when it is one.
func pathOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value, true
	case *ast.ChainNode:
		return pathOf(n.Node)
	case *ast.MemberNode:
		property, ok := n.Property.(*ast.StringNode)
		if !ok {
			return "", false
		}
		base, ok := pathOf(n.Node)
		return base + "." + property.Value, ok
	}
	return "", false
}

// valueAt follows a path into an entry.
func valueAt(entry map[string]any, path string) any {
	var value any = entry
	for name := range strings.SplitSeq(path, ".") {
		m, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = m[name]
	}
	return value
}

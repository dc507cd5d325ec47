package strictyaml

import (
	"fmt"
	"regexp"
	"sync"

	"go.yaml.in/yaml/v4"
)

// converter turns nodes of the YAML module into our own and reports the
// features of YAML that are refused on the way: anchors, aliases, merge keys,
// tags, keys that are not plain text and keys given twice.
type converter struct{ report *Report }

const aliasesRefused = "anchors and aliases are not supported; write the value out"

// document converts a document. An empty one stands where it begins, because
// what is not there has no place.
func (c converter) document(doc *yaml.Node) *Node {
	begin := position{max(doc.Line, 1), max(doc.Column, 1)}
	n := &Node{Kind: Null}
	if len(doc.Content) > 0 {
		n = c.convert(doc.Content[0], nil)
	}
	if n.Kind == Null {
		n = &Node{Kind: Null, Line: begin.line, Column: begin.column, report: c.report}
	}
	n.begin = begin
	return n
}

func (c converter) convert(y *yaml.Node, key *Node) *Node {
	n := &Node{Line: y.Line, Column: y.Column, key: key, report: c.report}
	if y.Kind == yaml.AliasNode {
		// An alias is never followed, so a document cannot grow when read.
		n.Kind = Refused
		n.Report(fmt.Sprintf("*%s: %s", y.Value, aliasesRefused), "")
		return n
	}
	if y.Anchor != "" {
		n.Report(fmt.Sprintf("&%s: %s", y.Anchor, aliasesRefused), "")
	}
	if y.Style&yaml.TaggedStyle != 0 {
		n.Kind = Refused
		n.Report(fmt.Sprintf("the tag %s is not supported", y.Tag), "put a value in quotes to make it text")
		return n
	}
	switch y.Kind {
	case yaml.MappingNode:
		n.Kind = Mapping
		c.pairs(n, y.Content)
	case yaml.SequenceNode:
		n.Kind = Sequence
		for _, item := range y.Content {
			n.items = append(n.items, c.convert(item, nil))
		}
	default:
		n.Kind, n.Value, n.quoting = scalarKind(y), y.Value, quotingOf(y)
	}
	return n
}

func (c converter) pairs(n *Node, content []*yaml.Node) {
	first := map[string]*Node{}
	for i := 0; i+1 < len(content); i += 2 {
		key, ok := c.key(content[i])
		if !ok {
			continue
		}
		if before, twice := first[key.Value]; twice {
			key.Report(fmt.Sprintf("key %q is given twice; it is first given on line %d", key.Value, before.Line), "")
			continue
		}
		first[key.Value] = key
		n.pairs = append(n.pairs, Pair{Key: key, Value: c.convert(content[i+1], key)})
	}
}

// key converts the key of a mapping, or reports why it cannot be one.
func (c converter) key(y *yaml.Node) (*Node, bool) {
	if y.Kind == yaml.ScalarNode && y.Tag == "!!merge" {
		n := &Node{Line: y.Line, Column: y.Column, report: c.report}
		n.Report("merge keys are not supported; write the keys out", "")
		return nil, false
	}
	n := c.convert(y, nil)
	switch n.Kind {
	case Refused:
		return nil, false
	case Mapping, Sequence, Null:
		n.Report("a key must be plain text, not "+describe(n.Kind), "")
		return nil, false
	}
	return n, true
}

// wholeNumber matches a number without a fraction, however large.
var wholeNumber = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[-+]?[0-9]+$`) })

// scalarKind follows the module's resolution (YAML 1.2 with the old octals,
// which the number reader refuses). A date is text to us: only a field that
// wants a point in time makes one of it.
func scalarKind(y *yaml.Node) Kind {
	switch y.Tag {
	case "!!int":
		return Int
	case "!!float":
		if wholeNumber().MatchString(y.Value) {
			return Int // too large for the module, which makes a float of it
		}
		return Float
	case "!!bool":
		return Bool
	case "!!null":
		return Null
	}
	return Text
}

// describe names a kind inside a sentence.
func describe(k Kind) string {
	if k == Null {
		return "nothing"
	}
	return string(k)
}

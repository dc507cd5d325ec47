package strictyaml

import (
	"strconv"
	"strings"
)

// Pointer gives the JSON Pointer (RFC 6901) of the innermost value of the document
// n that stands at a place, or whose key does: for answers about documents that
// programs send. It is empty for the document itself.
func (n *Node) Pointer(line, column int) string {
	at := position{line, column}
	found := ""
	n.each("", func(pointer string, begin position) {
		if !at.before(begin) {
			found = pointer
		}
	})
	return found
}

func (p position) before(q position) bool {
	return p.line < q.line || p.line == q.line && p.column < q.column
}

// each calls fn for every value below n, in the order of the source.
func (n *Node) each(pointer string, fn func(pointer string, begin position)) {
	for _, p := range n.pairs {
		below := pointer + "/" + escapePointer(p.Key.Value)
		fn(below, position{p.Key.Line, p.Key.Column})
		p.Value.each(below, fn)
	}
	for i, item := range n.items {
		below := pointer + "/" + strconv.Itoa(i)
		fn(below, position{item.Line, item.Column})
		item.each(below, fn)
	}
}

// escapePointer writes a key as a part of a pointer.
func escapePointer(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(key, "~", "~0"), "/", "~1")
}

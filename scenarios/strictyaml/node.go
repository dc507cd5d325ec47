package strictyaml

// Kind is what a piece of YAML is, named as a writer of files would name it.
type Kind string

// The kinds of a [Node].
const (
	Mapping  Kind = "a mapping"
	Sequence Kind = "a list"
	Text     Kind = "text"
	Int      Kind = "a whole number"
	Float    Kind = "a decimal number"
	Bool     Kind = "true or false"
	Null     Kind = "empty"
	// Refused is an alias or a tagged value: the problem is already reported
	// and nothing is to be read from it.
	Refused Kind = "not readable"
)

// Node is one piece of a document with its place in the file.
type Node struct {
	// Kind tells which of the other members mean something.
	Kind Kind
	// Value is the text of a scalar, without quotes and with escapes resolved;
	// of a number or a boolean it is the text as written.
	Value string
	// Line and Column say where the node begins, from 1, in characters. A
	// quoted text begins at its quote.
	Line, Column int

	key     *Node
	pairs   []Pair
	items   []*Node
	quoting quoting
	report  *Report
	// begin is where the document begins, its --- if it has one; zero for nodes
	// inside of a document.
	begin position
}

// Pair is a key and its value in a mapping.
type Pair struct{ Key, Value *Node }

// Pairs returns the entries of a mapping in the order of the file, a duplicate
// key only with its first value. It is empty for every other kind.
func (n *Node) Pairs() []Pair { return n.pairs }

// Items returns the entries of a list, empty for every other kind.
func (n *Node) Items() []*Node { return n.items }

// Get returns the value of a key of a mapping, or nil.
func (n *Node) Get(key string) *Node {
	for _, p := range n.pairs {
		if p.Key.Value == key {
			return p.Value
		}
	}
	return nil
}

// Key returns the node of the key under which n stands in a mapping; n itself
// when it stands in a list or is a document.
func (n *Node) Key() *Node {
	if n.key == nil {
		return n
	}
	return n.key
}

// At walks down from n: a string in the path is a key of a mapping, an int an
// index of a list. Where the path leaves the document, the last node that
// exists is returned, so that a problem always has a place.
func (n *Node) At(path ...any) *Node {
	for _, step := range path {
		next := n.child(step)
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

func (n *Node) child(step any) *Node {
	switch s := step.(type) {
	case string:
		return n.Get(s)
	case int:
		if s >= 0 && s < len(n.items) {
			return n.items[s]
		}
	}
	return nil
}

// Report reports a problem at the first character of the node. The suggestion
// may be empty.
func (n *Node) Report(message, suggestion string) {
	n.report.Add(n, message, suggestion)
}

// ReportWithin reports a problem at the character of the scalar's Value with
// that index, counted from 0 in characters: for an expression, say, that is
// wrong in its middle.
func (n *Node) ReportWithin(index int, message, suggestion string) {
	n.report.at(n.locate(index), message, suggestion)
}

// Decode reads the node into a pointer, in the same way as [Decode] reads a
// document, and reports what is wrong to the report of the file.
func (n *Node) Decode(into any) { decodeTarget(n, into) }

// label names the node in a message: by its key where it has one.
func (n *Node) label() string {
	switch {
	case n.key != nil:
		return n.key.Value
	case n.begin != position{}:
		return "the document"
	}
	return "this entry"
}

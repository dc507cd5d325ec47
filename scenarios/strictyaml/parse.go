package strictyaml

import (
	"bytes"
	"errors"
	"io"

	"go.yaml.in/yaml/v4"
)

// maxDepth bounds how deep lists and mappings may nest: no format of this
// program comes near, and everything that walks a document may recurse.
const maxDepth = 64

// parse reads all documents of a source. It returns none when a problem of
// reading was found, because nothing after it can be trusted (decisions 21).
func parse(r *Report, src []byte) []*Node {
	if !readable(r, src) {
		return nil
	}
	loader, err := yaml.NewLoader(bytes.NewReader(src), yaml.WithUniqueKeys(false))
	if err != nil {
		r.syntaxError(err)
		return nil
	}
	var raw []*yaml.Node
	for {
		var doc yaml.Node
		err := loader.Load(&doc)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.syntaxError(err)
			return nil
		}
		raw = append(raw, &doc)
	}
	return documents(r, raw)
}

// documents turns the module's trees into ours.
func documents(r *Report, raw []*yaml.Node) []*Node {
	nodes := make([]*Node, 0, len(raw))
	for _, doc := range raw {
		if tooDeep := deepest(doc, 0); tooDeep != nil {
			r.at(position{tooDeep.Line, tooDeep.Column}, "lists and mappings are nested too deep here", "")
			return nil
		}
		nodes = append(nodes, converter{r}.document(doc))
	}
	return nodes
}

// deepest returns the first node that nests deeper than allowed, or nil.
func deepest(n *yaml.Node, depth int) *yaml.Node {
	if depth > maxDepth {
		return n
	}
	for _, child := range n.Content {
		if found := deepest(child, depth+1); found != nil {
			return found
		}
	}
	return nil
}

package acehub

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"cardsim/simulator/core"
)

// maxDepth is how deep a request may nest; the deepest documented one has five.
const maxDepth = 32

// parse reads a JSON object. Its names come in lower case, because AceHub's own
// examples write them in several (reference acehub.md §1.4, inferred); of a name
// given twice the last counts. Numbers stay as they were written.
func parse(body []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return nil, errNotJSON()
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errNotJSON()
	}
	tree, ok := v.(map[string]any)
	if !ok {
		return nil, core.Errf(core.CodeMalformed, "", "the body is not a JSON object")
	}
	clash, tooDeep := foldObject(tree, 0)
	switch {
	case tooDeep:
		return nil, errDepth()
	case clash:
		return parseInOrder(body)
	}
	return tree, nil
}

// parseInOrder reads a body once more in the order of its text: which of two names that
// differ only in their case was given last, a tree does not know.
func parseInOrder(body []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	v, err := parseValue(dec, 0)
	tree, _ := v.(map[string]any)
	return tree, err
}

func errNotJSON() error { return core.Errf(core.CodeMalformed, "", "the body is not JSON") }

func errDepth() error {
	return core.Errf(core.CodeMalformed, "", "the body is not JSON, or nests deeper than %d", maxDepth)
}

// fold brings names into lower case, and says whether two became one.
func fold(v any, depth int) (clash, tooDeep bool) {
	if depth > maxDepth {
		return false, true
	}
	switch v := v.(type) {
	case map[string]any:
		return foldObject(v, depth)
	case []any:
		for _, element := range v {
			c, d := fold(element, depth+1)
			clash, tooDeep = clash || c, tooDeep || d
		}
	}
	return clash, tooDeep
}

func foldObject(tree map[string]any, depth int) (clash, tooDeep bool) {
	for name, v := range tree {
		c, d := fold(v, depth+1)
		clash, tooDeep = clash || c, tooDeep || d
		lower := strings.ToLower(name)
		if lower == name {
			continue
		}
		if _, taken := tree[lower]; taken {
			return true, tooDeep
		}
		delete(tree, name)
		tree[lower] = v // met again in this loop or not: it is in lower case
	}
	return clash, tooDeep
}

// parseValue reads in the order of the text.
func parseValue(dec *json.Decoder, depth int) (any, error) {
	token, err := dec.Token()
	if err != nil || depth > maxDepth {
		return nil, errDepth()
	}
	switch token {
	case json.Delim('{'):
		return parseObject(dec, depth)
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			v, err := parseValue(dec, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := dec.Token()
		return list, err
	}
	return token, nil
}

func parseObject(dec *json.Decoder, depth int) (any, error) {
	tree := map[string]any{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return nil, errNotJSON()
		}
		name, _ := token.(string)
		if tree[strings.ToLower(name)], err = parseValue(dec, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := dec.Token()
	return tree, err
}

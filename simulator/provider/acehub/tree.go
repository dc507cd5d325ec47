package acehub

import (
	"bytes"
	"encoding/json"
	"strings"

	"cardsim/simulator/core"
)

// maxDepth is how deep a request may nest; the deepest documented one has five.
const maxDepth = 32

// parse reads a JSON object. Its names come in lower case, because AceHub's own
// examples write them in several (reference acehub.md §1.4, inferred); of a name
// given twice the last counts. Numbers stay as they were written.
func parse(body []byte) (map[string]any, error) {
	if !json.Valid(body) {
		return nil, core.Errf(core.CodeMalformed, "", "the body is not JSON")
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	v, err := parseValue(dec, 0)
	if err != nil {
		return nil, err
	}
	tree, ok := v.(map[string]any)
	if !ok {
		return nil, core.Errf(core.CodeMalformed, "", "the body is not a JSON object")
	}
	return tree, nil
}

func parseValue(dec *json.Decoder, depth int) (any, error) {
	token, err := dec.Token()
	if err != nil || depth > maxDepth {
		return nil, core.Errf(core.CodeMalformed, "", "the body is not JSON, or nests deeper than %d", maxDepth)
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
			return nil, core.Errf(core.CodeMalformed, "", "the body is not JSON")
		}
		name, _ := token.(string)
		if tree[strings.ToLower(name)], err = parseValue(dec, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := dec.Token()
	return tree, err
}

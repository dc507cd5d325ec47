package yamlschematest

import (
	"encoding/json"
	"strings"
	"testing"
)

// Described wants the draft and the id, at least so many definitions, and a
// description at every key, because editors show it.
func Described(t *testing.T, text []byte, id string, definitions int) {
	t.Helper()
	var schema struct {
		ID     string                     `json:"$id"`
		Schema string                     `json:"$schema"`
		Defs   map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	if schema.ID != id || schema.Schema != "https://json-schema.org/draft/2020-12/schema" {
		t.Errorf("$id %q, $schema %q", schema.ID, schema.Schema)
	}
	if len(schema.Defs) < definitions {
		t.Errorf("%d definitions, want one for each mapping: at least %d", len(schema.Defs), definitions)
	}
	for name, def := range schema.Defs {
		keys := 0
		properties(t, def, func(key string, description string) {
			keys++
			if description == "" || strings.Contains(description, "\n") {
				t.Errorf("%s.%s is described as %q", name, key, description)
			}
		})
		if keys == 0 {
			t.Errorf("%s has no keys", name)
		}
	}
}

// properties calls fn for every property of a definition, also inside oneOf.
func properties(t *testing.T, def json.RawMessage, fn func(key, description string)) {
	t.Helper()
	var s struct {
		Properties map[string]struct {
			Description string `json:"description"`
		} `json:"properties"`
		OneOf []json.RawMessage `json:"oneOf"`
	}
	if err := json.Unmarshal(def, &s); err != nil {
		t.Fatal(err)
	}
	for key, p := range s.Properties {
		fn(key, p.Description)
	}
	for _, one := range s.OneOf {
		properties(t, one, fn)
	}
}

package scenarios_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write the golden files anew")

// compileSchema compiles the schema as a validator does; without a catalogue the
// structural one.
func compileSchema(t *testing.T, cat scenarios.Catalogue) *jsonschema.Schema {
	t.Helper()
	text, err := scenarios.SchemaFor(cat)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(scenarios.SchemaID, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(scenarios.SchemaID)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// document reads YAML as a validator sees it.
func document(t *testing.T, src []byte) any {
	t.Helper()
	var doc any
	if problems := strictyaml.Decode("f", src, &doc); len(problems) > 0 {
		t.Fatal(problems)
	}
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	again, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// TestSchemaFile keeps the file that editors read equal to the types.
func TestSchemaFile(t *testing.T) {
	text, err := scenarios.Schema()
	if err != nil {
		t.Fatal(err)
	}
	const path = "scenario.schema.json"
	if *update {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(file, text) {
		t.Errorf("%s is not what the types say: run go test ./scenarios -run TestSchemaFile -update", path)
	}
}

// TestSchemaDescribes wants a description at every key, because editors show it.
func TestSchemaDescribes(t *testing.T) {
	text, err := scenarios.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		ID     string                     `json:"$id"`
		Schema string                     `json:"$schema"`
		Defs   map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	if schema.ID != scenarios.SchemaID || schema.Schema != "https://json-schema.org/draft/2020-12/schema" {
		t.Errorf("$id %q, $schema %q", schema.ID, schema.Schema)
	}
	if len(schema.Defs) < 10 {
		t.Errorf("%d definitions, want one for each mapping", len(schema.Defs))
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

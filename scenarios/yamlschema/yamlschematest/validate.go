// Package yamlschematest holds YAML files against a JSON Schema in tests, with a
// validator that is not ours, and keeps schema files up to date.
package yamlschematest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"

	"cardsim/scenarios/strictyaml"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema is a compiled schema.
type Schema struct{ compiled *jsonschema.Schema }

// Compile compiles a schema as a validator does.
func Compile(t testing.TB, id string, text []byte) Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	return Schema{s}
}

// Validate says what is wrong with a document, as a validator sees it; nil when
// nothing is.
func (s Schema) Validate(t testing.TB, src []byte) error {
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
	return s.compiled.Validate(again)
}

// Readable tells whether a source is YAML at all: no validator gets to see what is
// not.
func Readable(src []byte) bool {
	var doc any
	return len(strictyaml.Decode("f", src, &doc)) == 0
}

// UpToDate wants the file that editors read to be equal to the text; with update
// it writes the file first.
func UpToDate(t *testing.T, path string, text []byte, update bool) {
	t.Helper()
	if update {
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if !bytes.Equal(file, text) {
		t.Errorf("%s is not what the types say: run this test with -update", path)
	}
}

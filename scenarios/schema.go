package scenarios

import (
	_ "embed"
	"reflect"

	"cardsim/scenarios/yamlschema"
)

// SchemaID is the name of the schema, the same for ever: version 1 of the format
// only grows.
const SchemaID = "urn:cardsim:schema:scenario:1"

// The sources of the types of the format: their comments are the descriptions of
// the schema, so that the two cannot disagree.
var (
	//go:embed format.go
	formatSource string
	//go:embed step.go
	stepSource string
)

// Schema gives the JSON Schema (2020-12) of scenario files, made of the Go types.
// It refuses what structure can show; operations, outcomes, duplicates and
// expressions are the checker's (decisions 23).
func Schema() ([]byte, error) { return SchemaFor(nil) }

// SchemaFor does the same and also names the operations and outcomes of a
// catalogue, so that editors complete them.
func SchemaFor(cat Catalogue) ([]byte, error) {
	s, err := yamlschema.Format{
		ID: SchemaID, Title: "A scenario of cardsim", Root: File{}, Sources: []string{formatSource, stepSource}, Special: special,
	}.Schema()
	if err != nil {
		return nil, err
	}
	relate(s.Definitions)
	if cat != nil {
		name(s.Definitions, cat)
	}
	return yamlschema.Write(s)
}

// special gives the schema of the types that read themselves.
func special(t reflect.Type) *yamlschema.Schema {
	switch t {
	case reflect.TypeFor[Words]():
		word := &yamlschema.Schema{Type: "string", MinLength: yamlschema.Count(1)}
		return &yamlschema.Schema{OneOf: []*yamlschema.Schema{word, {Type: "array", Items: word, MinItems: yamlschema.Count(1)}}}
	case reflect.TypeFor[CardNumber]():
		return &yamlschema.Schema{Type: "string", Pattern: `^[0-9]{12,19}$`}
	case reflect.TypeFor[Code]():
		return &yamlschema.Schema{Type: "string", Pattern: codeShape}
	}
	return nil
}

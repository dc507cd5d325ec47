package yamlschema

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/invopop/jsonschema"
)

// Schema is a JSON Schema, or a part of one.
type Schema = jsonschema.Schema

// Definitions are the schemas of a format's mappings, by the name of the Go type.
type Definitions = jsonschema.Definitions

// Format is what a schema is made of.
type Format struct {
	// ID is the schema's name, a URI that stays the same for ever, and Title what
	// people call the files.
	ID, Title string
	// Root is a value of the struct type that a whole document is read into.
	Root any
	// Sources are the Go files that declare the types: the comments in them are the
	// descriptions.
	Sources []string
	// Special gives the schema of the types that read themselves, nil for all
	// others. It may be nil.
	Special func(t reflect.Type) *Schema
}

// Schema makes the schema. The error is that of a damaged build.
func (f Format) Schema() (*Schema, error) {
	comments, err := readComments(f.Sources)
	if err != nil {
		return nil, fmt.Errorf("read the comments of %s: %w", f.ID, err)
	}
	r := jsonschema.Reflector{
		Anonymous: true, FieldNameTag: "yaml", RequiredFromJSONSchemaTags: true, LookupComment: comments.of, Mapper: f.special,
	}
	s := r.Reflect(f.Root)
	s.ID, s.Title = jsonschema.ID(f.ID), f.Title
	for _, t := range structs(reflect.TypeOf(f.Root), f.special) {
		def, ok := s.Definitions[t.Name()]
		if !ok {
			return nil, fmt.Errorf("the schema %s lacks the type %s", f.ID, t.Name())
		}
		applyTags(def, t)
	}
	return s, nil
}

// special adds the types that the decoder itself reads in a way of its own.
func (f Format) special(t reflect.Type) *Schema {
	if f.Special != nil {
		if s := f.Special(t); s != nil {
			return s
		}
	}
	switch t {
	case durationType:
		return Duration()
	case timeType, reflect.PointerTo(timeType):
		return instant()
	}
	return nil
}

// structs lists the struct types that the keys of a type lead to, itself first.
func structs(root reflect.Type, special func(reflect.Type) *Schema) []reflect.Type {
	var found []reflect.Type
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		switch {
		case slices.Contains(found, t) || special(t) != nil:
			return
		case t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map:
			visit(t.Elem())
			return
		case t.Kind() != reflect.Struct:
			return
		}
		found = append(found, t)
		for i := range t.NumField() {
			if f := t.Field(i); keyOf(f) != "" {
				visit(f.Type)
			}
		}
	}
	visit(root)
	return found
}

// Write gives the schema as JSON for people: indented, with a line break at its end.
func Write(s *Schema) ([]byte, error) {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	return append(text, '\n'), nil
}

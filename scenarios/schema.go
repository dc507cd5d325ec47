package scenarios

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/invopop/jsonschema"
)

// SchemaID is the name of the schema, the same for ever: version 1 of the format
// only grows.
const SchemaID = "urn:cardsim:schema:scenario:1"

// structs are the mappings of the format. Their fields, with tags and comments,
// are what the schema is made of.
var structs = []reflect.Type{
	reflect.TypeFor[File](), reflect.TypeFor[Rule](), reflect.TypeFor[Step](), reflect.TypeFor[Delay](), reflect.TypeFor[Fault](),
	reflect.TypeFor[Respond](), reflect.TypeFor[CardBehaviour](), reflect.TypeFor[ThreeDS](), reflect.TypeFor[Authorization](), reflect.TypeFor[Expectation](),
}

// Schema gives the JSON Schema (2020-12) of scenario files, made of the Go types.
// It refuses what structure can show; operations, outcomes, duplicates and
// expressions are the checker's (decisions 23).
func Schema() ([]byte, error) { return SchemaFor(nil) }

// SchemaFor does the same and also names the operations and outcomes of a
// catalogue, so that editors complete them.
func SchemaFor(cat Catalogue) ([]byte, error) {
	comments, err := readComments()
	if err != nil {
		return nil, err
	}
	r := jsonschema.Reflector{
		Anonymous: true, FieldNameTag: "yaml", RequiredFromJSONSchemaTags: true,
		LookupComment: comments.of, Mapper: special,
	}
	s := r.Reflect(File{})
	s.ID, s.Title = SchemaID, "A scenario of cardsim"
	for _, t := range structs {
		def, ok := s.Definitions[t.Name()]
		if !ok {
			return nil, fmt.Errorf("the schema lacks the type %s", t.Name())
		}
		applyTags(def, t)
	}
	relate(s.Definitions)
	if cat != nil {
		name(s.Definitions, cat)
	}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	return append(text, '\n'), nil
}

// applyTags carries over what the strict decoder reads in the tags: required keys
// and lists of values. Nothing has a null value.
func applyTags(def *jsonschema.Schema, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		key, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if key == "-" {
			continue
		}
		property, ok := def.Properties.Get(key)
		if !ok {
			continue
		}
		if options == "required" {
			def.Required = append(def.Required, key)
			if property.Type == "string" {
				property.MinLength = count(1)
			}
		}
		if enum := f.Tag.Get("enum"); enum != "" {
			setEnum(property, strings.Split(enum, ","))
		}
	}
}

// setEnum lists the values of a scalar, or of a list's entries.
func setEnum(s *jsonschema.Schema, values []string) {
	switch s.Type {
	case "array":
		setEnum(s.Items, values)
	case "integer":
		for _, v := range values {
			n, _ := strconv.Atoi(v) // the tags of integers hold integers
			s.Enum = append(s.Enum, n)
		}
	default:
		for _, v := range values {
			s.Enum = append(s.Enum, v)
		}
	}
}

func count(n uint64) *uint64 { return &n }

// duration is how a duration is written, such as 80ms, 2s or 1m30s.
const duration = `^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h)(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h))*$|^\+?0$`

// special gives the schema of the types that read themselves.
func special(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[Words]():
		word := &jsonschema.Schema{Type: "string", MinLength: count(1)}
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{word, {Type: "array", Items: word, MinItems: count(1)}}}
	case reflect.TypeFor[CardNumber]():
		return &jsonschema.Schema{Type: "string", Pattern: `^[0-9]{12,19}$`}
	case reflect.TypeFor[Code]():
		return &jsonschema.Schema{Type: "string", Pattern: codeShape.String()}
	case durationType:
		return &jsonschema.Schema{Type: "string", Pattern: duration, Examples: []any{"80ms", "2s"}}
	}
	return nil
}

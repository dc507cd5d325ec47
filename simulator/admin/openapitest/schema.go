package openapitest

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"
)

// schemas collects the schemas of the types met.
type schemas struct {
	components map[string]object
	comments   *comments
	failed     error
	closed     bool                    // a body is being described: it is read strictly
	types      map[string]reflect.Type // of the components
}

func newSchemas(root string) *schemas {
	return &schemas{components: map[string]object{}, comments: newComments(root), types: map[string]reflect.Type{}}
}

// of is the schema of what is answered.
func (s *schemas) of(v any) object {
	s.closed = false
	return s.schema(reflect.TypeOf(v))
}

// bodyOf is the schema of what is sent: members that are not known are errors,
// unless the type is answered, too, and so was described before.
func (s *schemas) bodyOf(v any) object {
	s.closed = true
	return s.schema(reflect.TypeOf(v))
}

var (
	instant  = reflect.TypeFor[time.Time]()
	rawJSON  = reflect.TypeFor[json.RawMessage]()
	asText   = reflect.TypeFor[encoding.TextMarshaler]()
	asJSON   = reflect.TypeFor[json.Marshaler]()
	packaged = regexp.MustCompile(`^(\w+)\[.*\.(\w+)\]$`) // List[cardsim/simulator/admin.Token]
)

func (s *schemas) schema(t reflect.Type) object {
	switch {
	case t == instant:
		return object{"type": "string", "format": "date-time"}
	case t == rawJSON:
		return object{} // any value
	case t.Kind() == reflect.Pointer:
		return nullable(s.schema(t.Elem()))
	case reflect.PointerTo(t).Implements(asText):
		return object{"type": "string"}
	case reflect.PointerTo(t).Implements(asJSON):
		return object{}
	case t.Kind() == reflect.Struct:
		return s.component(t)
	}
	return s.plain(t)
}

func (s *schemas) plain(t reflect.Type) object {
	switch t.Kind() {
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return object{"type": "integer", "minimum": 0}
	case reflect.Float32, reflect.Float64:
		return object{"type": "number"}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Slice, reflect.Array:
		return object{"type": "array", "items": s.schema(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.schema(t.Elem())}
	default:
		return object{} // an interface: any value
	}
}

func nullable(o object) object {
	if kind, plain := o["type"].(string); plain {
		o["type"] = []string{kind, "null"}
		return o
	}
	return object{"anyOf": []object{o, {"type": "null"}}}
}

// component refers to a struct, which is described once.
func (s *schemas) component(t reflect.Type) object {
	name := nameOf(t)
	ref := object{"$ref": "#/components/schemas/" + name}
	if known, twice := s.types[name]; twice {
		if known != t {
			s.fail(fmt.Errorf("%s and %s have the same name in the document, %s", known, t, name))
		}
		return ref
	}
	o := object{"type": "object"}
	s.components[name], s.types[name] = o, t // before its members: a type may lead to itself
	if text := s.doc(t, ""); text != "" {
		o["description"] = text
	}
	properties, required := object{}, []string{}
	s.members(t, properties, &required)
	o["properties"] = properties
	if len(required) > 0 {
		o["required"] = required
	}
	if s.closed {
		o["additionalProperties"] = false
	}
	return ref
}

// nameOf is a type's name in the document: bare for package admin, behind the
// package's name for others.
func nameOf(t reflect.Type) string {
	name := t.Name()
	if parts := packaged.FindStringSubmatch(name); parts != nil {
		return parts[2] + parts[1]
	}
	path := t.PkgPath()
	if owner := path[strings.LastIndexByte(path, '/')+1:]; owner != "admin" {
		return strings.ToUpper(owner[:1]) + owner[1:] + name
	}
	return name
}

// members describes the fields of a struct, those of embedded structs as its own.
func (s *schemas) members(t reflect.Type, properties object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			s.members(f.Type, properties, required)
			continue
		case name == "-" || !f.IsExported():
			continue
		}
		o := s.schema(f.Type)
		if text := s.memberDoc(t, f); text != "" {
			o["description"] = text // beside a $ref, too: 2020-12 allows it
		}
		if enum := f.Tag.Get("enum"); enum != "" {
			o["enum"] = strings.Split(enum, ",")
		}
		properties[name] = o
		if !strings.Contains(options, "omit") {
			*required = append(*required, name)
		}
	}
}

// memberDoc is what is said of a field, else of its type where that is a word with a
// meaning of its own, such as a state.
func (s *schemas) memberDoc(t reflect.Type, f reflect.StructField) string {
	text := s.doc(t, f.Name)
	word := f.Type
	if word.Kind() == reflect.Pointer {
		word = word.Elem()
	}
	if text == "" && word.Kind() != reflect.Struct && word.Name() != "" {
		return s.doc(word, "")
	}
	return text
}

func (s *schemas) doc(t reflect.Type, field string) string {
	text, err := s.comments.of(t, field)
	if err != nil {
		s.fail(err)
	}
	return text
}

// fail keeps the first error.
func (s *schemas) fail(err error) {
	if s.failed == nil {
		s.failed = err
	}
}

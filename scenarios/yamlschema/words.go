package yamlschema

import (
	"encoding/json"
	"strconv"

	"github.com/invopop/jsonschema"
)

// Count is a number of characters, entries or members as a schema wants it.
func Count(n uint64) *uint64 { return &n }

// Number is a bound of a number as a schema wants it.
func Number(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// Property is the schema of a definition's key; nil when there is no such key.
func Property(defs Definitions, def, key string) *Schema {
	p, _ := defs[def].Properties.Get(key)
	return p
}

// With is a schema that says something about one member.
func With(key string, s *Schema) *Schema {
	all := jsonschema.NewProperties()
	all.Set(key, s)
	return &Schema{Properties: all}
}

// Object is a mapping with these keys, in this order, and no other.
func Object(keys []string, of func(key string) *Schema) *Schema {
	all := jsonschema.NewProperties()
	for _, key := range keys {
		all.Set(key, of(key))
	}
	return &Schema{Type: "object", Properties: all, AdditionalProperties: jsonschema.FalseSchema}
}

// Needs is a schema that wants all of the keys.
func Needs(keys ...string) *Schema { return &Schema{Required: keys} }

// Without lists schemas that together want no more than one of the keys.
func Without(keys ...string) []*Schema {
	var list []*Schema
	for i, a := range keys {
		for _, b := range keys[i+1:] {
			list = append(list, &Schema{Not: Needs(a, b)})
		}
	}
	return list
}

// duration is how a duration is written, such as 80ms, 2s or 1m30s.
const duration = `^\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h)(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|ms|s|m|h))*$|^\+?0$`

// Duration is the schema of a duration, not below nothing.
func Duration() *Schema {
	return &Schema{Type: "string", Pattern: duration, Examples: []any{"80ms", "2s"}}
}

// instant is the schema of a point in time. Validators need not look at a format,
// so a pattern says it, too.
func instant() *Schema {
	return &Schema{
		Type: "string", Format: "date-time", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`,
		Examples: []any{"2026-01-02T03:04:05Z"},
	}
}

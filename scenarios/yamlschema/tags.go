package yamlschema

import (
	"reflect"
	"strconv"
	"strings"
	"time"
)

var (
	durationType = reflect.TypeFor[time.Duration]()
	timeType     = reflect.TypeFor[time.Time]()
)

// keyOf is the key of a field in the file; empty for one that is not part of it.
func keyOf(f reflect.StructField) string {
	key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if key == "-" {
		return ""
	}
	return key
}

// applyTags carries over what the strict decoder reads in the tags: required keys
// and lists of values. Nothing has a null value.
func applyTags(def *Schema, t reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		property, ok := def.Properties.Get(keyOf(f))
		if !ok {
			continue
		}
		if _, options, _ := strings.Cut(f.Tag.Get("yaml"), ","); options == "required" {
			def.Required = append(def.Required, keyOf(f))
			if property.Type == "string" {
				property.MinLength = Count(1)
			}
		}
		if enum := f.Tag.Get("enum"); enum != "" {
			setEnum(property, strings.Split(enum, ","))
		}
		if f.Type.Kind() == reflect.Uint64 {
			property.Minimum = "0"
		}
	}
}

// setEnum lists the values of a scalar, or of a list's entries.
func setEnum(s *Schema, values []string) {
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

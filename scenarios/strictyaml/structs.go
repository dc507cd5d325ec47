package strictyaml

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// field is one key that a struct takes.
type field struct {
	name     string
	index    []int
	required bool
	enum     []string
}

// fieldsOf lists the keys of a struct type in the order of its fields.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		name, rest, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		options := strings.Split(rest, ",")
		if slices.Contains(options, "inline") && f.Type.Kind() == reflect.Struct {
			for _, inner := range fieldsOf(f.Type) {
				inner.index = append([]int{i}, inner.index...)
				fields = append(fields, inner)
			}
			continue
		}
		if name == "" || name == "-" || !f.IsExported() {
			continue
		}
		one := field{name: name, index: []int{i}, required: slices.Contains(options, "required")}
		if enum := f.Tag.Get("enum"); enum != "" {
			one.enum = strings.Split(enum, ",")
		}
		fields = append(fields, one)
	}
	return fields
}

func decodeStruct(n *Node, v reflect.Value) {
	if !n.want(Mapping) {
		return
	}
	fields := fieldsOf(v.Type())
	meant := map[string]bool{}
	for _, p := range n.pairs {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == p.Key.Value })
		if i < 0 {
			meant[unknownKey(n, p.Key, fields)] = true
			continue
		}
		f := fields[i]
		target := v.FieldByIndex(f.index)
		decodeValue(p.Value, target, f.enum)
		if f.required && p.Value.Kind == Text && p.Value.Value == "" && target.Kind() == reflect.String {
			p.Value.Report(f.name+" must not be empty", "")
		}
	}
	missingKeys(n, fields, meant)
	if c, ok := v.Addr().Interface().(Checker); ok {
		c.CheckNode(n, n.report)
	}
}

// missingKeys reports required keys that are not there, but not one that a
// misspelt key was meant to be: that mistake is reported already.
func missingKeys(n *Node, fields []field, meant map[string]bool) {
	for _, f := range fields {
		if f.required && !meant[f.name] && n.Get(f.name) == nil {
			n.Report(fmt.Sprintf("required key %q is missing", f.name), "")
		}
	}
}

// unknownKey reports a key that no field takes and returns the name it was
// probably meant to be, or nothing. Names that are already given are no
// candidates.
func unknownKey(n, key *Node, fields []field) string {
	var free, all []string
	for _, f := range fields {
		all = append(all, f.name)
		if n.Get(f.name) == nil {
			free = append(free, f.name)
		}
	}
	near := Nearest(key.Value, free)
	if near != "" {
		key.Report(fmt.Sprintf("unknown key %q", key.Value), didYouMean(near))
		return near
	}
	key.Report(fmt.Sprintf("unknown key %q; known here: %s", key.Value, strings.Join(all, ", ")), "")
	return ""
}

func checkEnum(n *Node, enum []string) {
	if enum == nil || slices.Contains(enum, n.Value) {
		return
	}
	message := fmt.Sprintf("%s must be one of %s, not %s", n.label(), strings.Join(enum, ", "), n.found())
	if len(enum) == 1 {
		message = fmt.Sprintf("%s must be %s, not %s", n.label(), enum[0], n.found())
	}
	n.Report(message, Suggest(n.Value, enum))
}

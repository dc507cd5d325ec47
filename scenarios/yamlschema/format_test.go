package yamlschema_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"cardsim/scenarios/yamlschema"
	"cardsim/scenarios/yamlschema/yamlschematest"
)

// colour reads itself.
type colour string

type shop struct {
	Name   string           `yaml:"name,required"`
	Kind   string           `yaml:"kind" enum:"small,large"`
	Floors []int            `yaml:"floors" enum:"1,2"`
	Since  *time.Time       `yaml:"since"`
	Breaks time.Duration    `yaml:"breaks"`
	Paint  colour           `yaml:"paint"`
	Staff  []person         `yaml:"staff"`
	Notes  map[string][]any `yaml:"notes"`
	Count  uint64           `yaml:"count"`
	Hidden func()           `yaml:"-"`
}

type person struct {
	Name string `yaml:"name,required"`
}

// source is what a format embeds of itself.
const source = `package x

// shop is where things are
// sold.
type shop struct {
	// Name of the shop.
	Name string
}

type (
	// person works there.
	person struct {
		// Name of the person.
		Name string
	}
)
`

func format() yamlschema.Format {
	return yamlschema.Format{ID: "urn:test:shop:1", Title: "A shop", Root: shop{}, Sources: []string{source}, Special: func(t reflect.Type) *yamlschema.Schema {
		if t == reflect.TypeFor[colour]() {
			return &yamlschema.Schema{Type: "string", Pattern: "^#"}
		}
		return nil
	}}
}

func text(t *testing.T) []byte {
	t.Helper()
	s, err := format().Schema()
	if err != nil {
		t.Fatal(err)
	}
	out, err := yamlschema.Write(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFormatSaysWhatTheTagsSay(t *testing.T) {
	schema := yamlschematest.Compile(t, "urn:test:shop:1", text(t))
	tests := map[string]bool{
		"name: a": true, "{}": false, "name: \"\"": false, "name: 5": false, "nmae: a": false, "{name: a, Hidden: x}": false,
		"{name: a, kind: large}": true, "{name: a, kind: huge}": false,
		"{name: a, floors: [1, 2]}": true, "{name: a, floors: [3]}": false,
		"{name: a, since: 2026-01-02T03:04:05Z}": true, "{name: a, since: today}": false,
		"{name: a, breaks: 1m30s}": true, "{name: a, breaks: -1s}": false, "{name: a, breaks: 5}": false,
		"{name: a, paint: \"#fff\"}": true, "{name: a, paint: red}": false,
		"{name: a, staff: [{name: b}]}": true, "{name: a, staff: [{}]}": false, "{name: a, staff: {name: b}}": false,
		"{name: a, notes: {x: [1, y]}}": true, "{name: a, notes: {x: 1}}": false,
		"{name: a, count: 0}": true, "{name: a, count: -1}": false,
	}
	for src, good := range tests {
		if err := schema.Validate(t, []byte(src)); (err == nil) != good {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestFormatDescribes(t *testing.T) {
	var got struct {
		Title string
		Defs  map[string]struct {
			Description string
			Properties  map[string]struct{ Description string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(text(t), &got); err != nil {
		t.Fatal(err)
	}
	if got.Title != "A shop" || got.Defs["shop"].Description != "shop is where things are sold." || got.Defs["person"].Description != "person works there." {
		t.Errorf("%+v", got)
	}
	if d := got.Defs["person"].Properties["name"].Description; d != "Name of the person." {
		t.Errorf("a key is described as %q", d)
	}
}

func TestDamagedSource(t *testing.T) {
	f := format()
	f.Sources = append(f.Sources, "no Go")
	if _, err := f.Schema(); err == nil || !strings.Contains(err.Error(), "urn:test:shop:1") {
		t.Errorf("error %v", err)
	}
}

func TestWithout(t *testing.T) {
	schema := yamlschematest.Compile(t, "urn:x", []byte(`{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:x","allOf":`+asJSON(t, yamlschema.Without("a", "b", "c"))+`}`))
	for src, good := range map[string]bool{"{}": true, "a: 1": true, "{a: 1, b: 1}": false, "{a: 1, c: 1}": false, "{b: 1, c: 1}": false} {
		if err := schema.Validate(t, []byte(src)); (err == nil) != good {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

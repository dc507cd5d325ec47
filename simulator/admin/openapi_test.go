package admin_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"cardsim/simulator/admin"
	"cardsim/simulator/admin/openapitest"
)

var update = flag.Bool("update", false, "write openapi.json anew")

const file = "openapi.json"

func routes() []admin.Route { return new(admin.API).Routes() }

// TestDocument keeps the document that is served equal to routes, types and
// comments.
func TestDocument(t *testing.T) {
	want, err := openapitest.Document(routes(), "../..")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("openapi.json is not what routes, types and comments make: go test ./simulator/admin -run TestDocument -update")
	}
}

// served is the part of the document that the tests look into.
type served struct {
	OpenAPI string `json:"openapi"`
	Info    struct{ Title, Version string }
	Paths   map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Summary     string
		Tags        []string
		Parameters  []struct {
			Name, In, Description string
			Required              bool
			Schema                map[string]any
		}
		RequestBody *struct{ Content map[string]any }
		Responses   map[string]struct {
			Ref         string `json:"$ref"`
			Description string
		}
	}
	Components struct {
		Schemas         map[string]json.RawMessage
		Responses       map[string]any
		SecuritySchemes map[string]any `json:"securitySchemes"`
	}
}

func load(t *testing.T) (served, any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var d served
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return d, whole
}

// TestDocumentHasTheRoutes compares paths and methods in both directions.
func TestDocumentHasTheRoutes(t *testing.T) {
	d, _ := load(t)
	var told, real []string
	for path, methods := range d.Paths {
		for method := range methods {
			told = append(told, strings.ToUpper(method)+" "+path)
		}
	}
	for _, r := range routes() {
		real = append(real, r.Pattern())
	}
	slices.Sort(told)
	slices.Sort(real)
	if !slices.Equal(told, real) {
		t.Errorf("the document has\n%q\nand the API\n%q", told, real)
	}
}

// member is what is looked at of a member of a type.
type member struct {
	Description string
	Ref         string `json:"$ref"`
	AnyOf       []member
}

// isDescribed says that something is told of a member: by itself or by its type.
func (m member) isDescribed(types map[string]json.RawMessage) bool {
	var told member
	_ = json.Unmarshal(types[strings.TrimPrefix(m.Ref, "#/components/schemas/")], &told) // none leaves it empty
	return m.Description != "" || told.Description != "" || slices.ContainsFunc(m.AnyOf, func(o member) bool { return o.isDescribed(types) })
}

// TestEveryMemberIsDescribed, and every type. An HTTP archive's members are told by
// its own specification, but for those that begin with an underscore.
func TestEveryMemberIsDescribed(t *testing.T) {
	d, _ := load(t)
	for name, text := range d.Components.Schemas {
		var s struct {
			Description string
			Properties  map[string]member
		}
		if err := json.Unmarshal(text, &s); err != nil {
			t.Fatal(err)
		}
		if s.Description == "" {
			t.Errorf("%s is not described", name)
		}
		for what, m := range s.Properties {
			if !m.isDescribed(d.Components.Schemas) && (!strings.HasPrefix(name, "HAR") || strings.HasPrefix(what, "_")) {
				t.Errorf("%s of %s is not described: a comment at its field is missing", what, name)
			}
		}
	}
}

var pathParameter = regexp.MustCompile(`\{(\w+)\}`)

// TestDocumentIsWhole checks what OpenAPI 3.1 demands of its structure and what
// makes it useful: ids once, every parameter described, an answer for everything.
func TestDocumentIsWhole(t *testing.T) {
	d, _ := load(t)
	if d.OpenAPI != "3.1.0" || d.Info.Title == "" || d.Info.Version == "" || d.Components.SecuritySchemes["token"] == nil {
		t.Errorf("%s %+v", d.OpenAPI, d.Info)
	}
	ids := map[string]bool{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			at := method + " " + path
			if ids[op.OperationID] || op.OperationID == "" || op.Summary == "" || len(op.Tags) != 1 {
				t.Errorf("%s: id %q, summary %q, tags %q", at, op.OperationID, op.Summary, op.Tags)
			}
			ids[op.OperationID] = true
			want := []string{}
			for _, m := range pathParameter.FindAllStringSubmatch(path, -1) {
				want = append(want, m[1])
			}
			got := []string{}
			for _, p := range op.Parameters {
				if p.Description == "" || p.Schema["type"] == nil || p.In == "path" != p.Required {
					t.Errorf("%s: parameter %+v", at, p)
				}
				if p.In == "path" {
					got = append(got, p.Name)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: path parameters %q", at, got)
			}
			if len(op.Responses) < 2 || op.Responses["default"].Ref != "#/components/responses/Problem" {
				t.Errorf("%s: answers %+v", at, op.Responses)
			}
			if op.RequestBody != nil && (method == "get" || len(op.RequestBody.Content) == 0) {
				t.Errorf("%s: body %+v", at, op.RequestBody)
			}
		}
	}
}

// TestSchemasCompile resolves every reference and compiles every schema as 2020-12.
func TestSchemasCompile(t *testing.T) {
	d, whole := load(t)
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	for name := range d.Components.Schemas {
		if _, err := c.Compile("openapi.json#/components/schemas/" + name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, ref := range references(whole) {
		if !resolves(whole, ref) {
			t.Errorf("%s leads nowhere", ref)
		}
	}
}

// references lists every $ref of a document.
func references(v any) []string {
	var list []string
	switch v := v.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			list = append(list, ref)
		}
		for _, below := range v {
			list = append(list, references(below)...)
		}
	case []any:
		for _, below := range v {
			list = append(list, references(below)...)
		}
	}
	return list
}

func resolves(whole any, ref string) bool {
	at, ok := whole, strings.HasPrefix(ref, "#/")
	for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		members, is := at.(map[string]any)
		if !is {
			return false
		}
		if at, is = members[step]; !is {
			return false
		}
	}
	return ok
}

// TestEveryRouteSaysWhatItTakes: what reads takes no body, and answers something.
func TestEveryRouteSaysWhatItTakes(t *testing.T) {
	for _, r := range routes() {
		reads := r.Method == http.MethodGet
		if reads && (r.Body != nil || r.BodyText != "" || r.Answer == nil) {
			t.Errorf("%s: body %T, answer %T", r.Pattern(), r.Body, r.Answer)
		}
		if !strings.HasSuffix(r.Summary, ".") {
			t.Errorf("%s: its summary is no sentence: %q", r.Pattern(), r.Summary)
		}
	}
}

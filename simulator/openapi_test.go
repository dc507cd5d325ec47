package simulator_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
	"cardsim/simulator/store"
)

// openAPI is the document of a running simulator.
type openAPI struct {
	paths    map[string]any
	compiler *jsonschema.Compiler
}

func readOpenAPI(t *testing.T, c *simulatortest.Client) openAPI {
	t.Helper()
	a := raw(t, c, http.MethodGet, "/api/v1/openapi.json", "")
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.Body))
	if err != nil || a.Status != http.StatusOK {
		t.Fatalf("HTTP %d %v", a.Status, err)
	}
	document := whole.(map[string]any)
	for _, s := range dig(document, "components", "schemas") { // no member that is not documented
		if o := s.(map[string]any); o["properties"] != nil {
			o["additionalProperties"] = false
		}
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	if err := compiler.AddResource("openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	return openAPI{dig(document, "paths"), compiler}
}

func dig(o map[string]any, path ...string) map[string]any {
	for _, step := range path {
		next, _ := o[step].(map[string]any)
		o = next
	}
	return o
}

// reads lists the paths that are read by GET.
func (o openAPI) reads() []string {
	var list []string
	for _, path := range slices.Sorted(maps.Keys(o.paths)) {
		if dig(o.paths, path, "get") != nil {
			list = append(list, path)
		}
	}
	return list
}

// fits says what is wrong with an answer to a GET.
func (o openAPI) fits(path string, a simulatortest.Answer) error {
	media, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	content := dig(o.paths, path, "get", "responses", fmt.Sprint(a.Status), "content")
	if content[media] == nil {
		return fmt.Errorf("HTTP %d as %s is not documented", a.Status, media)
	}
	if media != "application/json" {
		return nil
	}
	pointer := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")
	schema, err := o.compiler.Compile(fmt.Sprintf("openapi.json#/paths/%s/get/responses/%d/content/%s/schema", pointer.Replace(path), a.Status, pointer.Replace(media)))
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.Body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// inhabit leaves something of every kind in the default sandbox.
func inhabit(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	if _, err := c.Enrol(journeysCard, "V1", "+4512345678"); err != nil {
		t.Fatal(err)
	}
	journeyTo(t, c, "LIVE-1")
	if _, err := c.Lookup(good("LIVE-2")); err != nil { // its challenge runs
		t.Fatal(err)
	}
	putCards(t, c, givenCards, nil)
	var ignored any
	putScenarios(t, c, yamlType, decliningStory, &ignored)
	if paid := payCard(t, c, newCard, "LIVE-DECLINED"); paid.Result == 0 {
		t.Fatalf("%s", paid.Raw)
	}
}

// concrete fills in a path: the id of the first thing of the list above it.
func concrete(t *testing.T, c *simulatortest.Client, path string) string {
	t.Helper()
	path = strings.NewReplacer("{sandbox}", "default", "{name}", "slow-day").Replace(path)
	above, below, asked := strings.Cut(path, "/{id}")
	if !asked {
		return path
	}
	var list struct{ Items []struct{ ID string } }
	if err := raw(t, c, http.MethodGet, above, "").JSON(&list); err != nil || len(list.Items) == 0 {
		t.Fatalf("%s: %+v %v", above, list, err)
	}
	return above + "/" + list.Items[0].ID + below
}

// unending are answers that never end, or that a plain run does not have.
var unending = []string{"/api/v1/events", "/ca.pem"}

// TestAnswersAreAsDocumented holds the real answer of every GET to its schema.
func TestAnswersAreAsDocumented(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	inhabit(t, c)
	o := readOpenAPI(t, c)
	for _, path := range o.reads() {
		if slices.Contains(unending, path) {
			continue
		}
		t.Run(path, func(t *testing.T) {
			a := raw(t, c, http.MethodGet, concrete(t, c, path), "")
			if a.Status != http.StatusOK {
				t.Fatalf("HTTP %d %s", a.Status, a.Body)
			}
			if err := o.fits(path, a); err != nil {
				t.Errorf("%v\n%.2000s", err, a.Body)
			}
		})
	}
}

// TestProblemsAreAsDocumented holds answers that are problems to their schema.
func TestProblemsAreAsDocumented(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	o := readOpenAPI(t, c)
	schema, err := o.compiler.Compile("openapi.json#/components/schemas/Problem")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/api/v1/none", s + "/tokens/none", s + "/tokens?limit=0"} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw(t, c, http.MethodGet, path, "").Body))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestReadingChangesNothing: no GET leaves a trace in what is stored.
func TestReadingChangesNothing(t *testing.T) {
	file := t.TempDir() + "/cardsim.db"
	c, sim := simulatortest.Start(t, simulator.Config{Data: file})
	inhabit(t, c)
	if err := sim.Close(); err != nil {
		t.Fatal(err)
	}
	before := dump(t, file)
	c, sim = simulatortest.Start(t, simulator.Config{Data: file})
	for _, path := range readOpenAPI(t, c).reads() {
		if slices.Contains(unending, path) {
			continue
		}
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodOptions} {
			raw(t, c, method, concrete(t, c, path), "")
		}
	}
	if err := sim.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, dump(t, file)); diff != "" {
		t.Errorf("reading changed the store:\n%s", diff)
	}
}

// dump is everything that a file holds of the default sandbox.
func dump(t *testing.T, file string) map[string]string {
	t.Helper()
	db, err := store.Open(file, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	err = db.View(func(tx *store.Tx) error {
		return store.Each(tx, "default", func(table, key string, value []byte) error {
			all[table+" "+key] = string(value)
			return nil
		})
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d rows, %v", len(all), err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestBodiesAreAsDocumented: every example that the tests send would be let through
// by the schema, and a misspelt member would not.
func TestBodiesAreAsDocumented(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	o := readOpenAPI(t, c)
	for component, bodies := range map[string]map[string]bool{
		"GivenCards":      {givenCards: true, `{"card":[]}`: false},
		"ClockChange":     {`{"mode":"frozen","now":"2026-01-02T03:04:05Z"}`: true, `{"mode":"fast"}`: false},
		"ChallengeAction": {`{"action":"submit","otp":"1234"}`: true, `{"action":"bribe"}`: false, `{}`: false},
		"NewSandbox":      {`{}`: true, `{"sed":7}`: false},
	} {
		schema, err := o.compiler.Compile("openapi.json#/components/schemas/" + component)
		if err != nil {
			t.Fatal(err)
		}
		for body, good := range bodies {
			var value any
			if err := json.Unmarshal([]byte(body), &value); err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(value); (err == nil) != good {
				t.Errorf("%s %s: %v", component, body, err)
			}
		}
	}
}

package cli_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/cli"
)

// run calls the program in this process and gives what it printed.
func run(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	env := func(string) (string, bool) { return "", false }
	if code := cli.Main(args, cli.IO{In: &bytes.Buffer{}, Out: &out, Err: &errs, Env: env}); code != 0 {
		t.Fatalf("%q: exit code %d\n%s%s", args, code, out.Bytes(), errs.Bytes())
	}
	return out.Bytes()
}

// TestShippedPassValidate runs the checker over the files as they lie in the tree.
func TestShippedPassValidate(t *testing.T) {
	library, err := scenarios.Library()
	if err != nil {
		t.Fatal(err)
	}
	out := run(t, "validate", "../../scenarios")
	if got := bytes.Count(out, []byte(": ok\n")); got != len(library) || got < 25 {
		t.Errorf("%d files are good, want all %d and at least 25:\n%s", got, len(library), out)
	}
}

// TestSchemaAcceptsShipped holds the printed schema against every shipped file.
func TestSchemaAcceptsShipped(t *testing.T) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(run(t, "schema")))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(scenarios.SchemaID, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(scenarios.SchemaID)
	if err != nil {
		t.Fatal(err)
	}
	library, err := scenarios.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, shipped := range library {
		if err := schema.Validate(asJSON(t, shipped)); err != nil {
			t.Errorf("%s: %v", shipped.Name, err)
		}
	}
	wrong := scenarios.Shipped{Name: "wrong", Source: []byte("version: 1\nname: wrong\nrules:\n  - on: acehub.payment.create\n    do: {outcome: declned}\n")}
	if schema.Validate(asJSON(t, wrong)) == nil {
		t.Error("the schema accepts an outcome that does not exist")
	}
}

// asJSON reads a scenario as a validator sees it.
func asJSON(t *testing.T, shipped scenarios.Shipped) any {
	t.Helper()
	var doc any
	if problems := strictyaml.Decode(shipped.Name, shipped.Source, &doc); len(problems) > 0 {
		t.Fatal(problems)
	}
	text, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	again, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return again
}

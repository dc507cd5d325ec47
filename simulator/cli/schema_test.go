package cli_test

import (
	"bytes"
	"os"
	"testing"

	"cardsim/fixtures"
	"cardsim/scenarios"
	"cardsim/scenarios/yamlschema/yamlschematest"
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
	schema := yamlschematest.Compile(t, scenarios.SchemaID, run(t, "schema"))
	library, err := scenarios.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, shipped := range library {
		if err := schema.Validate(t, shipped.Source); err != nil {
			t.Errorf("%s: %v", shipped.Name, err)
		}
	}
	wrong := "version: 1\nname: wrong\nrules:\n  - on: acehub.payment.create\n    do: {outcome: declned}\n"
	if schema.Validate(t, []byte(wrong)) == nil {
		t.Error("the schema accepts an outcome that does not exist")
	}
}

// TestFixtureSchemaNamesSettings holds the printed schema of fixtures against files
// with settings that there are, and one that there is not.
func TestFixtureSchemaNamesSettings(t *testing.T) {
	schema := yamlschematest.Compile(t, fixtures.SchemaID, run(t, "schema", "fixtures"))
	for _, file := range []string{"../../fixtures/default.yaml", "../../fixtures/testdata/accepted/interface.yaml"} {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(t, src); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	for _, wrong := range []string{"cavvAmmount: exact", "cavvAmount: exactly"} {
		if schema.Validate(t, []byte("version: 1\nsandboxes: [{id: a, settings: {acehub: {"+wrong+"}}}]\n")) == nil {
			t.Errorf("the schema accepts %s", wrong)
		}
	}
}

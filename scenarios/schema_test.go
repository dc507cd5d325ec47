package scenarios_test

import (
	"flag"
	"testing"

	"cardsim/scenarios"
	"cardsim/scenarios/yamlschema/yamlschematest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// compileSchema compiles the schema as a validator does; without a catalogue the
// structural one.
func compileSchema(t *testing.T, cat scenarios.Catalogue) yamlschematest.Schema {
	t.Helper()
	text, err := scenarios.SchemaFor(cat)
	if err != nil {
		t.Fatal(err)
	}
	return yamlschematest.Compile(t, scenarios.SchemaID, text)
}

// TestSchemaFile keeps the file that editors read equal to the types.
func TestSchemaFile(t *testing.T) {
	text, err := scenarios.Schema()
	if err != nil {
		t.Fatal(err)
	}
	yamlschematest.UpToDate(t, "scenario.schema.json", text, *update)
	yamlschematest.Described(t, text, scenarios.SchemaID, 10)
}

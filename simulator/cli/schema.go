package cli

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator"
)

// The kinds of files that have a schema.
const (
	schemaScenario = "scenario"
	schemaFixtures = "fixtures"
)

func newSchema(streams IO) *cobra.Command {
	kinds := []string{schemaScenario, schemaFixtures}
	return &cobra.Command{
		Use: "schema [scenario|fixtures]", Short: "Print the JSON Schema of scenario or fixture files",
		Long: `Print the JSON Schema (2020-12) of scenario files, with the operations and outcomes
of this program, or of fixture files, with its settings, so that an editor completes
and checks them. What only a closer look shows is told by 'cardsim validate'.`,
		Example: `  cardsim schema > scenario.schema.json
  cardsim schema fixtures > fixture.schema.json`,
		ValidArgs: kinds,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one kind of file", cmd.CommandPath())
			}
			if len(args) == 1 && !slices.Contains(kinds, args[0]) {
				return usagef("there is no schema %q: %s", args[0], cmp.Or(strictyaml.Suggest(args[0], kinds), "there is "+strings.Join(kinds, " and ")))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := schemaOf(args)
			if err != nil {
				return err
			}
			_, err = streams.Out.Write(text)
			return err
		},
	}
}

// schemaOf gives the schema of the kind that is asked for, of scenarios without one.
func schemaOf(args []string) ([]byte, error) {
	if slices.Contains(args, schemaFixtures) {
		return simulator.FixtureSchema()
	}
	return scenarios.SchemaFor(simulator.Catalogue())
}

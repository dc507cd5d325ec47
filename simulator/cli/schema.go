package cli

import (
	"cmp"

	"github.com/spf13/cobra"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator"
)

func newSchema(streams IO) *cobra.Command {
	kinds := []string{"scenario"}
	return &cobra.Command{
		Use: "schema [scenario]", Short: "Print the JSON Schema of scenario files",
		Long: `Print the JSON Schema (2020-12) of scenario files with the operations and outcomes
of this program, so that an editor completes and checks them. What only a closer
look shows is told by 'cardsim validate'.`,
		Example:   "  cardsim schema > scenario.schema.json",
		ValidArgs: kinds,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one kind of file", cmd.CommandPath())
			}
			if len(args) == 1 && args[0] != kinds[0] {
				return usagef("there is no schema %q: %s", args[0], cmp.Or(strictyaml.Suggest(args[0], kinds), "there is scenario"))
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			text, err := scenarios.SchemaFor(simulator.Catalogue())
			if err != nil {
				return err
			}
			_, err = streams.Out.Write(text)
			return err
		},
	}
}

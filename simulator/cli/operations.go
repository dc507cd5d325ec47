package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"cardsim/simulator"
)

func newOperations(streams IO) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "operations", Short: "List the operation ids that scenarios speak of", Args: noArgs,
		Example: "  cardsim operations\n  cardsim operations --json",
		RunE: func(*cobra.Command, []string) error {
			list := simulator.Catalogue().Operations()
			if asJSON {
				return printJSON(streams.Out, list)
			}
			for _, id := range list {
				if _, err := fmt.Fprintln(streams.Out, id); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

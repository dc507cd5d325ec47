package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"cardsim/scenarios"
	"cardsim/simulator"
	"cardsim/simulator/core"
)

func newOperations(streams IO) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "operations [OPERATION]", Short: "List the operation ids that scenarios speak of",
		Long: `List the operation ids that scenarios speak of. OPERATION is one of them or a
pattern, in which * stands for any characters: what is listed is what a rule on it
takes.`,
		Example:           "  cardsim operations\n  cardsim operations 'acehub.*' --json",
		Args:              atMostOne("an operation or a pattern"),
		ValidArgsFunction: completeOperations,
		RunE: func(_ *cobra.Command, args []string) error {
			list, err := operationsOf(args)
			if err != nil {
				return err
			}
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

// completeOperations completes the first argument to an operation id.
func completeOperations(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return simulator.Catalogue().Operations(), cobra.ShellCompDirectiveNoFileComp
}

// operationsOf lists the operations that an id or a pattern means, all without one.
func operationsOf(args []string) ([]string, error) {
	all := simulator.Catalogue().Operations()
	if len(args) == 0 {
		return all, nil
	}
	if message, suggestion := scenarios.WrongOperation(all, args[0]); message != "" {
		if suggestion == "" {
			suggestion = "'cardsim operations' lists them"
		}
		return nil, usagef("%s: %s", message, suggestion)
	}
	return slices.DeleteFunc(slices.Clone(all), func(id string) bool { return !core.OperationMatches(args[0], id) }), nil
}

package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"cardsim/simulator"
)

// completeFlag lets the shell complete a flag's value.
func completeFlag(cmd *cobra.Command, flag string, values cobra.CompletionFunc) {
	_ = cmd.RegisterFlagCompletionFunc(flag, values) // fails for a flag that the command does not have
}

// journaledOperations completes to the operation ids that a journal entry can have.
func journaledOperations(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return simulator.Catalogue().Journaled(), cobra.ShellCompDirectiveNoFileComp
}

// outcomeNames completes to the names of all outcomes.
func outcomeNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, o := range simulator.Outcomes() {
		names = append(names, o.Name)
	}
	slices.Sort(names)
	return slices.Compact(names), cobra.ShellCompDirectiveNoFileComp
}

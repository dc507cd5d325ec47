package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cardsim/simulator"
	"cardsim/simulator/core"
)

func newOutcomes(streams IO) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "outcomes [OPERATION]", Short: "List what a scenario can make each operation answer",
		Long: `List the outcomes that a scenario can ask for, by operation: what the caller sees,
the parameters it takes, where it is documented, and how sure that is (documented,
observed, inferred or ours). OPERATION is an operation id or a pattern.`,
		Example:           "  cardsim outcomes acehub.payment.create\n  cardsim outcomes 'cardinal.*' --json",
		Args:              atMostOne("an operation or a pattern"),
		ValidArgsFunction: completeOperations,
		RunE: func(_ *cobra.Command, args []string) error {
			list, err := outcomesOf(args)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(streams.Out, list)
			}
			return printOutcomes(streams.Out, list)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// atMostOne refuses a second argument as a usage error.
func atMostOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return usagef("%s takes %s, or nothing for all", cmd.CommandPath(), what)
		}
		return nil
	}
}

// outcomesOf lists the outcomes of the operations that an id or a pattern means, all
// without one.
func outcomesOf(args []string) ([]core.Outcome, error) {
	operations, err := operationsOf(args)
	if err != nil {
		return nil, err
	}
	catalogue := simulator.Catalogue()
	var list []core.Outcome
	for _, id := range operations {
		list = append(list, catalogue.Outcomes(id)...)
	}
	return list, nil
}

func printOutcomes(w io.Writer, list []core.Outcome) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	last := ""
	for _, o := range list {
		if o.Operation != last {
			// Operations stand alone on their lines, so that each has its own columns.
			if err := tw.Flush(); err != nil {
				return err
			}
			if last != "" {
				_, _ = fmt.Fprintln(w)
			}
			_, _ = fmt.Fprintln(w, o.Operation)
			last = o.Operation
		}
		summary := o.Summary
		if len(o.With) > 0 {
			summary += " (with: " + strings.Join(o.With, ", ") + ")"
		}
		_, _ = fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\n", o.Name, o.Mark, o.Source, summary)
	}
	return tw.Flush()
}

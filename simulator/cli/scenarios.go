package cli

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator"
)

// shippedRow is a shipped scenario as --json prints it.
type shippedRow struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`
}

func newScenarios(streams IO) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "scenarios [NAME]", Short: "List the shipped scenarios, or print one",
		Long: `List the shipped scenarios with what happens in each. With a NAME, print that
file: a good start for one of your own.`,
		Example:           "  cardsim scenarios\n  cardsim scenarios decline-then-approve > mine.yaml",
		Args:              atMostOne("the name of a shipped scenario"),
		ValidArgsFunction: completeShipped,
		RunE: func(_ *cobra.Command, args []string) error {
			rows, err := shippedRows()
			if err != nil {
				return err
			}
			if len(args) == 1 {
				return printShipped(streams.Out, args[0], rows)
			}
			if asJSON {
				return printJSON(streams.Out, rows)
			}
			return printRows(streams.Out, rows)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the list as JSON")
	return cmd
}

func completeShipped(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	rows, err := shippedRows()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return shippedNames(rows), cobra.ShellCompDirectiveNoFileComp
}

func shippedRows() ([]shippedRow, error) {
	library, err := scenarios.Library()
	if err != nil {
		return nil, err
	}
	catalogue := simulator.Catalogue()
	rows := make([]shippedRow, 0, len(library))
	for _, shipped := range library {
		s, problems := scenarios.CheckFile(shipped.Name+".yaml", shipped.Source, catalogue)
		if len(problems) > 0 {
			return nil, fmt.Errorf("the shipped scenario is broken: %s", problems[0])
		}
		rows = append(rows, shippedRow{shipped.Name, s.Summary})
	}
	return rows, nil
}

func shippedNames(rows []shippedRow) []string {
	var names []string
	for _, r := range rows {
		names = append(names, r.Name)
	}
	return names
}

func printShipped(w io.Writer, name string, rows []shippedRow) error {
	shipped, ok := scenarios.Find(name)
	if !ok {
		hint := strictyaml.Suggest(name, shippedNames(rows))
		if hint == "" {
			hint = "'cardsim scenarios' lists them"
		}
		return usagef("there is no shipped scenario %q: %s", name, hint)
	}
	_, err := w.Write(shipped.Source)
	return err
}

func printRows(w io.Writer, rows []shippedRow) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		_, _ = fmt.Fprintf(tw, "%s\t%s\n", r.Name, r.Summary)
	}
	return tw.Flush()
}

package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
)

func newScenario(streams IO) *cobra.Command {
	cmd := &cobra.Command{
		Use: "scenario", Short: "Choose what happens in a running simulator", Args: noUnknownVerb,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newScenarioUse(streams), newScenarioShow(streams), newScenarioClear(streams))
	return cmd
}

func newScenarioUse(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "use NAME|FILE...", Short: "Put scenarios in force, in place of those before",
		Long: `Put scenarios in force, in place of those before, all or none: shipped ones by
their names, or files. Their counters begin again.`,
		Example: "  cardsim scenario use decline-then-approve\n  cardsim scenario use slow-day ./my-story.yaml --sandbox team-a",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("%s takes the names of shipped scenarios or files", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := readScenarios(args)
			if err != nil {
				return err
			}
			m, err := text.message()
			if err != nil {
				return err
			}
			return putScenarios(streams, &flags, m, text)
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

func newScenarioShow(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "show", Short: "Show the scenarios in force and what became of their rules", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			var got admin.Scenarios
			if err := flags.client().get(flags.path("/scenarios"), &got); err != nil {
				return err
			}
			return printScenarios(streams.Out, flags.asJSON, got)
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

func newScenarioClear(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "clear", Short: "Let the providers answer as always", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			return putScenarios(streams, &flags, message{media: "application/json", body: []byte(`{"use":[]}`)}, scenarioText{})
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

// putScenarios sends scenarios and prints what is in force then. Problems are
// printed at their places in the files that the text was made of.
func putScenarios(streams IO, flags *worldFlags, m message, text scenarioText) error {
	m.method, m.path = http.MethodPut, flags.path("/scenarios")
	a, err := flags.client().send(m)
	if err != nil {
		return err
	}
	if a.code == http.StatusUnprocessableEntity {
		var p admin.Problem
		if json.Unmarshal(a.body, &p) == nil && len(p.Errors) > 0 {
			return text.refused(streams.Err, p)
		}
	}
	if a.code != http.StatusOK {
		return problemOf(a.status, a.body)
	}
	var got admin.Scenarios
	if err := a.into(&got); err != nil {
		return err
	}
	return printScenarios(streams.Out, flags.asJSON, got)
}

func printScenarios(w io.Writer, asJSON bool, s admin.Scenarios) error {
	if asJSON {
		return printJSON(w, s)
	}
	if len(s.Active) == 0 {
		_, err := fmt.Fprintln(w, "No scenario is active. 'cardsim scenarios' lists the shipped ones.")
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "SCENARIO\tSOURCE\tRULE\tMATCHED\tLAST STEP")
	for _, active := range s.Active {
		if len(active.Rules) == 0 {
			_, _ = fmt.Fprintf(tw, "%s\t%s\t\t\t\n", active.Name, active.Source)
		}
		for i, r := range active.Rules {
			name, source, matched, step := active.Name, active.Source, "unused", "-"
			if i > 0 {
				name, source = "", ""
			}
			if !r.Unused {
				matched = fmt.Sprint(r.Matched)
			}
			if r.Step > 0 {
				step = fmt.Sprint(r.Step)
			}
			_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", name, source, r.Name, matched, step)
		}
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if why := s.Active[0].Error; why != nil {
		_, err := fmt.Fprintf(w, "\nThe changed files are not taken, these scenarios stay in force:\n%s\n", *why)
		return err
	}
	return nil
}

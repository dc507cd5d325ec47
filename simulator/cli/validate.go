package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"cardsim/scenarios/strictyaml"
)

func newValidate(streams IO) *cobra.Command {
	var asJSON, quiet bool
	cmd := &cobra.Command{
		Use: "validate FILE…", Short: "Check scenario and fixture files and print every problem",
		Long: `Check scenario and fixture files and print every problem with its line, its column
and what was probably meant. A file with the key sandboxes is a fixture file,
every other one a scenario. A folder stands for its .yaml and .yml files.

Scenarios are checked one by one. Fixture files are checked together, in the order
given, as serve --fixtures loads them: no two may give the same sandbox, tenant or
credential. No simulator is needed.`,
		Example: `  cardsim validate decline.yaml
  cardsim validate --json scenarios/
  cardsim validate team-a.yaml team-b.yaml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("%s takes the files or folders to check", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			results := checkPaths(args)
			if asJSON {
				if err := printJSON(streams.Out, results); err != nil {
					return err
				}
			} else if err := printChecked(streams, results, quiet); err != nil {
				return err
			}
			return failedChecks(results)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON: what was found in each file")
	cmd.Flags().BoolVar(&quiet, "quiet", false, "say nothing about files that are good")
	return cmd
}

// printChecked prints problems and good files; a file that cannot be read is told
// on the error stream.
func printChecked(streams IO, results []checkedFile, quiet bool) error {
	for _, r := range results {
		if err := printOne(streams, r, quiet); err != nil {
			return err
		}
	}
	return nil
}

func printOne(streams IO, r checkedFile, quiet bool) error {
	switch {
	case r.Error != "":
		_, err := fmt.Fprintln(streams.Err, r.Error)
		return err
	case len(r.Problems) > 0:
		return strictyaml.Format(streams.Out, r.Problems)
	case quiet:
		return nil
	}
	_, err := fmt.Fprintf(streams.Out, "%s: ok\n", r.File)
	return err
}

// failedChecks sums up what is wrong, nil when nothing is.
func failedChecks(results []checkedFile) error {
	problems, bad, unread := 0, 0, 0
	for _, r := range results {
		problems += len(r.Problems)
		if len(r.Problems) > 0 {
			bad++
		}
		if r.Error != "" {
			unread++
		}
	}
	switch {
	case bad > 0 && unread > 0:
		return fmt.Errorf("%s in %s; %s could not be read", counted(problems, "problem"), counted(bad, "file"), counted(unread, "path"))
	case bad > 0:
		return fmt.Errorf("%s in %s", counted(problems, "problem"), counted(bad, "file"))
	case unread > 0:
		return fmt.Errorf("%s could not be read", counted(unread, "path"))
	}
	return nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

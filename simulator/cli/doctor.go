package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cardsim/simulator/doctor"
)

func newDoctor(streams IO) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor FILE", Short: "Check a database file",
		Long: `Check a database file without changing it: its pages, every row of every table,
the money ledger (each book sums to zero, authorised ≥ captured ≥ refunded), the
counters, and everything that one row says of another. Each problem is printed
with its place and what to do. Values that are stored are never shown.

No simulator may use the file meanwhile: stop it first.

Exits 0 when the file is healthy, 1 when it is not or cannot be read.`,
		Example: `  cardsim doctor cardsim.db
  cardsim doctor --json cardsim.db`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("%s takes the database file to check", cmd.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"db"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, args []string) error {
			report, err := doctor.Examine(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(streams.Out, report)
			} else {
				err = printReport(streams.Out, report)
			}
			if err == nil && !report.Healthy {
				return fmt.Errorf("%q has %s", report.File, counted(len(report.Problems)+report.Omitted, "problem"))
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON: checks, sandboxes, tables and problems")
	return cmd
}

// printReport prints the checks and tables, and below them the problems.
func printReport(w io.Writer, r doctor.Report) error {
	checks, tables := [][]any{{"CHECK", "RESULT"}}, [][]any{{"TABLE", "ROWS", "BYTES"}}
	for _, c := range r.Checks {
		checks = append(checks, []any{c.Name, verdict(c.Problems)})
	}
	for _, t := range r.Tables {
		tables = append(tables, []any{t.Name, t.Rows, t.Bytes})
	}
	var b strings.Builder
	writeTable(&b, checks)
	if len(r.Tables) > 0 {
		b.WriteString("\n")
		writeTable(&b, tables)
	}
	for _, p := range r.Problems {
		fmt.Fprintf(&b, "\n%s: %s %s\n  %s\n", p.Check, place(p), p.Problem, p.Advice)
	}
	b.WriteString(summary(r))
	_, err := io.WriteString(w, b.String())
	return err
}

// writeTable lines up columns.
func writeTable(b *strings.Builder, rows [][]any) {
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		_, _ = fmt.Fprintf(t, strings.Repeat("%v\t", len(row)-1)+"%v\n", row...)
	}
	_ = t.Flush() // a Builder takes everything
}

func verdict(problems int) string {
	if problems == 0 {
		return "good"
	}
	return counted(problems, "problem")
}

// place says where a problem is.
func place(p doctor.Problem) string {
	switch {
	case p.Table == "":
		return "the file:"
	case p.Key == "":
		return "table " + p.Table
	default:
		return fmt.Sprintf("sandbox %s, table %s, key %s", p.Sandbox, p.Table, p.Key)
	}
}

// summary is the last line.
func summary(r doctor.Report) string {
	switch {
	case r.Omitted > 0:
		return fmt.Sprintf("\nand %s more\n", counted(r.Omitted, "problem"))
	case !r.Healthy:
		return ""
	case r.Schema == 0:
		return fmt.Sprintf("\n%s is healthy: nothing was written to it yet\n", r.File)
	}
	sandboxes := "1 sandbox"
	if n := len(r.Sandboxes); n != 1 {
		sandboxes = fmt.Sprintf("%d sandboxes", n)
	}
	last := fmt.Sprintf("\n%s is healthy: %s, schema version %d", r.File, sandboxes, r.Schema)
	if r.Logged {
		return last + "; its program was killed, the next start takes up what is in the log\n"
	}
	return last + "\n"
}

package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
)

func newMessages(streams IO) *cobra.Command {
	var flags worldFlags
	var filters messageFilters
	cmd := &cobra.Command{
		Use: "messages", Short: "Show the outbox: one-time passwords and notifications", Args: noArgs,
		Long: `Show the outbox, newest first: every one-time password and notification. The code
is shown while its challenge runs.`,
		Example: "  cardsim messages --limit 1\n  cardsim messages --channel sms --json",
		RunE: func(*cobra.Command, []string) error {
			return show(streams, &flags, "/messages"+filters.query(), printMessages)
		},
	}
	filters.add(cmd)
	return ofSandbox(cmd, &flags, streams)
}

// messageFilters are what a list of messages is narrowed by.
type messageFilters struct {
	channel, after string
	limit          int
}

func (f *messageFilters) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.channel, "channel", "", "sms, email or webhook")
	fs.StringVar(&f.after, "after", "", "go on behind this id")
	fs.IntVar(&f.limit, "limit", 0, "how many, newest first (default: 1000, the most that a list holds)")
	completeFlag(cmd, "channel", cobra.FixedCompletions([]string{"sms", "email", "webhook"}, cobra.ShellCompDirectiveNoFileComp))
}

// query is the query that asks for it.
func (f *messageFilters) query() string {
	return queryOf(f.limit, map[string]string{"channel": f.channel, "after": f.after})
}

func printMessages(w io.Writer, list admin.List[admin.Message]) error {
	if len(list.Items) == 0 && list.Next == nil {
		_, err := io.WriteString(w, "no messages\n")
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "TIME\tCHANNEL\tTO\tCODE\tFLOW\tTEXT")
	for _, m := range list.Items {
		_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", m.At.UTC().Format(momentFormat), m.Channel, cell(m.To), orDash(m.Code), orDash(m.Flow),
			cell(strings.Join(strings.Fields(m.Text), " ")))
	}
	if err := tw.Flush(); err != nil || list.Next == nil {
		return err
	}
	_, err := fmt.Fprintf(w, "more: --after %s\n", *list.Next)
	return err
}

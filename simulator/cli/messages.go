package cli

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
)

func newMessages(streams IO) *cobra.Command {
	var flags worldFlags
	var channel string
	cmd := &cobra.Command{
		Use: "messages", Short: "Show the outbox: one-time passwords and notifications", Args: noArgs,
		Long: `Show the outbox, newest first: every one-time password and notification. The code
is shown while its challenge runs.`,
		Example: "  cardsim messages\n  cardsim messages --channel sms --json",
		RunE: func(*cobra.Command, []string) error {
			path := flags.path("/messages")
			if channel != "" {
				path += "?" + url.Values{"channel": {channel}}.Encode()
			}
			var list admin.List[admin.Message]
			if err := flags.client().call(message{method: http.MethodGet, path: path}, &list); err != nil {
				return err
			}
			if flags.asJSON {
				return printJSON(streams.Out, list)
			}
			return printMessages(streams.Out, list.Items)
		},
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&channel, "channel", "", "sms, email or webhook")
	completeFlag(cmd, "channel", cobra.FixedCompletions([]string{"sms", "email", "webhook"}, cobra.ShellCompDirectiveNoFileComp))
	return journalCommand(cmd, &flags, streams)
}

func printMessages(w io.Writer, list []admin.Message) error {
	if len(list) == 0 {
		_, err := io.WriteString(w, "no messages\n")
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "TIME\tCHANNEL\tTO\tCODE\tFLOW\tTEXT")
	for _, m := range list {
		_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", m.At.UTC().Format(momentFormat), m.Channel, cell(m.To), orDash(m.Code), orDash(m.Flow),
			cell(strings.Join(strings.Fields(m.Text), " ")))
	}
	return tw.Flush()
}

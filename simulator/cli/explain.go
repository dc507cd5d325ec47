package cli

import (
	"fmt"
	"net/url"

	"github.com/spf13/cobra"

	"cardsim/simulator/journal"
)

func newExplain(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "explain ID|last", Short: "Say why a request was answered as it was",
		Long: `Say why a request was answered as it was: the rules that were considered and the
first thing in each that did not match, what won, counters, draws, the clock, and
what the request changed. ID is the journal's; last is the newest request.`,
		Example: "  cardsim explain last\n  cardsim explain r-000012 --json",
		Args:    oneWord("the id of a request, or last"),
		RunE: func(_ *cobra.Command, args []string) error {
			id, err := requestID(&flags, args[0])
			if err != nil {
				return err
			}
			return show(streams, &flags, "/requests/"+url.PathEscape(id)+"/explain", printExplained)
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

// requestID resolves last.
func requestID(flags *worldFlags, id string) (string, error) {
	if id != "last" {
		return id, nil
	}
	var newest journal.Page
	if err := flags.client().get(flags.path("/requests?limit=1"), &newest); err != nil {
		return "", err
	}
	if len(newest.Items) == 0 {
		return "", fmt.Errorf("sandbox %s has had no request yet", flags.sandbox)
	}
	return newest.Items[0].ID, nil
}

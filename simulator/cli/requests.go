package cli

import (
	"net/url"
	"strconv"

	"github.com/spf13/cobra"

	"cardsim/simulator/journal"
)

// requestFilters are what a list of requests is narrowed by.
type requestFilters struct {
	operation, flow, card, outcome, state, since, where, text, after string
	limit                                                            int
}

func (f *requestFilters) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.operation, "operation", "", "operation id, or a pattern such as 'acehub.*'")
	fs.StringVar(&f.flow, "flow", "", "id of a journey: everything that belongs to one card's way through the four companies")
	fs.StringVar(&f.card, "card", "", "last four digits, or first six and last four: 400000…1091")
	fs.StringVar(&f.outcome, "outcome", "", "name of an outcome: approved, declined")
	fs.StringVar(&f.state, "state", "", "in-flight or done")
	fs.StringVar(&f.since, "since", "", "leave out what was received before this instant of the sandbox, RFC 3339")
	fs.StringVar(&f.where, "where", "", `expression over the entry: 'status >= 400 && card.brand == "visa"'`)
	fs.StringVar(&f.text, "text", "", "text that stands anywhere in the entry, headers and bodies included")
	fs.StringVar(&f.after, "after", "", "go on behind this id")
	fs.IntVar(&f.limit, "limit", 0, "how many, newest first (default: 100, of an archive all)")
	completeFlag(cmd, "operation", journaledOperations)
	completeFlag(cmd, "outcome", outcomeNames)
	completeFlag(cmd, "state", cobra.FixedCompletions([]string{string(journal.InFlight), string(journal.Done)}, cobra.ShellCompDirectiveNoFileComp))
}

// query is the query that asks for it.
func (f *requestFilters) query() string {
	return queryOf(f.limit, map[string]string{
		"operation": f.operation, "flow": f.flow, "card": f.card, "outcome": f.outcome, "state": f.state,
		"since": f.since, "where": f.where, "text": f.text, "after": f.after,
	})
}

// queryOf is a query of what is given, beginning with its question mark; nothing for
// nothing.
func queryOf(limit int, given map[string]string) string {
	q := url.Values{}
	for name, value := range given {
		if value != "" {
			q.Set(name, value)
		}
	}
	if limit != 0 {
		q.Set("limit", strconv.Itoa(limit))
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

func newRequests(streams IO) *cobra.Command {
	var flags worldFlags
	var filters requestFilters
	var har string
	cmd := &cobra.Command{
		Use: "requests", Short: "Show what was sent and answered: the journal", Args: noUnknownVerb,
		Long: `Show the journal, newest first: every request to a provider and every step of a
browser, masked. 'requests show' prints one with its messages, 'explain' says why it
was answered as it was.`,
		Example: `  cardsim requests --operation 'acehub.*' --where 'status >= 400'
  cardsim requests --card 1091 --limit 5
  cardsim requests --flow 1f0c9a0b2d3e4f50 --json
  cardsim requests --har journey.har`,
		RunE: func(*cobra.Command, []string) error {
			if har != "" {
				return saveArchive(streams.Out, &flags, filters.query(), har)
			}
			return show(streams, &flags, "/requests"+filters.query(), printRequests)
		},
	}
	filters.add(cmd)
	cmd.Flags().StringVar(&har, "har", "", "write an HTTP Archive (HAR 1.2) to this file instead, - for standard output")
	cmd.AddCommand(newRequestsShow(streams), newRequestsClear(streams))
	return ofSandbox(cmd, &flags, streams)
}

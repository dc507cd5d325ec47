package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"cardsim/scenarios"
	"cardsim/simulator/admin"
	"cardsim/simulator/journal"
)

// waitFlags are what is waited for.
type waitFlags struct {
	worldFlags
	search  admin.Search
	count   int
	timeout time.Duration
}

// grace is how much longer than the wait the answer to it may take.
const grace = 30 * time.Second

func newWait(streams IO) *cobra.Command {
	var flags waitFlags
	cmd := &cobra.Command{
		Use: "wait", Short: "Wait until requests have come that fit", Args: noArgs,
		Long: `Wait until enough requests have come that fit, and print them. What has come before
counts, too. A request counts once it is answered; one that still hangs counts only
where --where speaks of state. Exits 1 at the deadline, and prints the entries that
come closest.`,
		Example: `  cardsim wait --operation acehub.payment.create --where 'outcome == "approved"'
  cardsim wait --operation 'cardinal.*' --count 2 --timeout 1m
  cardsim wait --where 'state == "in-flight" && path contains "/payments"'`,
		RunE: func(*cobra.Command, []string) error { return wait(streams, &flags) },
	}
	fs := cmd.Flags()
	fs.StringVar(&flags.search.Operation, "operation", "", "operation id, or a pattern such as 'acehub.*'")
	fs.StringVar(&flags.search.Where, "where", "", `expression over the entry: 'outcome == "approved"'`)
	fs.StringVar(&flags.search.Flow, "flow", "", "id of a journey")
	fs.IntVar(&flags.count, "count", 1, "how many requests")
	fs.DurationVar(&flags.timeout, "timeout", 10*time.Second, "how long, by this machine's time, 5m at most")
	completeFlag(cmd, "operation", journaledOperations)
	return ofSandbox(cmd, &flags.worldFlags, streams)
}

func wait(streams IO, flags *waitFlags) error {
	flags.search.Count, flags.search.Timeout = &flags.count, flags.timeout.String()
	body, err := json.Marshal(flags.search)
	if err != nil {
		return fmt.Errorf("encode the search: %w", err)
	}
	c := flags.client()
	c.http.Timeout = flags.timeout + grace
	a, err := c.send(message{method: http.MethodPost, path: flags.path("/requests/wait"), media: "application/json", body: body})
	if err != nil {
		return err
	}
	switch a.code {
	case http.StatusOK:
		return printFound(streams, flags.asJSON, a)
	case http.StatusRequestTimeout:
		return printLate(streams, flags.asJSON, a)
	default:
		return problemsOf(a)
	}
}

func printFound(streams IO, asJSON bool, a answer) error {
	var found admin.Found
	if err := a.into(&found); err != nil {
		return err
	}
	if asJSON {
		return printJSON(streams.Out, found)
	}
	return printRequests(streams.Out, journal.Page{Items: found.Items})
}

func printLate(streams IO, asJSON bool, a answer) error {
	var late admin.WaitTimeout
	if err := a.into(&late); err != nil {
		return err
	}
	failure := []scenarios.Failure{{Message: late.Detail, Closest: late.Closest}}
	print := func() error { return printFailures(streams.Out, failure) }
	if asJSON {
		print = func() error { return printJSON(streams.Out, late) }
	}
	if err := print(); err != nil {
		return err
	}
	return errors.New("waited in vain")
}

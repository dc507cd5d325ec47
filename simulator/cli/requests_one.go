package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"github.com/spf13/cobra"
)

func newRequestsShow(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "show ID|last", Short: "Print one request and its answer, masked",
		Example: "  cardsim requests show last\n  cardsim requests show r-000012 --json",
		Args:    oneWord("the id of a request, or last"),
		RunE: func(_ *cobra.Command, args []string) error {
			id, err := requestID(&flags, args[0])
			if err != nil {
				return err
			}
			return show(streams, &flags, "/requests/"+url.PathEscape(id), printRequest)
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

func newRequestsClear(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "clear", Short: "Empty the journal of a sandbox, and nothing else of it", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			a, err := flags.client().send(message{method: http.MethodDelete, path: flags.path("/requests")})
			if err != nil {
				return err
			}
			if a.code != http.StatusNoContent {
				return problemOf(a.status, a.body)
			}
			if flags.asJSON {
				return printJSON(streams.Out, struct {
					Cleared string `json:"cleared"`
				}{flags.sandbox})
			}
			_, err = fmt.Fprintf(streams.Out, "Emptied the journal of sandbox %s.\n", flags.sandbox)
			return err
		},
	}
	return ofSandbox(cmd, &flags, streams)
}

// saveArchive writes the chosen requests to a file as an HTTP Archive.
func saveArchive(out io.Writer, flags *worldFlags, query, file string) error {
	var har json.RawMessage
	if err := flags.client().call(message{method: http.MethodGet, path: flags.path("/requests/har" + query)}, &har); err != nil {
		return err
	}
	if file == "-" {
		return printJSON(out, har)
	}
	if err := os.WriteFile(file, append(har, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the archive: %w", err)
	}
	if flags.asJSON {
		return printJSON(out, struct {
			HAR string `json:"har"`
		}{file})
	}
	_, err := fmt.Fprintf(out, "Wrote %s.\n", file)
	return err
}

package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
)

func newHealth(io IO) *cobra.Command {
	var flags clientFlags
	cmd := &cobra.Command{
		Use: "health", Short: "Ask a running simulator how it is", Args: noArgs,
		Long: "Ask a running simulator how it is. Exits 1 when none answers, or it is not ready.",
		RunE: func(*cobra.Command, []string) error {
			var h admin.Health
			if err := flags.client().get("/health", &h); err != nil {
				return err
			}
			if flags.asJSON {
				return printJSON(io.Out, h)
			}
			up := time.Duration(h.UptimeSeconds * float64(time.Second)).Round(time.Second)
			_, err := fmt.Fprintf(io.Out, "%s, version %s, up %s\nproviders %s\nadmin     %s\n", h.Status, h.Version, up, h.URL, h.AdminURL)
			return err
		},
	}
	flags.add(cmd)
	return withEnv(cmd, io)
}

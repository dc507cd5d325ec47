package cli

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"cardsim/simulator"
	"cardsim/simulator/demo"
)

func newDemo(io IO) *cobra.Command {
	var at, adminURL, adminToken string
	var shop shopFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Watch one payment walk through all four companies",
		Long: `Walk the eight steps of a cardholder-initiated payment and print every message,
masked: 3-D Secure with the issuer's challenge, a network token's cryptogram, the
authorisation. Without flags it starts a simulator of its own, on free ports,
that leaves nothing behind. Exits 0 only when the payment was authorised.

With --shop it serves a small shop instead, with a simulator and its console
beside it, until it is interrupted.`,
		Example: "  cardsim demo\n  cardsim demo --shop\n  cardsim demo --url http://127.0.0.1:7710 --admin-url http://127.0.0.1:7711",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			o := demo.Options{AdminURL: adminURL, AdminToken: adminToken, Out: io.Out, URL: strings.TrimRight(at, "/"), Fresh: true}
			if shop.on {
				return shop.run(ctx, at, adminURL, io)
			}
			if at == "" && adminURL == "" {
				return demoAlone(ctx, o)
			}
			if at == "" || adminURL == "" {
				return usagef("--url and --admin-url go together: the demo reads credentials and the outbox from the admin API")
			}
			if u, err := url.Parse(at); err != nil || u.Host == "" {
				return usagef("--url %q: an address looks like http://127.0.0.1:7710", at)
			}
			return demo.Run(ctx, o)
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&at, "url", "", "use the running simulator whose providers are here")
	fs.StringVar(&adminURL, "admin-url", "", "the admin API of that simulator")
	fs.StringVar(&adminToken, "admin-token", "", "its token, if it asks for one")
	shop.add(cmd)
	return withEnv(cmd, io)
}

// demoAlone runs the demo against a simulator of its own.
func demoAlone(ctx context.Context, o demo.Options) error {
	s, err := simulator.New(simulator.Config{Version: Version(), Commit: Commit()})
	if err != nil {
		return err
	}
	o.AdminURL, o.URL, o.Fresh = s.AdminURL(), s.URL(), false
	return errors.Join(demo.Run(ctx, o), s.Close())
}

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

// demoFlags say what the demo shows, and against which simulator.
type demoFlags struct {
	at, adminURL, adminToken, scenario string
	shop                               shopFlags
}

func newDemo(io IO) *cobra.Command {
	var flags demoFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Watch one payment walk through all four companies",
		Long: `Walk the eight steps of a cardholder-initiated payment and print every message,
masked: 3-D Secure with the issuer's challenge, a network token's cryptogram, the
authorisation. Without flags it starts a simulator of its own, on free ports,
that leaves nothing behind. Exits 0 only when the payment was authorised.

With --scenario it plays a failure story instead, as an honest shop lives through
it, and says at each message what the scenario did. Exits 0 only when the story
ended as the scenario's expect says. 'cardsim scenarios' lists the shipped ones; a
file is played by a checkout, and by a second one when the first comes to nothing.
In a running simulator the story gets a sandbox of its own: the scenarios that are
in force there stay as they are.

With --shop it serves a small shop instead, with a simulator and its console
beside it, until it is interrupted.`,
		Example: `  cardsim demo
  cardsim demo --scenario decline-then-approve
  cardsim demo --scenario ./my-story.yaml
  cardsim demo --shop
  cardsim demo --url http://127.0.0.1:7710 --admin-url http://127.0.0.1:7711`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if ctx == nil {
				ctx = context.Background()
			}
			return flags.run(ctx, io)
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&flags.scenario, "scenario", "", "play this failure story: a shipped scenario's name, or a file")
	fs.StringVar(&flags.at, "url", "", "use the running simulator whose providers are here")
	fs.StringVar(&flags.adminURL, "admin-url", "", "the admin API of that simulator")
	fs.StringVar(&flags.adminToken, "admin-token", "", "its token, if it asks for one")
	flags.shop.add(cmd)
	_ = cmd.RegisterFlagCompletionFunc("scenario", completeStory) // it fails for an unknown flag only
	return withEnv(cmd, io)
}

// run shows the shop, a story or the payment.
func (f *demoFlags) run(ctx context.Context, io IO) error {
	if f.shop.on {
		if f.scenario != "" {
			return usagef("--shop and --scenario do not go together: choose the scenario in the console beside the shop")
		}
		return f.shop.run(ctx, f.at, f.adminURL, io)
	}
	show := demo.Run
	if f.scenario != "" {
		s, err := readStory(f.scenario, io.Err)
		if err != nil {
			return err
		}
		show = func(ctx context.Context, o demo.Options) error { return tell(ctx, o, s) }
	}
	o := demo.Options{AdminURL: f.adminURL, AdminToken: f.adminToken, Out: io.Out, URL: strings.TrimRight(f.at, "/"), Fresh: true}
	if f.at == "" && f.adminURL == "" {
		return demoAlone(ctx, o, show)
	}
	if f.at == "" || f.adminURL == "" {
		return usagef("--url and --admin-url go together: the demo reads credentials and the outbox from the admin API")
	}
	if u, err := url.Parse(f.at); err != nil || u.Host == "" {
		return usagef("--url %q: an address looks like http://127.0.0.1:7710", f.at)
	}
	return show(ctx, o)
}

// demoAlone shows it against a simulator of its own.
func demoAlone(ctx context.Context, o demo.Options, show func(context.Context, demo.Options) error) error {
	s, err := simulator.New(simulator.Config{Version: Version(), Commit: Commit()})
	if err != nil {
		return err
	}
	o.AdminURL, o.URL, o.Fresh = s.AdminURL(), s.URL(), false
	return errors.Join(show(ctx, o), s.Close())
}

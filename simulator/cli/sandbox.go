package cli

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
	"cardsim/simulator/clock"
)

func newSandbox(streams IO) *cobra.Command {
	cmd := &cobra.Command{
		Use: "sandbox", Short: "Make and look after the sandboxes of a running simulator", Args: noUnknownVerb,
		Long: `A sandbox is a world of its own: merchants, cards, tokens, payments, journal, outbox,
clock, seed and scenarios. The provider's own credentials pick it, so code under test
needs no more than the variables that 'sandbox env' prints.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSandboxCreate(streams), newSandboxList(streams), newSandboxShow(streams),
		newSandboxDelete(streams), newSandboxReset(streams), newSandboxEnv(streams))
	return cmd
}

func newSandboxList(streams IO) *cobra.Command {
	var flags clientFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the sandboxes, newest first", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			all, err := listSandboxes(flags.client())
			if err != nil {
				return err
			}
			if flags.asJSON {
				return printJSON(streams.Out, admin.List[admin.Sandbox]{Items: all})
			}
			return printSandboxes(streams.Out, all)
		},
	}
	flags.add(cmd)
	return withEnv(cmd, streams)
}

// listSandboxes reads the list page by page.
func listSandboxes(c *client) ([]admin.Sandbox, error) {
	all, path := []admin.Sandbox{}, "/api/v1/sandboxes"
	for {
		var page admin.List[admin.Sandbox]
		if err := c.get(path, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if page.Next == nil {
			return all, nil
		}
		path = "/api/v1/sandboxes?after=" + url.QueryEscape(*page.Next)
	}
}

func newSandboxShow(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "show [SANDBOX]", Short: "Show one sandbox", Args: oneSandbox,
		RunE: func(_ *cobra.Command, args []string) error {
			flags.take(args)
			return show(streams, &flags, "", printSandbox)
		},
	}
	return sandboxCommand(cmd, &flags, streams)
}

func newSandboxDelete(streams IO) *cobra.Command {
	var flags clientFlags
	cmd := &cobra.Command{
		Use: "delete SANDBOX...", Short: "Delete sandboxes with all that is in them",
		Long: `Delete sandboxes with all that is in them. Their credentials are refused from then
on. The default sandbox cannot be deleted: reset it.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("%s takes the names of sandboxes ('cardsim sandbox list' shows them)", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			for _, id := range args {
				a, err := flags.client().send(message{method: http.MethodDelete, path: sandboxPath(id)})
				if err != nil {
					return err
				}
				if a.code != http.StatusNoContent {
					return problemOf(a.status, a.body)
				}
				if _, err := fmt.Fprintf(streams.Out, "Deleted sandbox %s.\n", id); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags.add(cmd)
	cmd.ValidArgsFunction = completeSandboxes(&flags)
	return withEnv(cmd, streams)
}

func newSandboxReset(streams IO) *cobra.Command {
	var flags worldFlags
	cmd := &cobra.Command{
		Use: "reset [SANDBOX]", Short: "Empty one sandbox",
		Long: `Empty one sandbox: tokens, payments, cardholders, transactions, outbox and journal
go, counters begin again. Seed, credentials, settings, clock and scenarios stay.`,
		Args: oneSandbox,
		RunE: func(_ *cobra.Command, args []string) error {
			flags.take(args)
			var s admin.Sandbox
			if err := flags.client().call(message{method: http.MethodPost, path: flags.path("/reset")}, &s); err != nil {
				return err
			}
			if flags.asJSON {
				return printJSON(streams.Out, s)
			}
			_, err := fmt.Fprintf(streams.Out, "Emptied sandbox %s.\n", s.ID)
			return err
		},
	}
	return sandboxCommand(cmd, &flags, streams)
}

// sandboxCommand finishes a command of one sandbox, named by argument or flag.
func sandboxCommand(cmd *cobra.Command, flags *worldFlags, streams IO) *cobra.Command {
	cmd.ValidArgsFunction = completeSandboxes(&flags.clientFlags)
	return ofSandbox(cmd, flags, streams)
}

func oneSandbox(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef("%s takes one sandbox, got %d", cmd.CommandPath(), len(args))
	}
	return nil
}

// take lets the argument, if there is one, beat the flag.
func (f *worldFlags) take(args []string) {
	if len(args) > 0 {
		f.sandbox = args[0]
	}
}

// read asks for one sandbox.
func (f *worldFlags) read(args []string) (admin.Sandbox, error) {
	f.take(args)
	var s admin.Sandbox
	return s, f.client().get(f.path(""), &s)
}

func sandboxPath(id string) string { return "/api/v1/sandboxes/" + url.PathEscape(id) }

func printSandboxes(w io.Writer, all []admin.Sandbox) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "SANDBOX\tSEED\tCLOCK\tSCENARIOS\tFROM")
	for _, s := range all {
		scenarios := strings.Join(s.Scenarios, ", ")
		if scenarios == "" {
			scenarios = "-"
		}
		_, _ = fmt.Fprintf(tw, "%s\t%d\t%s\t%s\t%s\n", s.ID, s.Seed, clockText(s.Clock), scenarios, originText(s))
	}
	return tw.Flush()
}

func clockText(c admin.Clock) string {
	if c.Mode == clock.Frozen {
		return "frozen at " + c.Now.Format(time.RFC3339)
	}
	return "real"
}

func originText(s admin.Sandbox) string {
	if s.Created {
		return "create"
	}
	return "fixtures"
}

func printSandbox(w io.Writer, s admin.Sandbox) error {
	if err := printSandboxes(w, []admin.Sandbox{s}); err != nil {
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(tw, "\nPROVIDER\tCREDENTIAL\tVALUE")
	for _, provider := range sortedNames(s.Credentials) {
		for _, name := range sortedNames(s.Credentials[provider]) {
			value := s.Credentials[provider][name]
			if name == "publicKey" {
				value = "(as 'cardsim sandbox env' prints it)"
			}
			_, _ = fmt.Fprintf(tw, "%s\t%s\t%s\n", provider, name, value)
		}
	}
	return tw.Flush()
}

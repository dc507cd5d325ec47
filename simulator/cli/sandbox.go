package cli

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
)

func newSandbox(streams IO) *cobra.Command {
	cmd := &cobra.Command{
		Use: "sandbox", Short: "Look at the sandboxes of a running simulator", Args: noUnknownVerb,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newSandboxEnv(streams))
	return cmd
}

// newSandboxEnv prints the variables of interface §5.
func newSandboxEnv(streams IO) *cobra.Command {
	var flags clientFlags
	var format string
	cmd := &cobra.Command{
		Use:   "env [SANDBOX]",
		Short: "Print the variables that point your code at a sandbox",
		Example: `  eval "$(cardsim sandbox env)"
  cardsim sandbox env default --format dotenv > .env`,
		Args: cobra.MatchAll(func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("%s takes one sandbox, got %d", cmd.CommandPath(), len(args))
			}
			return nil
		}),
		RunE: func(_ *cobra.Command, args []string) error {
			id := "default"
			if len(args) == 1 {
				id = args[0]
			}
			var s admin.Sandbox
			if err := flags.client().get("/api/v1/sandboxes/"+url.PathEscape(id), &s); err != nil {
				return err
			}
			if flags.asJSON {
				return printJSON(streams.Out, s.Env)
			}
			return printEnv(streams.Out, format, s.Env)
		},
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&format, "format", "shell", "shell (export lines) or dotenv")
	return withEnv(cmd, streams)
}

func printEnv(w io.Writer, format string, env map[string]string) error {
	prefix := ""
	switch format {
	case "shell":
		prefix = "export "
	case "dotenv":
	default:
		return usagef("--format %q: it is shell or dotenv", format)
	}
	names := make([]string, 0, len(env))
	for name := range env {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, err := fmt.Fprintf(w, "%s%s='%s'\n", prefix, name, strings.ReplaceAll(env[name], "'", `'\''`)); err != nil {
			return err
		}
	}
	return nil
}

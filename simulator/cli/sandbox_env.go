package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// newSandboxEnv prints the variables of interface §5.
func newSandboxEnv(streams IO) *cobra.Command {
	var flags worldFlags
	var format string
	cmd := &cobra.Command{
		Use:   "env [SANDBOX]",
		Short: "Print the variables that point your code at a sandbox",
		Example: `  eval "$(cardsim sandbox env)"
  cardsim sandbox env default --format dotenv > .env
  cardsim sandbox env team-a --format fish | source
  cardsim sandbox env team-a --format powershell | Invoke-Expression`,
		Args: oneSandbox,
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := flags.read(args)
			if err != nil {
				return err
			}
			if flags.asJSON {
				format = "json"
			}
			return printEnv(streams.Out, format, s.Env)
		},
	}
	cmd.Flags().StringVar(&format, "format", "shell", "shell (export lines), dotenv, fish, powershell or json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(sortedNames(envLine), cobra.ShellCompDirectiveNoFileComp))
	return sandboxCommand(cmd, &flags, streams)
}

// envLine writes one variable in a format; json is no format of lines.
var envLine = map[string]func(name, value string) string{
	"shell":  func(name, value string) string { return "export " + name + "=" + quoteShell(value) },
	"dotenv": func(name, value string) string { return name + "=" + quoteShell(value) },
	"fish": func(name, value string) string {
		return "set -gx " + name + " '" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
	},
	"powershell": func(name, value string) string {
		return "$env:" + name + " = '" + strings.ReplaceAll(value, "'", "''") + "'"
	},
	"json": nil,
}

func quoteShell(value string) string { return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'" }

func printEnv(w io.Writer, format string, env map[string]string) error {
	line, known := envLine[format]
	if !known {
		return usagef("--format %q: it is shell, dotenv, fish, powershell or json", format)
	}
	if line == nil {
		return printJSON(w, env)
	}
	for _, name := range sortedNames(env) {
		if _, err := fmt.Fprintln(w, line(name, env[name])); err != nil {
			return err
		}
	}
	return nil
}

// sortedNames are the keys of a map in order.
func sortedNames[K cmp.Ordered, V any](m map[K]V) []K {
	names := make([]K, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

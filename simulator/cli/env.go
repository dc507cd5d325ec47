package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// envName is the environment twin of a flag: --ready-file is CARDSIM_READY_FILE.
func envName(flag string) string {
	return "CARDSIM_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// withEnv gives every flag of the command its environment twin: the flag beats
// the environment, the environment beats the default. A repeatable flag's twin
// holds its values with commas between.
func withEnv(cmd *cobra.Command, io IO) *cobra.Command {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		f.Usage += " [" + envName(f.Name) + "]"
	})
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		var err error
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			value, set := io.Env(envName(f.Name))
			if err != nil || f.Changed || !set || value == "" || f.Name == "help" {
				return
			}
			if setErr := setFlag(f, value); setErr != nil {
				err = usageError{fmt.Errorf("%s=%q: %w", envName(f.Name), value, setErr)}
			}
		})
		return err
	}
	return cmd
}

func setFlag(f *pflag.Flag, value string) error {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return list.Replace(strings.Split(value, ","))
	}
	if err := f.Value.Set(value); err != nil {
		if f.Value.Type() == "bool" {
			return errors.New("it is true or false")
		}
		return err
	}
	return nil
}

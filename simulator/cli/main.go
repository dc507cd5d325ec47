package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// IO is what a command may touch of the process it runs in.
type IO struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	Env func(name string) (string, bool)
}

// The exit codes of interface §1.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// usageError is a mistake in how the program was called.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }

func (e usageError) Unwrap() error { return e.err }

// usagef makes a usageError.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// Main runs the program with its arguments, without the program's name, and
// returns the exit code: 0 ok, 1 failed, 2 called wrongly; exec has its own beside
// these.
func Main(args []string, io IO) int {
	root := newRoot(io)
	root.SetArgs(args)
	cmd, err := root.ExecuteC()
	if err == nil {
		return exitOK
	}
	if code, silent := exitCode(err); silent {
		return code
	}
	_, _ = fmt.Fprintf(io.Err, "cardsim: %v\n", err)
	var usage usageError
	if errors.As(err, &usage) {
		_, _ = fmt.Fprintf(io.Err, "Run '%s --help' for what it takes.\n", cmd.CommandPath())
		return exitUsage
	}
	return exitFailed
}

func newRoot(io IO) *cobra.Command {
	root := &cobra.Command{
		Use:   "cardsim",
		Short: "Four payment companies in one offline program",
		Long: `cardsim stands in for Cardtokens (network tokens), AceHub (payment gateway),
Cardinal (3-D Secure) and Zeta Cipher (the issuer), so that code that integrates
them can be tested offline. One card lives in all four, and each checks what the
others issued.

  cardsim demo     watch one payment walk through all four
  cardsim serve    start the simulator and point your own code at it`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noUnknownVerb,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(io.Out)
	root.SetErr(io.Err)
	root.SetIn(io.In)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.CompletionOptions.HiddenDefaultCmd = false
	root.AddCommand(newServe(io), newExec(io), newDemo(io), newCards(io), newHealth(io), newSandbox(io), newExport(io), newImport(io), newDoctor(io), newVersion(io),
		newScenario(io), newClock(io), newRequests(io), newExplain(io), newWait(io), newMessages(io), newVerify(io),
		newValidate(io), newSchema(io), newOutcomes(io), newOperations(io), newScenarios(io))
	return root
}

// noUnknownVerb turns a misspelt verb into a usage error with a suggestion.
func noUnknownVerb(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2 // letters that may differ
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("there is no command %q: did you mean %q?", args[0], near[0])
	}
	return usagef("there is no command %q", args[0])
}

// noArgs refuses positional arguments as a usage error.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, got %q", cmd.CommandPath(), args[0])
	}
	return nil
}

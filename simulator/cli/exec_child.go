package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"syscall"

	"github.com/spf13/pflag"
)

// What exec exits with beside the command's own codes; the last two as shells do.
const (
	exitUnmet         = 3
	exitNotExecutable = 126
	exitNotFound      = 127
	exitSignal        = 128 // and the number of the signal that ended the command
)

// child is the command that exec runs.
type child struct {
	args    []string
	env     map[string]string
	streams IO
}

// run starts the command and returns its exit code once it has ended. Signals
// are passed on: the simulator outlives the command.
func (c child) run(ctx context.Context) (int, error) {
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...) //nolint:gosec // running what the user says is its purpose
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.streams.In, c.streams.Out, c.streams.Err
	cmd.Env = os.Environ()
	for _, name := range slices.Sorted(maps.Keys(c.env)) {
		cmd.Env = append(cmd.Env, name+"="+c.env[name])
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		_, _ = fmt.Fprintf(c.streams.Err, "cardsim: %s cannot be run: %v\n", c.args[0], err)
		return lookPathCode(err), nil
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			if !fromTerminal(s, c.streams) {
				_ = cmd.Process.Signal(s) // it may have ended meanwhile
			}
		case err := <-ended:
			return codeOf(err)
		}
	}
}

// fromTerminal says that a signal was typed: then the terminal has sent it to the
// command as well, and twice would mean "now" to many of them.
func fromTerminal(s os.Signal, streams IO) bool {
	in, ok := streams.In.(*os.File)
	return ok && onTerminal(in) && (s == syscall.SIGINT || s == syscall.SIGQUIT)
}

func codeOf(err error) (int, error) {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return exitOK, nil
	case !errors.As(err, &exit):
		return 0, fmt.Errorf("run the command: %w", err)
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return exitSignal + int(status.Signal()), nil
	}
	return exit.ExitCode(), nil
}

// redefault gives a flag another default than serve's.
func redefault(fs *pflag.FlagSet, name, value string) {
	f := fs.Lookup(name)
	f.DefValue = value
	_ = f.Value.Set(value) // a value of the flag's own type
}

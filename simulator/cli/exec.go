package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"cardsim/simulator"
)

// execFlags are those of serve, and what only exec has.
type execFlags struct {
	serveFlags
	shards int
}

func newExec(streams IO) *cobra.Command {
	var flags execFlags
	cmd := &cobra.Command{
		Use:   "exec [flags] -- COMMAND [ARG...]",
		Short: "Run a command, a test suite say, against a simulator of its own",
		Long: `Start a simulator on free ports, run a command with the addresses and credentials
in its environment, stop the simulator, and exit as the command did. Nothing is
kept unless --data is given.

The command's standard streams are its own, signals are passed on to it. When it
succeeded, but an expect of the active scenarios did not hold, the exit code is 3
and standard error says what was missing.

With --shards N there are N further sandboxes, whose variables begin with
CARDSIM_SHARD_0_, CARDSIM_SHARD_1_ and so on: one for each parallel worker of a
test runner. They begin as the default sandbox does.`,
		Example: `  cardsim exec -- go test ./...
  cardsim exec --scenario decline-then-approve -- npm test
  cardsim exec --shards 4 -- pytest -n 4
  cardsim exec -- env | grep -E 'CARDSIM|CARDTOKENS|ACEHUB|CARDINAL|CIPHER'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef("which command shall run? For example: cardsim exec -- go test ./...")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("ephemeral") {
				flags.ephemeral = !cmd.Flags().Changed("data")
			}
			cfg, err := flags.config(streams)
			if err != nil {
				return err
			}
			if flags.shards < 0 {
				return usagef("--shards %d: it is a number of sandboxes, 0 or more", flags.shards)
			}
			return execute(cmd.Context(), cfg, flags.shards, child{args: args, streams: streams})
		},
	}
	flags.add(cmd)
	fs := cmd.Flags()
	fs.IntVar(&flags.shards, "shards", 0, "further sandboxes for parallel workers, each with its own credentials")
	for name, value := range map[string]string{"listen": freePort, "admin": freePort, "ephemeral": "true", "log-level": "warn"} {
		redefault(fs, name, value)
	}
	fs.SetInterspersed(false) // what follows the command is its own
	return withEnv(cmd, streams)
}

// execute runs the command beside a simulator and judges how it went.
func execute(ctx context.Context, cfg simulator.Config, shards int, c child) (err error) {
	if ctx == nil {
		ctx = context.Background()
	}
	ease(c.streams)
	s, err := simulator.New(cfg)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := s.Close(); err == nil {
			err = closeErr
		}
	}()
	if c.env, err = environment(s, cfg, shards); err != nil {
		return err
	}
	code, err := c.run(ctx)
	if err != nil {
		return err
	}
	if code != exitOK {
		return exitError{code: code}
	}
	return unmet(s, c.streams)
}

// environment is what the command gets: the default sandbox's variables, and
// those of each shard behind its prefix.
func environment(s *simulator.Simulator, cfg simulator.Config, shards int) (map[string]string, error) {
	env, err := s.Env()
	if err != nil || shards == 0 {
		return env, err
	}
	env["CARDSIM_SHARDS"] = strconv.Itoa(shards)
	for i := range shards {
		id := fmt.Sprintf("shard-%d", i)
		if err := s.DeleteSandbox(id); err != nil && !simulator.IsNoSandbox(err) { // of an earlier run on the same --data
			return nil, fmt.Errorf("empty shard %d: %w", i, err)
		}
		made, err := s.CreateSandbox(simulator.SandboxOptions{
			ID: id, Seed: cfg.Seed, Clock: cfg.Clock, Scenarios: cfg.Scenarios,
		})
		if err != nil {
			return nil, fmt.Errorf("make shard %d: %w", i, err)
		}
		for name, value := range made.Env {
			env[fmt.Sprintf("CARDSIM_SHARD_%d_%s", i, name)] = value
		}
	}
	return env, nil
}

// unmet prints every expectation of an active scenario that does not hold.
func unmet(s *simulator.Simulator, streams IO) error {
	verdicts := s.Unmet()
	for _, v := range verdicts {
		if _, err := fmt.Fprintf(streams.Err, "cardsim: sandbox %s is not as its scenarios expect:\n", v.Sandbox); err != nil {
			return fmt.Errorf("say what was expected: %w", err)
		}
		if err := printFailures(streams.Err, v.Failures); err != nil {
			return err
		}
	}
	if len(verdicts) > 0 {
		return exitError{code: exitUnmet}
	}
	return nil
}

// exitError ends the program with a code and no further word.
type exitError struct{ code int }

func (e exitError) Error() string { return "exit code " + strconv.Itoa(e.code) }

// exitCode is the code of an error that says nothing more.
func exitCode(err error) (int, bool) {
	var e exitError
	if errors.As(err, &e) {
		return e.code, true
	}
	return 0, false
}

// freePort lets the machine choose.
const freePort = "127.0.0.1:0"

// lookPathCode tells a missing command from one that may not be run, as shells do.
func lookPathCode(err error) int {
	if errors.Is(err, os.ErrPermission) {
		return exitNotExecutable
	}
	return exitNotFound
}

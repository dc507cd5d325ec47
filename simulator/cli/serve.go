package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"cardsim/simulator"
)

func newServe(io IO) *cobra.Command {
	var flags serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the simulator until it is interrupted",
		Long: `Run the simulator until SIGINT or SIGTERM. One line on stdout says when both
listeners accept and where. Flags beat environment variables, which beat the
defaults.`,
		Example: `  cardsim serve
  cardsim serve --ephemeral --listen 127.0.0.1:0 --admin 127.0.0.1:0 --ready-file ready.json
  cardsim serve --clock 2026-01-02T03:04:05Z --seed 7 --data seven.db`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := flags.config(io)
			if err != nil {
				return err
			}
			return serve(cmd.Context(), cfg, io)
		},
	}
	flags.add(cmd)
	return withEnv(cmd, io)
}

// serve runs a simulator until a signal comes or a listener fails.
func serve(ctx context.Context, cfg simulator.Config, io IO) (err error) {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	ease(io)
	s, err := simulator.New(cfg)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := s.Close(); err == nil {
			err = closeErr
		}
	}()
	admin := s.AdminURL()
	if admin == "" {
		admin = "off"
	}
	if _, err := fmt.Fprintf(io.Out, "cardsim ready: providers %s admin %s\n", s.URL(), admin); err != nil {
		return fmt.Errorf("say that it is ready: %w", err)
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-s.Errors():
		return fmt.Errorf("a listener failed: %w", err)
	}
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"cardsim/simulator"
	"cardsim/simulator/shop"
)

// shopWithin is how long running requests of the shop may take at its end.
const shopWithin = 500 * time.Millisecond

// shopFlags say whether and where the shop is served.
type shopFlags struct {
	on                    bool
	shop, listen, console string
}

func (f *shopFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.BoolVar(&f.on, "shop", false, "serve a demo shop, with a simulator and its console, until interrupted")
	fs.StringVar(&f.shop, "shop-listen", "127.0.0.1:7712", "address of the shop")
	fs.StringVar(&f.listen, "listen", "127.0.0.1:7710", "with --shop: address of the providers' APIs")
	fs.StringVar(&f.console, "admin", "127.0.0.1:7711", "with --shop: address of the console and the admin API")
}

// run serves the shop with a simulator of its own.
func (f *shopFlags) run(ctx context.Context, at, adminURL string, io IO) error {
	if at != "" || adminURL != "" {
		return usagef("--shop has a simulator of its own: leave out --url and --admin-url")
	}
	if err := checkAdmin(f.console, ""); err != nil || f.console == "off" {
		return usagef("--shop needs the console on this machine alone: --admin is an address such as 127.0.0.1:7711")
	}
	return runShop(ctx, simulator.Config{Listen: f.listen, Admin: f.console, Version: Version(), Commit: Commit()}, f.shop, io)
}

// openShop listens for the demo shop and says how it is reached: by localhost, so
// that it is another site than the providers' 127.0.0.1, as a shop is in life.
func openShop(address string) (l net.Listener, root string, err error) {
	var lc net.ListenConfig
	if l, err = lc.Listen(context.Background(), "tcp", address); err != nil {
		return nil, "", fmt.Errorf("listen for the shop (--shop-listen %s): %w", address, err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return nil, "", fmt.Errorf("listen for the shop: %w", err)
	}
	return l, "http://localhost:" + port, nil
}

// runShop serves a simulator and a shop beside it until a signal comes.
func runShop(ctx context.Context, cfg simulator.Config, address string, io IO) (err error) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	l, root, err := openShop(address)
	if err != nil {
		return err
	}
	cfg.ShopURL = root
	s, err := simulator.New(cfg)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer func() {
		if closeErr := s.Close(); err == nil {
			err = closeErr
		}
	}()
	env, err := s.Env()
	if err != nil {
		return errors.Join(err, l.Close())
	}
	srv := &http.Server{
		Handler:           shop.New(shop.Options{Env: env, URL: root, ConsoleURL: s.AdminURL(), AdminToken: cfg.AdminToken}),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	var b strings.Builder
	fmt.Fprintf(&b, "shop     %s\nconsole  %s\nproviders %s\n\nOpen the shop, pick a card, pay. Stop with Ctrl-C.\n", root, s.AdminURL(), s.URL())
	if _, err := fmt.Fprint(io.Out, b.String()); err != nil {
		return fmt.Errorf("say where the shop is: %w", err)
	}
	select {
	case <-ctx.Done():
		end, cancel := context.WithTimeout(context.Background(), shopWithin)
		defer cancel()
		if srv.Shutdown(end) != nil {
			return srv.Close()
		}
		return nil
	case err := <-failed:
		return fmt.Errorf("the shop failed: %w", err)
	case err := <-s.Errors():
		return fmt.Errorf("a listener failed: %w", err)
	}
}

package simulator

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// adminOff switches the admin listener off.
const adminOff = "off"

// closeWithin is how long running requests may take to finish at Close.
const closeWithin = 700 * time.Millisecond

// servers are the two listeners. Both are bound before either serves, so that
// nobody meets half a simulator.
type servers struct {
	providers, admin net.Listener
	running          []*http.Server
	failed           chan error
}

func (s *servers) listen(providers, admin string) error {
	var err error
	var lc net.ListenConfig
	ctx := context.Background()
	if s.providers, err = lc.Listen(ctx, "tcp", providers); err != nil {
		return fmt.Errorf("listen for the providers (--listen %s): %w", providers, err)
	}
	if admin == adminOff {
		return nil
	}
	if s.admin, err = lc.Listen(ctx, "tcp", admin); err != nil {
		return fmt.Errorf("listen for the admin API (--admin %s): %w", admin, err)
	}
	return nil
}

// serve starts a server on a listener; ctx is the base of every request's.
func (s *servers) serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) {
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	s.running = append(s.running, srv)
	go func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
	}()
}

// close stops both servers: gently first, then at once.
func (s *servers) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
	defer cancel()
	var errs []error
	for _, srv := range s.running {
		if err := srv.Shutdown(ctx); err != nil {
			errs = append(errs, srv.Close())
		}
	}
	if len(s.running) == 0 { // bound, never served
		for _, l := range []net.Listener{s.providers, s.admin} {
			if l != nil {
				errs = append(errs, l.Close())
			}
		}
	}
	s.running, s.providers, s.admin = nil, nil, nil
	return errors.Join(errs...)
}

// encrypt serves HTTPS on both addresses, beside HTTP.
func (s *servers) encrypt(config *tls.Config) {
	s.providers = newSniffer(s.providers, config)
	if s.admin != nil {
		s.admin = newSniffer(s.admin, config)
	}
}

func (s *servers) providerURL() string { return urlOf(s.providers) }

func (s *servers) adminURL() string { return urlOf(s.admin) }

// urlOf is the root of a listener; one bound to every address is reached by
// loopback.
func urlOf(l net.Listener) string {
	if l == nil {
		return ""
	}
	addr, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return ""
	}
	if addr.IP.IsUnspecified() {
		return fmt.Sprintf("http://127.0.0.1:%d", addr.Port)
	}
	return "http://" + addr.String()
}

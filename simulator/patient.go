package simulator

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"syscall"
	"time"

	"cardsim/simulator/clock"
)

// The waits between two tries to accept a connection.
const (
	firstPatience = 5 * time.Millisecond
	mostPatience  = 500 * time.Millisecond
)

// patient is a listener that lives through a machine that has run out of something:
// it tells the log when connections can no longer be accepted, tries on, and tells
// it when they are accepted again. What is connected is served all the while.
type patient struct {
	net.Listener
	log   *slog.Logger
	open  context.Context
	close context.CancelFunc
}

func newPatient(l net.Listener, log *slog.Logger) *patient {
	open, end := context.WithCancel(context.Background())
	return &patient{Listener: l, log: log, open: open, close: end}
}

// Accept waits for the next connection; its error means that the listener is closed
// or broken for good.
func (p *patient) Accept() (net.Conn, error) {
	for wait := time.Duration(0); ; wait = min(max(firstPatience, 2*wait), mostPatience) {
		c, err := p.Listener.Accept()
		if err == nil || !exhausted(err) {
			if wait > 0 {
				p.log.Info("connections are accepted again", "address", p.Addr().String())
			}
			return c, err
		}
		if wait == 0 {
			p.log.Error("no further connection can be accepted for now; those that are open are served", "address", p.Addr().String(), "error", err)
		}
		if clock.Wait(p.open, max(firstPatience, wait)) != nil {
			return nil, net.ErrClosed
		}
	}
}

// Close stops listening.
func (p *patient) Close() error {
	p.close()
	return p.Listener.Close()
}

// exhausted says that an error passes by itself: too many open files here or on the
// whole machine, no memory, or a client that had gone before it was accepted.
func exhausted(err error) bool {
	for _, passing := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED} {
		if errors.Is(err, passing) {
			return true
		}
	}
	return false
}

// steady makes both listeners patient.
func (s *servers) steady(log *slog.Logger) {
	s.providers = newPatient(s.providers, log)
	if s.admin != nil {
		s.admin = newPatient(s.admin, log)
	}
}

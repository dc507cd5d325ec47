package simulator

import (
	"crypto/tls"
	"net"
	"sync"
	"time"

	"cardsim/simulator/clock"
)

// helloByte is the first byte of every TLS connection; no HTTP method has it.
const helloByte = 0x16

// helloWithin is how long a connection may stay silent before it is closed.
const helloWithin = 10 * time.Second

// sniffer serves HTTP and HTTPS on one address: the first byte tells them apart.
type sniffer struct {
	net.Listener
	config *tls.Config
	ready  chan net.Conn
	done   chan struct{}
	once   sync.Once

	mu     sync.Mutex
	silent map[net.Conn]struct{} // accepted, nothing said yet
	err    error
}

func newSniffer(l net.Listener, config *tls.Config) *sniffer {
	s := &sniffer{Listener: l, config: config, ready: make(chan net.Conn), done: make(chan struct{}), silent: map[net.Conn]struct{}{}}
	go s.accept()
	return s
}

// Accept returns the next connection that has begun to speak.
func (s *sniffer) Accept() (net.Conn, error) {
	select {
	case c := <-s.ready:
		return c, nil
	case <-s.done:
		s.mu.Lock()
		defer s.mu.Unlock()
		return nil, s.err
	}
}

// Close stops listening and closes the connections that have not spoken.
func (s *sniffer) Close() error {
	err := s.Listener.Close()
	s.end(net.ErrClosed)
	return err
}

func (s *sniffer) end(err error) {
	s.once.Do(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.err = err
		for c := range s.silent {
			_ = c.Close() // nobody is told anything by it
		}
		close(s.done)
	})
}

func (s *sniffer) accept() {
	for {
		c, err := s.Listener.Accept()
		if err != nil {
			s.end(err)
			return
		}
		go s.sniff(c)
	}
}

func (s *sniffer) sniff(c net.Conn) {
	if !s.listen(c, true) {
		_ = c.Close()
		return
	}
	var first [1]byte
	_ = c.SetReadDeadline(clock.Machine().Add(helloWithin))
	_, err := c.Read(first[:])
	_ = c.SetReadDeadline(time.Time{})
	if !s.listen(c, false) || err != nil {
		_ = c.Close()
		return
	}
	var out net.Conn = &begun{Conn: c, first: first[:]}
	if first[0] == helloByte {
		out = tls.Server(out, s.config)
	}
	select {
	case s.ready <- out:
	case <-s.done:
		_ = c.Close()
	}
}

// listen keeps or forgets a silent connection; false when the listener has ended.
func (s *sniffer) listen(c net.Conn, silent bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if silent {
		s.silent[c] = struct{}{}
	} else {
		delete(s.silent, c)
	}
	return s.err == nil
}

// begun is a connection whose first byte has been read.
type begun struct {
	net.Conn
	first []byte
}

// Read gives the first byte back.
func (b *begun) Read(p []byte) (int, error) {
	if len(b.first) > 0 && len(p) > 0 {
		p[0], b.first = b.first[0], nil
		return 1, nil
	}
	return b.Conn.Read(p)
}

// NetConn is the connection itself, for faults.
func (b *begun) NetConn() net.Conn { return b.Conn }

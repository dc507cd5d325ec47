package admin

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cardsim/simulator/events"
)

// pipes is a listener in memory, on which a client that does not read holds up the
// very first byte that is written to it.
type pipes struct{ accepted chan net.Conn }

func (p pipes) Accept() (net.Conn, error) {
	conn, ok := <-p.accepted
	if !ok {
		return nil, http.ErrServerClosed
	}
	return conn, nil
}

func (p pipes) Close() error   { return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// dial opens the stream of a served hub and reads the head of the answer.
func (p pipes) dial(t *testing.T) (net.Conn, *bufio.Reader) {
	t.Helper()
	client, server := net.Pipe()
	p.accepted <- server
	if _, err := io.WriteString(client, "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReaderSize(client, 16)
	upTo(t, r, `data: {"kind":"ready"}`)
	return client, r
}

// upTo reads lines up to one.
func upTo(t *testing.T, r *bufio.Reader, want string) (passed int) {
	t.Helper()
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatalf("before %s came %v", want, err)
		}
		if strings.TrimSpace(line) == want {
			return passed
		}
		passed++
	}
}

// inTime serves the events of a hub in a bubble of time.
func inTime(t *testing.T, test func(t *testing.T, hub *events.Hub, p pipes)) {
	synctest.Test(t, func(t *testing.T) {
		a := &API{Options: Options{Events: events.NewHub()}}
		p := pipes{make(chan net.Conn)}
		srv := &http.Server{Handler: http.HandlerFunc(a.streamEvents)}
		served := make(chan error)
		go func() { served <- srv.Serve(p) }()
		test(t, a.Events, p)
		close(p.accepted)
		<-served
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
}

// flood tells of more events than are kept.
func flood(hub *events.Hub) {
	for range 5000 {
		hub.Publish(events.Event{Sandbox: "s", Kind: events.Token, ID: "id", Action: events.Created})
	}
}

// TestSlowClientHoldsNobodyUp: while a client takes nothing, events go on being told;
// when it reads again in time, it hears that it has lost some, and then the next.
func TestSlowClientHoldsNobodyUp(t *testing.T) {
	inTime(t, func(t *testing.T, hub *events.Hub, p pipes) {
		client, r := p.dial(t)
		begun := time.Now()
		hub.Publish(events.Event{Kind: events.Clock, Action: events.Changed})
		synctest.Wait() // the stream is writing this one
		flood(hub)
		if took := time.Since(begun); took != 0 {
			t.Errorf("the teller waited %s", took)
		}
		upTo(t, r, "event: clock")
		upTo(t, r, "event: reset")
		synctest.Wait()
		hub.Publish(events.Event{Kind: events.Payment, Action: events.Created})
		if passed := upTo(t, r, "event: payment"); passed > 6 {
			t.Errorf("behind the reset came %d lines of others", passed)
		}
		if got := hub.Stats(); got.Lost == 0 || got.Readers != 1 {
			t.Errorf("%+v", got)
		}
		_ = client.Close()
		synctest.Wait()
		if got := hub.Stats(); got.Readers != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// TestStuckClientIsDisconnected: after ten seconds in which it took nothing.
func TestStuckClientIsDisconnected(t *testing.T) {
	inTime(t, func(t *testing.T, hub *events.Hub, p pipes) {
		client, r := p.dial(t)
		hub.Publish(events.Event{Kind: events.Clock, Action: events.Changed})
		time.Sleep(patience - time.Millisecond)
		if got := hub.Stats(); got.Readers != 1 {
			t.Errorf("given up too soon: %+v", got)
		}
		time.Sleep(2 * time.Millisecond)
		if got := hub.Stats(); got.Readers != 0 {
			t.Errorf("it is still served: %+v", got)
		}
		if rest, err := io.ReadAll(r); strings.Contains(string(rest), "event: clock\ndata") {
			t.Errorf("it was served: %q, %v", rest, err)
		}
		_ = client.Close()
	})
}

// TestSilentStreamShowsThatItLives: a comment every fifteen seconds and, where a
// filter left things out, the new position without an event.
func TestSilentStreamShowsThatItLives(t *testing.T) {
	inTime(t, func(t *testing.T, hub *events.Hub, p pipes) {
		client, r := p.dial(t)
		for range 3 {
			begun := time.Now()
			upTo(t, r, ": alive")
			if took := time.Since(begun); took != heartbeat {
				t.Errorf("a sign of life after %s", took)
			}
		}
		_ = client.Close()
		synctest.Wait()
		if got := hub.Stats(); got.Readers != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// TestHeartbeatMovesThePosition: what a filter leaves out is not replayed either.
func TestHeartbeatMovesThePosition(t *testing.T) {
	hub := events.NewHub()
	reader, _ := hub.Open("", events.Filter{Sandbox: "quiet"})
	w := &recorder{header: http.Header{}}
	s := stream{out: w, control: http.NewResponseController(w), reader: reader}
	s.about(events.Ready)
	s.beat()
	flood(hub)
	for more := true; more; {
		_, more, _, _ = reader.Next()
	}
	s.beat()
	if s.err != nil || strings.Count(w.String(), "id: ") != 2 || !strings.HasSuffix(w.String(), ": alive\n\nid: "+reader.Position()+"\n\n") {
		t.Errorf("%v %q", s.err, w.String())
	}
}

// recorder is a response that can be flushed and has no deadlines.
type recorder struct {
	strings.Builder
	header http.Header
}

func (r *recorder) Header() http.Header { return r.header }
func (r *recorder) WriteHeader(int)     {}
func (r *recorder) Flush()              {}

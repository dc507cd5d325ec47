package simulator_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"cardsim/simulator/simulatortest"
)

// streamed is an event as a client of server-sent events sees it.
type streamed struct {
	id, event, data                      string
	Sandbox, Kind, ID, Action, Flow      string
	State, Detail                        string
	Entry                                *simulatortest.Entry
	Request, Response, Decision, Journal any // that must not come
}

// told is an event in short.
func (e streamed) told() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", e.Kind, e.Action, e.State))
}

// eventStream is an open stream.
type eventStream struct {
	t     *testing.T
	body  io.ReadCloser
	lines *bufio.Scanner
	last  string // the id that a browser would come back with
	retry string
	stop  context.CancelFunc
}

// openEvents opens the stream; lastID is the header of a client that comes back.
func openEvents(t *testing.T, c *simulatortest.Client, query, lastID string) *eventStream {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/events"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	if lastID != "" {
		req.Header.Set("Last-Event-ID", lastID)
	}
	if c.AdminToken != "" {
		req.Header.Set("Authorization", "Bearer "+c.AdminToken)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	s := &eventStream{t: t, body: resp.Body, lines: bufio.NewScanner(resp.Body), last: lastID, stop: stop}
	t.Cleanup(s.close)
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" || resp.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("HTTP %d %v", resp.StatusCode, resp.Header)
	}
	return s
}

func (s *eventStream) close() {
	s.stop()
	_ = s.body.Close()
}

// next waits for an event; ok is false at the end of the stream. Its parser is made
// from the text of WHATWG HTML, server-sent events.
func (s *eventStream) next() (e streamed, ok bool) {
	e.event = "message"
	for s.lines.Scan() {
		line := s.lines.Text()
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch {
		case line == "" && e.data == "":
			e = streamed{event: "message"}
		case line == "":
			e.id = s.last
			if err := json.Unmarshal([]byte(e.data), &e); err != nil {
				s.t.Errorf("%q: %v", e.data, err)
			}
			return e, true
		case field == "id":
			s.last = value
		case field == "event":
			e.event = value
		case field == "data":
			e.data += value
		case field == "retry":
			s.retry = value
		}
	}
	return e, false
}

// want reads the next event and fails when it is another one.
func (s *eventStream) want(told string) streamed {
	s.t.Helper()
	e, ok := s.next()
	if !ok || e.told() != told || e.event != e.Kind {
		s.t.Fatalf("came %v %q (%s), want %s", ok, e.told(), e.data, told)
	}
	return e
}

// until reads up to an event that a function wants, and returns all on the way.
func (s *eventStream) until(what string, wanted func(streamed) bool) []streamed {
	s.t.Helper()
	var list []streamed
	for {
		e, ok := s.next()
		if !ok {
			s.t.Fatalf("the stream ended before %s", what)
		}
		list = append(list, e)
		if wanted(e) {
			return list
		}
	}
}

// chosen are the events of a kind and, where it is not empty, of an id.
func chosen(list []streamed, kind, id string) (found []streamed) {
	for _, e := range list {
		if e.Kind == kind && (id == "" || e.ID == id) {
			found = append(found, e)
		}
	}
	return found
}

// number is the rising part of an event's id.
func number(t *testing.T, id string) int {
	t.Helper()
	_, text, _ := strings.Cut(id, "-")
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("id %q: %v", id, err)
	}
	return n
}

// mark makes something happen that ends what a test reads.
func mark(t *testing.T, c *simulatortest.Client) func(streamed) bool {
	t.Helper()
	if a := raw(t, c, http.MethodDelete, s+"/requests", ""); a.Status >= 300 {
		t.Fatalf("HTTP %d %s", a.Status, a.Body)
	}
	return func(e streamed) bool { return e.Kind == "journal" && e.Action == "cleared" }
}

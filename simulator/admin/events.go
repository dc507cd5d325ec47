package admin

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/clock"
	"cardsim/simulator/events"
)

const (
	// heartbeat is the real time after which a silent stream shows that it lives, for
	// proxies and for clients that lost their connection without a word.
	heartbeat = 15 * time.Second
	// patience is how long a client may take nothing before it is disconnected. It
	// comes back with the id of its last event and misses nothing that is still kept.
	patience = 10 * time.Second
	// comeBack is what a client is told to wait before it reconnects.
	comeBack = time.Second
)

// streamEvents answers the events as they come, until the client goes or the program
// ends. Two kinds are about the stream itself: ready begins it, and reset says that
// events were lost and that what the reader knows may be out of date.
func (a *API) streamEvents(w http.ResponseWriter, r *http.Request) {
	filter, after, err := readStream(r)
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", streamMedia)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy in between passes on every event at once
	if r.Method == http.MethodHead {
		return
	}
	reader, lost := a.Events.Open(after, filter)
	defer reader.Close()
	s := stream{out: w, control: http.NewResponseController(w), reader: reader}
	first := events.Ready
	if lost {
		first = events.Reset
	}
	s.write("retry: %d\n", comeBack.Milliseconds())
	s.about(first)
	s.run(r)
}

// streamQuery are the parameters of the stream.
func streamQuery() []Parameter {
	return []Parameter{
		{Name: "after", Summary: "id of the last event that is known; without it the stream begins now"},
		{Name: "sandbox", Summary: "leaves out what happens in others"},
		{Name: "kind", Summary: "leaves out other kinds; several with commas between them"},
	}
}

// readStream reads the query, and where a client that comes back was: a browser
// says it in Last-Event-ID, beside an address that still has its first after.
func readStream(r *http.Request) (f events.Filter, after string, err error) {
	query := r.URL.Query()
	if err := checkParameters(query, streamQuery()...); err != nil {
		return f, "", err
	}
	f.Sandbox = query.Get("sandbox")
	if f.Kinds, err = readKinds(query.Get("kind")); err != nil {
		return f, "", err
	}
	return f, cmp.Or(r.Header.Get("Last-Event-ID"), query.Get("after")), nil
}

func readKinds(text string) (list []events.Kind, err error) {
	if text == "" {
		return nil, nil
	}
	var known []string
	for _, k := range events.Kinds() {
		known = append(known, string(k))
	}
	for _, name := range strings.Split(text, ",") {
		if !slices.Contains(known, name) {
			hint := cmp.Or(strictyaml.Suggest(name, known), "there are "+strings.Join(known, ", "))
			return nil, problem(http.StatusBadRequest, fmt.Sprintf("there is no kind of event %q; %s", name, hint))
		}
		list = append(list, events.Kind(name))
	}
	return list, nil
}

// stream is one client's.
type stream struct {
	out     io.Writer
	control *http.ResponseController
	reader  *events.Reader
	told    string // the position that the client knows
	err     error  // the client has gone
}

func (s *stream) run(r *http.Request) {
	for s.err == nil {
		list, more, lost, fresh := s.reader.Next()
		if lost {
			s.about(events.Reset)
		}
		for _, e := range list {
			s.write("id: %s\nevent: %s\ndata: %s\n\n", e.ID, e.Kind, e.Data)
			s.told = e.ID
		}
		if more {
			continue
		}
		if len(list) > 0 {
			s.flush()
		}
		select {
		case <-r.Context().Done():
			return
		case <-fresh:
		case <-clock.After(heartbeat):
			s.beat()
		}
	}
}

// about tells of the stream itself.
func (s *stream) about(kind events.Kind) {
	s.told = s.reader.Position()
	s.write("id: %s\nevent: %s\ndata: {\"kind\":%q}\n\n", s.told, kind, kind)
	s.flush()
}

// beat sends a comment, and with it the position where filters have left out much:
// an id without data is no event, but it is where the client goes on when it comes
// back (WHATWG HTML, server-sent events).
func (s *stream) beat() {
	s.write(": alive\n\n")
	if at := s.reader.Position(); at != s.told {
		s.told = at
		s.write("id: %s\n\n", at)
	}
	s.flush()
}

// write and flush give the client a while to take what is sent. Where there is no
// deadline to set, the listener's own rules hold.
func (s *stream) write(format string, args ...any) {
	if s.err == nil {
		_ = s.control.SetWriteDeadline(clock.Machine().Add(patience))
		_, s.err = fmt.Fprintf(s.out, format, args...)
	}
}

func (s *stream) flush() {
	if s.err == nil {
		s.err = s.control.Flush()
	}
}

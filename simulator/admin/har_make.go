package admin

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
)

const (
	harVersion = "1.2"
	// httpVersion is that of every exchange: the listeners speak no other (decisions 6).
	httpVersion = "HTTP/1.1"
	notKnown    = -1
	// unknownMIME is what browsers write where no type was given.
	unknownMIME = "x-unknown"
	harInstant  = "2006-01-02T15:04:05.000Z07:00"
)

// harRequests is the journal as an HTTP Archive: what the filters of the list let
// through, all of it unless there is a limit.
func (a *API) harRequests(r *http.Request, w *sandbox.World) (any, error) {
	q, err := a.readFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	var entries []journal.Entry
	for e := range a.Journal.All(w.ID, q) {
		if entries = append(entries, e); len(entries) == q.Limit {
			break
		}
	}
	slices.Reverse(entries)
	return archive{version: a.Version, root: a.Addresses().URL}.of(entries), nil
}

// archive makes archives.
type archive struct {
	version string // of the program
	root    string // of the providers' addresses
}

func (a archive) of(entries []journal.Entry) HAR {
	list := []HAREntry{}
	for _, e := range entries {
		list = append(list, a.entry(e))
	}
	return HAR{Log: HARLog{
		Version: harVersion, Creator: HARCreator{Name: "cardsim", Version: a.version}, Entries: list,
		Comment: "Card numbers, codes and secrets are masked. Times are the sandbox's.",
	}}
}

func (a archive) entry(e journal.Entry) HAREntry {
	return HAREntry{
		ID: e.ID, Operation: e.Operation, Outcome: e.Outcome, Flow: e.Flow,
		StartedDateTime: e.At.Format(harInstant), Time: e.DurationMs,
		Request: a.request(e), Response: harResponse(e), Timings: HARTimings{Wait: e.DurationMs},
	}
}

func (a archive) request(e journal.Entry) HARRequest {
	r := HARRequest{
		Method: e.Method, URL: a.root + (&url.URL{Path: e.Path}).EscapedPath(), HTTPVersion: httpVersion, Cookies: []HARPair{}, Headers: []HARPair{},
		QueryString: queryPairs(e.Query), HeadersSize: notKnown, BodySize: notKnown,
	}
	if e.Query != "" {
		r.URL += "?" + e.Query
	}
	m := e.Request
	if m == nil { // not answered yet: what came is kept with the answer
		return r
	}
	r.Headers, r.BodySize = headerPairs(m.Headers), bodySize(*m)
	if m.Body != "" {
		r.PostData = &HARPost{MIMEType: mimeType(*m), Text: m.Body}
	}
	return r
}

func harResponse(e journal.Entry) HARResponse {
	r := HARResponse{Status: e.Status, Cookies: []HARPair{}, Headers: []HARPair{}, Content: HARContent{MIMEType: unknownMIME}, HeadersSize: notKnown, BodySize: notKnown}
	switch {
	case e.State == journal.InFlight:
		r.Error = "the request is not answered yet"
		return r
	case e.Status == 0:
		r.Error = "the connection was closed without an answer"
		return r
	}
	r.StatusText, r.HTTPVersion = http.StatusText(e.Status), httpVersion
	if m := e.Response; m != nil {
		r.Headers, r.BodySize, r.RedirectURL = headerPairs(m.Headers), bodySize(*m), m.Headers["Location"]
		r.Content = HARContent{Size: len(m.Body), MIMEType: mimeType(*m), Text: m.Body}
	}
	return r
}

// bodySize is a body's size on the wire, where it is known: what is kept of it is
// masked, and may be cut.
func bodySize(m journal.Message) int {
	if n, err := strconv.Atoi(m.Headers["Content-Length"]); err == nil {
		return n
	}
	if m.Body == "" {
		return 0
	}
	return notKnown
}

func mimeType(m journal.Message) string {
	if media := m.Headers["Content-Type"]; media != "" {
		return media
	}
	return unknownMIME
}

func headerPairs(headers map[string]string) []HARPair {
	list := []HARPair{}
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		list = append(list, HARPair{name, headers[name]})
	}
	return list
}

// queryPairs takes a query apart in its own order. What does not decode stays as it
// is.
func queryPairs(query string) []HARPair {
	list := []HARPair{}
	for part := range strings.SplitSeq(query, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		list = append(list, HARPair{unescaped(name), unescaped(value)})
	}
	return list
}

func unescaped(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

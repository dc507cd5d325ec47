package wire

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"cardsim/simulator/core"
)

// MaxBody is the largest request body taken, 1 MiB.
const MaxBody = 1 << 20

// Request is one HTTP request as a value: read whole, within limits.
type Request struct {
	Ctx      context.Context
	ID       string // the journal's id of the request
	Method   string
	Path     string // repeated slashes collapsed
	RawQuery string
	Host     string
	TLS      bool
	Header   http.Header
	Body     []byte
	Vars     Vars // of the path
}

// Query parses the query; a pair that does not parse is left out.
func (r *Request) Query() url.Values {
	values, _ := url.ParseQuery(r.RawQuery) // keeps what did parse
	return values
}

// Parameter finds the first value in the query of a name that is wanted, without making
// anything of the others.
func (r *Request) Parameter(wanted func(name string) bool) string {
	for rest := r.RawQuery; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		name, value, _ := strings.Cut(pair, "=")
		if strings.Contains(pair, ";") { // as url.ParseQuery has it
			continue
		}
		name, nameErr := url.QueryUnescape(name)
		value, valueErr := url.QueryUnescape(value)
		if nameErr == nil && valueErr == nil && value != "" && wanted(name) {
			return value
		}
	}
	return ""
}

// Read takes a request whole. A body above MaxBody is a core.CodeTooLarge error;
// a client that stops sending is CodeMalformed.
func Read(r *http.Request) (*Request, error) {
	req := &Request{
		Ctx: r.Context(), Method: r.Method, Path: CleanPath(r.URL.Path), RawQuery: r.URL.RawQuery,
		Host: r.Host, TLS: r.TLS != nil, Header: r.Header,
	}
	if r.Body == nil || r.ContentLength == 0 {
		return req, nil
	}
	body, err := readAll(http.MaxBytesReader(nil, r.Body, MaxBody), r.ContentLength)
	req.Body = body
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return req, core.Errf(core.CodeTooLarge, "", "the body exceeds %d bytes", MaxBody)
	}
	if err != nil {
		return req, core.Errf(core.CodeMalformed, "", "the body could not be read: %v", err)
	}
	return req, nil
}

// trusted is how much room is made for a body that is announced, before it comes.
const trusted = 16 << 10

// readAll is io.ReadAll for a body that says how long it is: -1 where it does not.
func readAll(body io.Reader, length int64) ([]byte, error) {
	if length < 0 || length > trusted {
		return io.ReadAll(body)
	}
	b := make([]byte, length)
	n, err := io.ReadFull(body, b)
	return b[:n], err
}

// CleanPath collapses repeated slashes without a redirect: clients whose base
// URL ends in a slash post to //api/token (reference cardtokens.md §1, observed).
func CleanPath(path string) string {
	if path == "" {
		return "/"
	}
	if !strings.Contains(path, "//") {
		return path
	}
	var b strings.Builder
	for i := range len(path) {
		if path[i] == '/' && i > 0 && path[i-1] == '/' {
			continue
		}
		b.WriteByte(path[i])
	}
	return b.String()
}

// MediaType is the content type without parameters, in lower case.
func (r *Request) MediaType() string {
	mt, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(mt))
}

package wire

import (
	"bytes"
	"maps"
	"net/http"
	"strconv"
	"time"

	"cardsim/simulator/core"
)

// Response is one HTTP answer as a value; Send writes it once.
type Response struct {
	Status int
	Type   string      // the content type; empty for none
	Header http.Header // what else is said, never the content type; nil for nothing
	Body   []byte
	// Hold lets real time pass before the answer, or before the close of an
	// aborted one: the network's time. It ends early when the client goes or
	// the server stops.
	Hold time.Duration
	// Abort closes the connection without an answer: what a client reports as
	// status 0.
	Abort bool
	// Fault is the trouble to have while the answer is written.
	Fault core.Fault
}

// JSON answers a value as compact JSON without HTML escapes. A value that does
// not marshal is a defect of the simulator and answers 500.
func JSON(status int, v any) Response {
	if own, ok := v.(Appender); ok {
		return Bytes(status, "application/json", own.AppendJSON(make([]byte, 0, answerRoom)))
	}
	var buf bytes.Buffer
	if err := encodeJSON(&buf, v); err != nil {
		return Text(http.StatusInternalServerError, "the answer could not be encoded")
	}
	return Bytes(status, "application/json", bytes.TrimSuffix(buf.Bytes(), []byte("\n")))
}

// answerRoom is longer than most answers, in bytes.
const answerRoom = 512

// Bytes answers a body of a content type.
func Bytes(status int, contentType string, body []byte) Response {
	return Response{Status: status, Type: contentType, Body: body}
}

// Headed answers a body with its headers, the content type among them.
func Headed(status int, all http.Header, body []byte) Response {
	others := maps.Clone(all)
	delete(others, typeHeader)
	return Response{Status: status, Type: all.Get(typeHeader), Header: others, Body: body}
}

// Text answers plain text.
func Text(status int, body string) Response {
	return Bytes(status, "text/plain; charset=utf-8", []byte(body))
}

// Empty answers a status without body and without content type.
func Empty(status int) Response { return Response{Status: status} }

// Aborted closes the connection without an answer after hold.
func Aborted(hold time.Duration) Response { return Response{Abort: true, Hold: hold} }

// With adds a header, to the response that it was called on, too: an answer is made
// anew for every request.
func (r Response) With(name, value string) Response {
	if http.CanonicalHeaderKey(name) == typeHeader {
		r.Type = value
		return r
	}
	if r.Header == nil {
		r.Header = make(http.Header, 1)
	}
	r.Header.Set(name, value)
	return r
}

const typeHeader = "Content-Type"

// headers are all that are sent.
func (r Response) headers() http.Header {
	if r.Type == "" {
		return r.Header
	}
	all := r.Header.Clone()
	if all == nil {
		all = http.Header{}
	}
	all[typeHeader] = []string{r.Type}
	return all
}

// Send writes the answer, with its fault if it has one. It returns without
// writing when the answer is an aborted one: the caller then drops the
// connection.
func Send(w http.ResponseWriter, r Response) {
	if r.Abort {
		panic(http.ErrAbortHandler) // net/http closes the connection and logs nothing
	}
	if r.Fault.Kind != "" {
		sendFaulty(w, r)
		return
	}
	writeHead(w, r, len(r.Body))
	_, _ = w.Write(r.Body) // a client that has gone is no error of ours
}

func writeHead(w http.ResponseWriter, r Response, length int) {
	h := w.Header()
	maps.Copy(h, r.Header)
	values := []string{r.Type, strconv.Itoa(length)}
	switch {
	case r.Type != "":
		h[typeHeader] = values[:1:1]
	case len(r.Body) == 0:
		h[typeHeader] = nil // net/http would guess one
	}
	if r.Status != http.StatusNoContent && r.Status != http.StatusNotModified {
		h["Content-Length"] = values[1:]
	}
	w.WriteHeader(r.Status)
}

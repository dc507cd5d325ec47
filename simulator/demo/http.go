package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// message is a request of the shop or its customer's browser.
type message struct {
	method, url, contentType string
	header                   map[string]string
	body                     []byte
}

// answer is what came back.
type answer struct {
	status      int
	contentType string
	body        []byte
}

// do sends a message and prints it with its answer, and what a scenario did to it.
func (w *walk) do(ctx context.Context, m message) (answer, error) {
	w.print.sent(m.method, pathOf(m.url), m.contentType, m.body)
	a, err := w.send(ctx, m)
	if err != nil {
		w.print.line("     < no whole answer: %s", cause(err))
		return a, errors.Join(err, w.tell(ctx))
	}
	w.print.got(a.status, a.contentType, a.body)
	return a, w.tell(ctx)
}

// send sends a message without a word.
func (w *walk) send(ctx context.Context, m message) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, m.method, m.url, bytes.NewReader(m.body))
	if err != nil {
		return answer{}, fmt.Errorf("make the request to %s: %w", m.url, err)
	}
	req.Header.Set("User-Agent", "cardsim-demo/1")
	if m.contentType != "" {
		req.Header.Set("Content-Type", m.contentType)
	}
	for k, v := range m.header {
		req.Header.Set(k, v)
	}
	resp, err := w.http.Do(req)
	if err != nil {
		return answer{}, &lostError{m.method, pathOf(m.url), err}
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, &lostError{m.method, pathOf(m.url), err}
	}
	return answer{resp.StatusCode, resp.Header.Get("Content-Type"), body}, nil
}

// json sends a JSON body and reads a JSON answer.
func (w *walk) json(ctx context.Context, m message, body, into any) (answer, error) {
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return answer{}, fmt.Errorf("encode the request: %w", err)
		}
		m.body, m.contentType = data, "application/json"
	}
	a, err := w.do(ctx, m)
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		return a, fmt.Errorf("HTTP %d, and no JSON: %w", a.status, err)
	}
	return a, nil
}

// lostError says that an answer did not arrive, or not in one piece: the shop
// does not know what became of its request.
type lostError struct {
	method, path string
	why          error
}

func (e *lostError) Error() string {
	return fmt.Sprintf("the answer to %s %s is lost: %s", e.method, e.path, cause(e.why))
}

func (e *lostError) Unwrap() error { return e.why }

// cause is an error of the HTTP client without the address, which is printed
// already.
func cause(err error) string {
	var lost *lostError
	if errors.As(err, &lost) {
		err = lost.why
	}
	var about *url.Error
	if errors.As(err, &about) {
		if about.Timeout() {
			return "the shop's patience is at its end"
		}
		err = about.Err
	}
	return err.Error()
}

func pathOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.RequestURI()
}

package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// admin reads and does what only a test may: credentials, the outbox, the clock,
// scenarios and the journal of one sandbox.
type admin struct{ base, token, sandbox string }

// brokenError is trouble with the simulator itself: it is no part of a story.
type brokenError struct{ error }

func (e *brokenError) Unwrap() error { return e.error }

func brokenf(format string, args ...any) error { return &brokenError{fmt.Errorf(format, args...)} }

// sandboxes is where the admin API keeps them.
const sandboxes = "/api/v1/sandboxes"

// get reads what the sandbox answers at a path.
func (a *admin) get(ctx context.Context, path string, into any) error {
	got, err := a.do(ctx, message{method: http.MethodGet, url: sandboxes + "/" + a.sandbox + path})
	if err != nil {
		return err
	}
	if got.status != http.StatusOK {
		return a.problem(got)
	}
	return a.read(got, into)
}

// change asks the sandbox for a change; a nil body sends none.
func (a *admin) change(ctx context.Context, method, path string, body any) error {
	m := message{method: method, url: sandboxes + "/" + a.sandbox + path}
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return brokenf("encode the request: %w", err)
		}
		m.body, m.contentType = data, "application/json"
	}
	got, err := a.do(ctx, m)
	if err == nil && got.status >= http.StatusMultipleChoices {
		err = a.problem(got)
	}
	return err
}

// do sends a message whose url is a path of the admin API.
func (a *admin) do(ctx context.Context, m message) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, m.method, a.base+m.url, bytes.NewReader(m.body))
	if err != nil {
		return answer{}, brokenf("the admin API's address %q: %w", a.base, err)
	}
	if m.contentType != "" {
		req.Header.Set("Content-Type", m.contentType)
	}
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, brokenf("no simulator answers at %s: %w", a.base, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, brokenf("read the answer of %s: %w", a.base, err)
	}
	return answer{resp.StatusCode, resp.Header.Get("Content-Type"), body}, nil
}

func (a *admin) read(got answer, into any) error {
	if err := json.Unmarshal(got.body, into); err != nil {
		return brokenf("%s does not answer like cardsim's admin API: %w", a.base, err)
	}
	return nil
}

// problem words a problem document, or the bare status.
func (a *admin) problem(got answer) error {
	var p struct {
		Detail string
		Errors []struct{ Detail string }
	}
	if json.Unmarshal(got.body, &p) != nil || p.Detail == "" {
		return brokenf("the admin API at %s answered HTTP %d", a.base, got.status)
	}
	words := []string{p.Detail}
	for _, e := range p.Errors {
		words = append(words, e.Detail)
	}
	return brokenf("the admin API at %s: %s", a.base, strings.Join(words, ": "))
}

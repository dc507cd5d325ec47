package demo

import (
	"bytes"
	"context"
	"encoding/json"
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

// do sends a message; quiet ones are not printed.
func (w *walk) do(ctx context.Context, m message, quiet bool) (answer, error) {
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
		return answer{}, fmt.Errorf("%s %s: %w", m.method, m.url, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, fmt.Errorf("read the answer of %s: %w", m.url, err)
	}
	a := answer{resp.StatusCode, resp.Header.Get("Content-Type"), body}
	if !quiet {
		w.print.sent(m.method, pathOf(m.url), m.contentType, m.body)
		w.print.got(a.status, a.contentType, a.body)
	}
	return a, nil
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
	a, err := w.do(ctx, m, false)
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		return a, fmt.Errorf("%s answered no JSON: %w", m.url, err)
	}
	return a, nil
}

func pathOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.RequestURI()
}

// admin reads what only a test may see: credentials and the outbox.
type admin struct{ base, token string }

func (a *admin) get(ctx context.Context, path string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, a.base+"/api/v1/sandboxes/default"+path, nil)
	if err != nil {
		return fmt.Errorf("the admin API's address %q: %w", a.base, err)
	}
	if a.token != "" {
		req.Header.Set("Authorization", "Bearer "+a.token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("no simulator answers at %s: %w", a.base, err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the admin API at %s answered %s", a.base, resp.Status)
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		return fmt.Errorf("%s does not answer like cardsim's admin API: %w", a.base, err)
	}
	return nil
}

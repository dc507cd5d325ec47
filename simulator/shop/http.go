package shop

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// call is one call to a company.
type call struct {
	company, name string
	url           string
	contentType   string
	header        http.Header
	body          []byte
}

// send sends a call, adds it to the order's messages, and returns the answer.
func (s *Shop) send(ctx context.Context, o *Order, c call) (status int, body []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(c.body))
	if err != nil {
		return 0, nil, fmt.Errorf("call %s: %w", c.company, err)
	}
	for name, values := range c.header {
		req.Header[name] = values
	}
	req.Header.Set("Content-Type", c.contentType)
	m := Message{Company: c.company, Call: c.name, Sent: readable(c.body)}
	resp, err := s.http.Do(req)
	if err != nil {
		m.Status = "no answer"
		o.tell(m)
		return 0, nil, fmt.Errorf("%s does not answer: %w", c.company, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err = io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	m.Status, m.Answered = resp.Status, readable(body)
	o.tell(m)
	if err != nil {
		return 0, nil, fmt.Errorf("the answer of %s broke off: %w", c.company, err)
	}
	return resp.StatusCode, body, nil
}

// sendJSON sends a document and reads one.
func (s *Shop) sendJSON(ctx context.Context, o *Order, c call, in, out any) (status int, err error) {
	if c.body, err = json.Marshal(in); err != nil {
		return 0, fmt.Errorf("write to %s: %w", c.company, err)
	}
	c.contentType = "application/json"
	status, body, err := s.send(ctx, o, c)
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(body, out); err != nil && status < http.StatusBadRequest {
		return status, fmt.Errorf("%s answered something that cannot be read: %w", c.company, err)
	}
	return status, nil
}

// readable indents JSON; anything else stays as it is.
func readable(body []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, body, "", "  ") == nil {
		return out.String()
	}
	return string(body)
}

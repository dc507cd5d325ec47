package console

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// client asks the admin API in this process.
type client struct {
	api   http.Handler
	token string
}

// refusal is a problem document of the admin API.
type refusal struct {
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Errors []struct {
		Pointer string `json:"pointer"`
		Line    int    `json:"line"`
		Column  int    `json:"column"`
		Detail  string `json:"detail"`
	} `json:"errors"`
}

// Error is the problem's sentence, and what is wrong in particular.
func (r *refusal) Error() string {
	text := r.Detail
	for i, e := range r.Errors {
		if i == 0 {
			text += ": " + e.Detail
		} else {
			text += "; " + e.Detail
		}
	}
	return text
}

// refusalOf is the refusal inside an error.
func refusalOf(err error) (*refusal, bool) {
	var said *refusal
	ok := errors.As(err, &said)
	return said, ok
}

// call is one request; body, when not nil, is sent as JSON, or as it is with a
// media type of its own.
type call struct {
	method, path string
	media        string
	body         any
}

// get reads an answer into v.
func (c client) get(ctx context.Context, path string, v any) error {
	return c.do(ctx, call{method: http.MethodGet, path: path}, v)
}

// do sends a call and reads a good answer into v, if v is not nil.
func (c client) do(ctx context.Context, in call, v any) error {
	body, err := in.bytes()
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, in.method, "http://localhost"+in.path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("ask the admin API: %w", err)
	}
	c.authorize(r)
	if len(body) > 0 {
		r.Header.Set("Content-Type", in.mediaType())
	}
	answer := recorder{header: http.Header{}, status: http.StatusOK}
	c.api.ServeHTTP(&answer, r)
	if answer.status >= http.StatusBadRequest {
		return answer.refusal()
	}
	if v == nil || answer.body.Len() == 0 {
		return nil
	}
	if err := json.Unmarshal(answer.body.Bytes(), v); err != nil {
		return fmt.Errorf("read the admin API's answer to %s %s: %w", in.method, in.path, err)
	}
	return nil
}

func (c client) authorize(r *http.Request) {
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
}

func (in call) mediaType() string {
	if in.media != "" {
		return in.media
	}
	return "application/json"
}

func (in call) bytes() ([]byte, error) {
	switch b := in.body.(type) {
	case nil:
		return nil, nil
	case []byte:
		return b, nil
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			return nil, fmt.Errorf("write a body for the admin API: %w", err)
		}
		return raw, nil
	}
}

// recorder keeps an answer.
type recorder struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

// Header is part of [http.ResponseWriter].
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader is part of [http.ResponseWriter].
func (r *recorder) WriteHeader(status int) {
	if !r.wrote {
		r.status, r.wrote = status, true
	}
}

// Write is part of [http.ResponseWriter].
func (r *recorder) Write(p []byte) (int, error) {
	r.wrote = true
	return r.body.Write(p)
}

func (r *recorder) refusal() error {
	p := &refusal{Status: r.status}
	if err := json.Unmarshal(r.body.Bytes(), p); err != nil || p.Detail == "" {
		p.Detail = "the admin API answered " + http.StatusText(r.status)
	}
	return p
}

package simulatortest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"

	"cardsim/simulator"
)

// Client speaks to one sandbox of a running simulator. Its methods return what
// the wire said; a broken connection is an error. Safe for concurrent use.
type Client struct {
	Env  map[string]string
	HTTP *http.Client
	// AdminToken is sent to the admin API when set.
	AdminToken string
	// Spy, when set, sees every body that was sent or received.
	Spy func(direction, where string, body []byte)
}

// Start runs a simulator for the length of the test and returns a client of its
// default sandbox.
func Start(t testing.TB, cfg simulator.Config) (*Client, *simulator.Simulator) {
	t.Helper()
	s, err := simulator.New(cfg)
	if err != nil {
		t.Fatalf("start the simulator: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the simulator: %v", err)
		}
	})
	env, err := s.Env()
	if err != nil {
		t.Fatal(err)
	}
	return New(env), s
}

// New is a client with the variables of interface §5.
func New(env map[string]string) *Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	return &Client{Env: env, HTTP: &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Answer is one HTTP answer, read whole.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// JSON reads the body into v.
func (a Answer) JSON(v any) error {
	if err := json.Unmarshal(a.Body, v); err != nil {
		return fmt.Errorf("HTTP %d %q is no JSON: %w", a.Status, a.Body, err)
	}
	return nil
}

// Do sends a request with headers given as name, value, name, value.
func (c *Client) Do(method, url string, body []byte, header ...string) (Answer, error) {
	var reader io.Reader
	if body != nil {
		reader = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, url, reader)
	if err != nil {
		return Answer{}, err
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	c.spy("sent", url, body)
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		return Answer{}, err
	}
	c.spy("received", url, got)
	return Answer{resp.StatusCode, resp.Header, got}, nil
}

func (c *Client) spy(direction, where string, body []byte) {
	if c.Spy != nil {
		c.Spy(direction, where, body)
	}
}

// sendJSON sends v as JSON.
func (c *Client) sendJSON(method, url string, v any, header ...string) (Answer, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return Answer{}, err
	}
	return c.Do(method, url, data, append(header, "Content-Type", "application/json")...)
}

package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// client calls the admin API of a running simulator.
type client struct {
	base, token string
	http        *http.Client
}

// clientFlags say where the admin API is.
type clientFlags struct {
	adminURL, adminToken string
	asJSON               bool
}

func (f *clientFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.adminURL, "admin-url", "http://127.0.0.1:7711", "root of the running simulator's admin API")
	fs.StringVar(&f.adminToken, "admin-token", "", "its token, if it asks for one")
	fs.BoolVar(&f.asJSON, "json", false, "print JSON")
}

func (f *clientFlags) client() *client {
	return &client{base: strings.TrimRight(f.adminURL, "/"), token: f.adminToken, http: &http.Client{Timeout: 30 * time.Second}}
}

// get reads a JSON answer into v, or raw bytes when v is *[]byte.
func (c *client) get(path string, v any) error {
	req, err := http.NewRequest(http.MethodGet, c.base+path, nil) //nolint:noctx // the client has a timeout
	if err != nil {
		return usagef("--admin-url %q: %w", c.base, err)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("no simulator answers at %s (start one with 'cardsim serve', or say where with --admin-url): %w", c.base, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return fmt.Errorf("read the answer of %s: %w", c.base, err)
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return problemOf(resp.Status, body)
	}
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("%s does not answer like cardsim's admin API: %w", c.base, err)
	}
	return nil
}

// problemOf is the sentence of a problem document.
func problemOf(status string, body []byte) error {
	var p struct{ Detail string }
	if json.Unmarshal(body, &p) == nil && p.Detail != "" {
		return errors.New(p.Detail)
	}
	return errors.New("the simulator answered " + status)
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

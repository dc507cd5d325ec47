package cli

import (
	"encoding/json"
	"errors"
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

// get reads a JSON answer into v.
func (c *client) get(path string, v any) error {
	a, err := c.send(message{method: http.MethodGet, path: path})
	if err != nil {
		return err
	}
	if a.code >= http.StatusMultipleChoices {
		return problemOf(a.status, a.body)
	}
	return a.into(v)
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

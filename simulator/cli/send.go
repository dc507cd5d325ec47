package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/spf13/cobra"
)

// worldFlags say which sandbox of which simulator is meant.
type worldFlags struct {
	clientFlags
	sandbox string
}

func (f *worldFlags) add(cmd *cobra.Command) {
	f.clientFlags.add(cmd)
	cmd.Flags().StringVar(&f.sandbox, "sandbox", "default", "the sandbox")
}

// ofSandbox finishes a command about one sandbox: its flags, of which --sandbox
// completes to what there is, and their twins in the environment.
func ofSandbox(cmd *cobra.Command, flags *worldFlags, streams IO) *cobra.Command {
	flags.add(cmd)
	completeFlag(cmd, "sandbox", completeSandboxes(&flags.clientFlags))
	return withEnv(cmd, streams)
}

// show asks for something of the sandbox and prints it: as JSON where that is wanted,
// else as print does for people.
func show[T any](streams IO, flags *worldFlags, rest string, print func(io.Writer, T) error) error {
	var v T
	if err := flags.client().call(message{method: http.MethodGet, path: flags.path(rest)}, &v); err != nil {
		return err
	}
	if flags.asJSON {
		return printJSON(streams.Out, v)
	}
	return print(streams.Out, v)
}

// path is a path of the sandbox on the admin API.
func (f *worldFlags) path(rest string) string {
	return "/api/v1/sandboxes/" + url.PathEscape(f.sandbox) + rest
}

// message is a request; body and media may be empty.
type message struct {
	method, path string
	media        string
	body         []byte
}

// answer is what came back, whatever its status.
type answer struct {
	code   int
	status string
	body   []byte
}

// send sends a request. An answer with any status is no error.
func (c *client) send(m message) (answer, error) {
	req, err := http.NewRequest(m.method, c.base+m.path, bytes.NewReader(m.body)) //nolint:noctx // the client has a timeout
	if err != nil {
		return answer{}, usagef("--admin-url %q: %w", c.base, err)
	}
	if m.media != "" {
		req.Header.Set("Content-Type", m.media)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return answer{}, fmt.Errorf("no simulator answers at %s (start one with 'cardsim serve', or say where with --admin-url): %w", c.base, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, fmt.Errorf("read the answer of %s: %w", c.base, err)
	}
	return answer{resp.StatusCode, resp.Status, body}, nil
}

// into reads the body of an answer.
func (a answer) into(v any) error {
	if err := json.Unmarshal(a.body, v); err != nil {
		return fmt.Errorf("what answers is not cardsim's admin API: %w", err)
	}
	return nil
}

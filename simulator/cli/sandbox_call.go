package cli

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cardsim/simulator/admin"
)

// completionPatience is how long a shell waits for the names of sandboxes.
const completionPatience = time.Second

// call sends a message and reads its answer, or says all that is wrong with it.
func (c *client) call(m message, into any) error {
	a, err := c.send(m)
	if err != nil {
		return err
	}
	if a.code >= http.StatusMultipleChoices {
		return problemsOf(a)
	}
	if into == nil {
		return nil
	}
	return a.into(into)
}

// problemsOf is the sentence of a problem document and every problem in it, one a
// line.
func problemsOf(a answer) error {
	var p admin.Problem
	if json.Unmarshal(a.body, &p) != nil || len(p.Errors) == 0 {
		return problemOf(a.status, a.body)
	}
	var text strings.Builder
	text.WriteString(p.Detail)
	for _, e := range p.Errors {
		text.WriteString("\n  ")
		if e.Pointer != "" {
			text.WriteString(e.Pointer + ": ")
		}
		text.WriteString(e.Detail)
	}
	return errors.New(text.String())
}

// completeSandboxes asks the running simulator for its sandboxes.
func completeSandboxes(flags *clientFlags) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		if cmd.PreRunE != nil && cmd.PreRunE(cmd, nil) != nil { // the environment twins of the flags
			return nil, cobra.ShellCompDirectiveError
		}
		c := flags.client()
		c.http.Timeout = completionPatience
		all, err := listSandboxes(c)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var ids []string
		for _, s := range all {
			ids = append(ids, s.ID)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
}

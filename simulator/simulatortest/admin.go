package simulatortest

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// Admin calls the admin API of the client's sandbox: path begins with a slash
// and follows /api/v1/sandboxes/{sandbox}. A nil body sends none.
func (c *Client) Admin(method, path string, body, into any) error {
	var data []byte
	header := []string{}
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return err
		}
		header = append(header, "Content-Type", "application/json")
	}
	if c.AdminToken != "" {
		header = append(header, "Authorization", "Bearer "+c.AdminToken)
	}
	a, err := c.Do(method, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/"+c.Env["CARDSIM_SANDBOX"]+path, data, header...)
	if err != nil {
		return err
	}
	if a.Status != http.StatusOK {
		return fmt.Errorf("%s %s: HTTP %d %s", method, path, a.Status, a.Body)
	}
	if into == nil {
		return nil
	}
	return a.JSON(into)
}

// Entry is what tests read of a journal entry.
type Entry struct {
	ID, Flow, Operation, Outcome, Result, State, Path string
	Status                                            int
	Warnings                                          []string
	Refusal                                           *struct{ Code, Detail string }
}

// Journal lists the entries of an operation, newest first; an empty operation
// lists all.
func (c *Client) Journal(operation string) ([]Entry, error) {
	var list struct{ Items []Entry }
	err := c.Admin(http.MethodGet, "/requests?limit=1000&operation="+operation, nil, &list)
	return list.Items, err
}

// Refusal is the code of the newest refusal of an operation, empty when the
// newest entry was not refused.
func (c *Client) Refusal(operation string) (string, error) {
	entries, err := c.Journal(operation)
	if err != nil || len(entries) == 0 || entries[0].Refusal == nil {
		return "", err
	}
	return entries[0].Refusal.Code, nil
}

// Challenge is a running challenge as the admin API lists it.
type Challenge struct {
	ID, TransactionID, State, Result, Protocol string
	AttemptsLeft, ResendsLeft                  int
}

// Challenges lists the challenges of the sandbox.
func (c *Client) Challenges() ([]Challenge, error) {
	var list struct{ Items []Challenge }
	err := c.Admin(http.MethodGet, "/challenges", nil, &list)
	return list.Items, err
}

// Acted is the state of a challenge after a step, and the form that the browser
// would post to the merchant.
type Acted struct {
	State  string
	Result string
	URL    *string
	Method string
	Fields map[string]string
}

// Act takes one step of a challenge as the cardholder.
func (c *Client) Act(id string, step map[string]string) (Acted, error) {
	var out Acted
	err := c.Admin(http.MethodPost, "/challenges/"+id, step, &out)
	return out, err
}

// Message is a message of the outbox.
type Message struct{ Channel, To, Text, Code, Flow string }

// Messages lists the outbox, newest first.
func (c *Client) Messages() ([]Message, error) {
	var list struct{ Items []Message }
	err := c.Admin(http.MethodGet, "/messages", nil, &list)
	return list.Items, err
}

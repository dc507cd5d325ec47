package console

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"cardsim/web"
)

// challenge is what the console reads of a challenge.
type challenge struct {
	ID, Flow, TransactionID, Protocol, State string
	Card                                     *card
	Amount                                   *float64
	Currency                                 string
	AttemptsLeft, ResendsLeft                int
	ExpiresAt                                time.Time
	Result                                   string
}

// running says that the cardholder can still act.
func (c challenge) running() bool { return c.State == "pending" || c.State == "open" }

func (c challenge) mark() web.Cell {
	m := web.Cell{Kind: web.Mark, Text: c.State, Tone: web.Bad}
	switch {
	case c.running():
		m.Tone = web.Pending
	case c.Result == "Y" || c.Result == "A":
		m.Tone = web.Good
	}
	if c.Result != "" {
		m.Text += " " + c.Result
	}
	return m
}

// challenges lists the challenges with the cardholder's buttons.
func (c *Console) challenges(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Live, p.Body = "Challenges", "challenges", "challenge request transaction", "challenges"
	var list struct{ Items []challenge }
	if err := c.api.get(r.Context(), apiPath(r, "/challenges?limit=200"), &list); err != nil {
		return err
	}
	t := web.Table{
		Name: "challenges",
		Columns: []web.Column{
			{Name: "Challenge"}, {Name: "State"}, {Name: "Card"}, {Name: "Amount", Right: true}, {Name: "Protocol"}, {Name: "Tries left", Right: true},
			{Name: "Resends left", Right: true}, {Name: "Expires"}, {Name: "Flow"}, {Name: ""},
		},
		Empty: web.Empty{Title: "A challenge appears here as soon as a lookup asks for one. You can then act as the cardholder, without a browser.", Command: "cardsim demo --url URL --admin-url ADMIN_URL"},
	}
	for _, ch := range list.Items {
		t.Rows = append(t.Rows, challengeRow(r, ch))
	}
	p.View = t
	return nil
}

func challengeRow(r *http.Request, ch challenge) web.Row {
	to := root(r) + "/challenges/" + url.PathEscape(ch.ID)
	row := web.Row{ID: ch.ID, Cells: []web.Cell{
		{Kind: web.Ident, Text: ch.ID}, ch.mark(), {Text: ch.Card.name()}, {Kind: web.Amount, Text: money(ch.Amount, ch.Currency)}, {Text: ch.Protocol},
		{Kind: web.Amount, Text: strconv.Itoa(ch.AttemptsLeft)}, {Kind: web.Amount, Text: strconv.Itoa(ch.ResendsLeft)}, clockTime(ch.ExpiresAt), flowCell(r, ch.Flow),
	}}
	if !ch.running() {
		return row
	}
	for _, a := range []struct{ label, action string }{{"Approve", "approve"}, {"Cancel", "cancel"}, {"Resend", "resend"}, {"Expire", "expire"}, {"Fail", "fail"}} {
		row.Actions = append(row.Actions, web.Action{Label: a.label, To: to, Name: "action", Value: a.action})
	}
	return row
}

// flowCell leads to a journey.
func flowCell(r *http.Request, flow string) web.Cell {
	if flow == "" {
		return web.Cell{}
	}
	return web.Cell{Kind: web.Ident, Text: flow, Href: root(r) + "/flows/" + url.PathEscape(flow)}
}

// act does what the cardholder would.
func (c *Console) act(w http.ResponseWriter, r *http.Request) {
	action := r.PostFormValue("action")
	in := call{method: http.MethodPost, path: apiPath(r, "/challenges/"+url.PathEscape(r.PathValue("id"))), body: map[string]string{"action": action}}
	var now challenge
	err := c.api.do(r.Context(), in, &now)
	c.back(w, r, "Done as the cardholder: "+action+". The challenge is "+now.State+" "+now.Result+".", err)
}

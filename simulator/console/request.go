package console

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cardsim/web"
)

// request shows one entry of the journal, with the record of its decision.
func (c *Console) request(r *http.Request, p *web.Console) error {
	p.Section, p.Live, p.Body = "requests", "request", "request"
	id := url.PathEscape(r.PathValue("id"))
	var e entry
	if err := c.api.get(r.Context(), apiPath(r, "/requests/"+id), &e); err != nil {
		return err
	}
	var why explained
	if err := c.api.get(r.Context(), apiPath(r, "/requests/"+id+"/explain"), &why); err != nil {
		return err
	}
	p.Title = e.ID + " " + e.Operation
	v := web.Request{
		Facts: facts(r, e), Warnings: e.Warnings, Sent: side(e.Request), Answered: side(e.Response), Why: whyOf(why),
		Curl: curl(e), Scenario: scenarioOf(e),
	}
	if v.Scenario != "" {
		v.EditHref = root(r) + "/scenarios/edit?text=" + escape(v.Scenario)
	}
	if e.Refusal != nil {
		v.Reason = e.Refusal.Detail + " (" + e.Refusal.Code + ")"
	}
	p.View = v
	return nil
}

func facts(r *http.Request, e entry) []web.Fact {
	list := []web.Fact{
		{Name: "Outcome", Value: e.mark()},
		{Name: "Call", Value: web.Cell{Kind: web.Mono, Text: e.Method + " " + e.Path + query(e.Query)}},
		{Name: "Answer", Value: web.Cell{Text: answerWords(e)}},
		{Name: "Time", Value: web.Cell{Kind: web.Moment, Text: e.At.UTC().Format("2006-01-02 15:04:05.000"), Title: exact(e.At)}},
	}
	more := []web.Fact{
		{Name: "Card", Value: web.Cell{Text: e.Card.name()}},
		{Name: "Amount", Value: web.Cell{Text: money(e.Amount, e.Currency)}},
		{Name: "Merchant", Value: web.Cell{Text: e.Merchant}},
		{Name: "Reference", Value: web.Cell{Kind: web.Mono, Text: e.Reference}},
		{Name: "Rule", Value: web.Cell{Text: e.Rule}},
		{Name: "Flow", Value: web.Cell{Kind: web.Ident, Text: e.Flow, Href: root(r) + "/flows/" + url.PathEscape(e.Flow)}},
	}
	for _, f := range more {
		if f.Value.Text != "" {
			list = append(list, f)
		}
	}
	return list
}

func query(q string) string {
	if q == "" {
		return ""
	}
	return "?" + q
}

func answerWords(e entry) string {
	switch {
	case e.State == "in-flight":
		return "under way"
	case e.Status == 0:
		return "the connection was closed without an answer, after " + e.duration() + " ms"
	}
	s := "HTTP " + strconv.Itoa(e.Status)
	if e.Result != "" {
		s += ", result " + e.Result
	}
	return s + ", " + e.duration() + " ms"
}

func side(m *message) web.Message {
	v := web.Message{Parts: parts(m)}
	if m == nil {
		return v
	}
	names := make([]string, 0, len(m.Headers))
	for name := range m.Headers {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		v.Headers = append(v.Headers, web.Fact{Name: name, Value: web.Cell{Kind: web.Mono, Text: m.Headers[name]}})
	}
	return v
}

// curl repeats a request. What the journal masked is masked here, too: fill it in.
func curl(e entry) string {
	if e.Request == nil || e.Method == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("curl -sS -X " + e.Method + " " + quote(`$CARDSIM_URL`+e.Path+query(e.Query)))
	names := make([]string, 0, len(e.Request.Headers))
	for name := range e.Request.Headers {
		switch strings.ToLower(name) {
		case "content-length", "accept-encoding", "connection", "user-agent":
		default:
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		b.WriteString(" \\\n  -H " + quote(name+": "+e.Request.Headers[name]))
	}
	if e.Request.Body != "" {
		b.WriteString(" \\\n  --data-raw " + quote(e.Request.Body))
	}
	return b.String()
}

// quote is a word for a shell. The variable of the address stays one.
func quote(s string) string {
	if rest, ok := strings.CutPrefix(s, "$CARDSIM_URL"); ok {
		return `"$CARDSIM_URL"` + "'" + strings.ReplaceAll(rest, "'", `'\''`) + "'"
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// scenarioOf is a scenario that makes the entry's outcome happen to its operation.
func scenarioOf(e entry) string {
	if e.Operation == "" || e.Outcome == "" {
		return ""
	}
	return fmt.Sprintf(`version: 1
name: from-%s
summary: What happened in %s, on the first call of each card.
rules:
  - name: as in %s
    on: %s
    per: card
    sequence:
      - outcome: %s
`, e.ID, e.ID, e.ID, e.Operation, e.Outcome)
}

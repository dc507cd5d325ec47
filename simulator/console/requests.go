package console

import (
	"net/http"
	"net/url"

	"cardsim/web"
)

// page of the journal.
type entries struct {
	Items []entry
	Next  *string
}

// requests shows the journal.
func (c *Console) requests(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Live, p.Body = "Requests", "requests", "request journal", "requests"
	q := r.URL.Query()
	view := web.Requests{Text: q.Get("text"), Operation: q.Get("operation"), Outcome: q.Get("outcome"), Flow: q.Get("flow")}
	ask := url.Values{"limit": {"100"}}
	for _, name := range []string{"text", "operation", "outcome", "flow", "after"} {
		if v := q.Get(name); v != "" {
			ask.Set(name, v)
		}
	}
	var list entries
	if err := c.api.get(r.Context(), apiPath(r, "/requests?"+ask.Encode()), &list); err != nil {
		return err
	}
	view.Table = requestTable(r, list)
	if list.Next != nil {
		ask.Del("limit")
		ask.Set("after", *list.Next)
		view.Table.Older = "?" + ask.Encode()
	}
	p.View = view
	return nil
}

func requestTable(r *http.Request, list entries) web.Table {
	t := web.Table{
		Name: "requests",
		Columns: []web.Column{
			{Name: "Request"}, {Name: "Time"}, {Name: "Operation"}, {Name: "Outcome"}, {Name: "Card"}, {Name: "Amount", Right: true},
			{Name: "Reference"}, {Name: "Rule"}, {Name: "Flow"}, {Name: "ms", Right: true},
		},
		Empty: web.Empty{Title: "Every request that reaches a provider appears here, masked, while it is still under way.", Command: "cardsim demo --url URL --admin-url ADMIN_URL"},
	}
	for _, e := range list.Items {
		t.Rows = append(t.Rows, requestRow(r, e))
	}
	return t
}

func requestRow(r *http.Request, e entry) web.Row {
	operation := e.Operation
	if operation == "" {
		operation = e.Method + " " + e.Path
	}
	flow := web.Cell{Kind: web.Ident, Text: e.Flow}
	if e.Flow != "" {
		flow.Href = root(r) + "/flows/" + url.PathEscape(e.Flow)
	} else {
		flow.Kind = web.Plain
	}
	return web.Row{
		ID: e.ID, Href: root(r) + "/requests/" + url.PathEscape(e.ID),
		Cells: []web.Cell{
			{Kind: web.Mono, Text: e.ID}, clockTime(e.At), {Text: operation}, e.mark(), {Text: e.Card.name()},
			{Kind: web.Amount, Text: money(e.Amount, e.Currency)}, {Kind: web.Mono, Text: e.Reference}, {Kind: web.Caution, Text: e.Rule},
			flow, {Kind: web.Amount, Text: e.duration()},
		},
	}
}

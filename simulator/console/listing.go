package console

import (
	"encoding/json"
	"net/http"
	"net/url"

	"cardsim/web"
)

// listing is a page that lists one kind of thing: where the API has it, and how an
// item becomes a row.
type listing struct {
	section, title string
	live           string // the kinds of event that change it
	columns        []web.Column
	empty          web.Empty
	row            func(r *http.Request, raw json.RawMessage) (id string, cells []web.Cell, err error)
}

// serveList makes the page of a listing.
func (c *Console) serveList(l listing) func(*http.Request, *web.Console) error {
	return func(r *http.Request, p *web.Console) error {
		p.Title, p.Section, p.Live, p.Body = l.title, l.section, l.live, "list"
		ask := url.Values{"limit": {"100"}}
		if after := r.FormValue("after"); after != "" {
			ask.Set("after", after)
		}
		var list struct {
			Items []json.RawMessage
			Next  *string
		}
		if err := c.api.get(r.Context(), apiPath(r, "/"+l.section+"?"+ask.Encode()), &list); err != nil {
			return err
		}
		t := web.Table{Name: l.section, Columns: l.columns, Empty: l.empty}
		for _, raw := range list.Items {
			id, cells, err := l.row(r, raw)
			if err != nil {
				return err
			}
			t.Rows = append(t.Rows, web.Row{ID: id, Href: root(r) + "/" + l.section + "/" + url.PathEscape(id), Cells: cells})
		}
		if list.Next != nil {
			t.Older = "?after=" + escape(*list.Next)
		}
		p.View = t
		return nil
	}
}

// serveRecord makes the page of one item of a listing.
func (c *Console) serveRecord(l listing) func(*http.Request, *web.Console) error {
	return func(r *http.Request, p *web.Console) error {
		p.Title, p.Section, p.Live, p.Body = r.PathValue("id"), l.section, l.live, "record"
		var raw json.RawMessage
		if err := c.api.get(r.Context(), apiPath(r, "/"+l.section+"/"+url.PathEscape(r.PathValue("id"))), &raw); err != nil {
			return err
		}
		var known struct{ Flow string }
		if err := json.Unmarshal(raw, &known); err != nil {
			return err
		}
		p.View = web.Record{Flow: flowCell(r, known.Flow), Text: pretty(raw)}
		return nil
	}
}

// typed makes a row of an item of a known shape.
func typed[T any](row func(*http.Request, T) (string, []web.Cell)) func(*http.Request, json.RawMessage) (string, []web.Cell, error) {
	return func(r *http.Request, raw json.RawMessage) (string, []web.Cell, error) {
		var item T
		if err := json.Unmarshal(raw, &item); err != nil {
			return "", nil, err
		}
		id, cells := row(r, item)
		return id, cells, nil
	}
}

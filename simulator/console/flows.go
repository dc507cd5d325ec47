package console

import (
	"net/http"
	"net/url"
	"strings"

	"cardsim/web"
)

// journeyDepth is how many of the newest requests the list of journeys is made of.
const journeyDepth = "1000"

// flows shows the journeys, newest first, and the lanes of one: the one asked for,
// or the newest.
func (c *Console) flows(r *http.Request, p *web.Console) error {
	p.Title, p.Section, p.Live, p.Body = "Flows", "flows", "request journal", "flows"
	ask := url.Values{"limit": {journeyDepth}}
	if after := r.FormValue("after"); after != "" {
		ask.Set("after", after)
	}
	var list entries
	if err := c.api.get(r.Context(), apiPath(r, "/requests?"+ask.Encode()), &list); err != nil {
		return err
	}
	order, byFlow := journeys(list.Items)
	view := web.Flows{Empty: web.Empty{Title: "Each card's journey through the four companies appears here as it happens.", Command: "cardsim demo --url URL --admin-url ADMIN_URL"}}
	if list.Next != nil {
		view.Older = "?after=" + escape(*list.Next)
	}
	chosen := r.PathValue("flow")
	if chosen == "" && len(order) > 0 {
		chosen = order[0]
	}
	for _, id := range order {
		view.Journeys = append(view.Journeys, journeyLine(r, id, byFlow[id], id == chosen))
	}
	if chosen != "" {
		lanes, err := c.lanes(r, chosen)
		if err != nil {
			return err
		}
		view.Chosen = lanes
	}
	p.View = view
	return nil
}

// journeys groups requests, newest first, by flow. Those of no flow are not a
// journey.
func journeys(items []entry) (order []string, byFlow map[string][]entry) {
	byFlow = map[string][]entry{}
	for _, e := range items {
		if e.Flow == "" {
			continue
		}
		if byFlow[e.Flow] == nil {
			order = append(order, e.Flow)
		}
		byFlow[e.Flow] = append(byFlow[e.Flow], e)
	}
	return order, byFlow
}

// journeyLine sums a journey up: its newest word, and the amount that was paid or
// is to be.
func journeyLine(r *http.Request, id string, newestFirst []entry, current bool) web.Journey {
	newest := newestFirst[0]
	j := web.Journey{
		ID: id, Href: root(r) + "/flows/" + url.PathEscape(id), Hops: len(newestFirst), Current: current,
		Outcome: newest.mark(), Time: clockTime(newest.At),
	}
	for _, e := range newestFirst {
		if j.Card == "" {
			j.Card = e.Card.name()
		}
		if j.Money == "" {
			j.Money = money(e.Amount, e.Currency)
		}
	}
	return j
}

// lanes draws one journey.
func (c *Console) lanes(r *http.Request, flow string) (*web.Lanes, error) {
	var list entries
	if err := c.api.get(r.Context(), apiPath(r, "/requests?limit=200&flow="+escape(flow)), &list); err != nil {
		return nil, err
	}
	if len(list.Items) == 0 {
		return nil, &refusal{Status: http.StatusNotFound, Detail: "The journal holds nothing of the flow " + flow + ": it was cleared, or dropped for newer entries."}
	}
	line := journeyLine(r, flow, list.Items, true)
	out := &web.Lanes{ID: flow, Card: line.Card, Money: line.Money, Outcome: line.Outcome, Time: line.Time, Requests: root(r) + "/requests?flow=" + escape(flow)}
	trail := newTrail()
	for i := len(list.Items) - 1; i >= 0; i-- {
		e := list.Items[i]
		var why explained
		if err := c.api.get(r.Context(), apiPath(r, "/requests/"+url.PathEscape(e.ID)+"/explain"), &why); err != nil {
			continue // dropped between the two questions
		}
		out.Hops = append(out.Hops, trail.hop(r, e, why))
	}
	out.Values = trail.values()
	return out, nil
}

// lane is the party that an operation belongs to.
func lane(e entry) int {
	switch e.Provider {
	case "cardinal":
		return 1
	case "cipher", "acs":
		return 2
	case "cardtokens":
		return 3
	case "acehub":
		return 4
	default:
		return 0
	}
}

// label is an operation without its provider: token.cryptogram.
func label(e entry) string {
	if _, rest, ok := strings.Cut(e.Operation, "."); ok {
		return rest
	}
	return e.Method + " " + e.Path
}

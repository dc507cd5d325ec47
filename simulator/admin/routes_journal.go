package admin

import (
	"net/http"

	"cardsim/simulator/journal"
)

// journalRoutes are about what was sent and answered.
func (a *API) journalRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: inSandbox + "/requests", ID: "listRequests", Tag: tagJournal,
			Summary: "The journal, newest first, without requests and responses.",
			Query: []Parameter{
				{Name: "operation", Summary: "operation id, or a pattern such as acehub.*"}, {Name: "flow", Summary: "id of a journey"},
				{Name: "since", Type: "date-time", Summary: "leaves out what was received before"}, {Name: "limit", Type: "integer", Summary: "size of the page"},
			},
			Answer: journal.Page{}, serve: a.world(a.listRequests),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/requests/{id}", ID: "getRequest", Tag: tagJournal,
			Summary: "One entry with its request and response, masked.", Answer: journal.Entry{}, serve: a.world(a.getRequest),
		}, {
			Method: http.MethodGet, Path: inSandbox + "/requests/{id}/explain", ID: "explainRequest", Tag: tagJournal,
			Summary: "How the answer came about: rules, draws, clock, and what changed.", Answer: Explained{}, serve: a.world(a.explain),
		}, {
			Method: http.MethodPost, Path: inSandbox + "/verify", ID: "verify", Tag: tagJournal,
			Summary: "Checks the journal: 200 when it is as demanded, else 409 with the closest entries. Without a body the expectations of the active scenarios are checked.",
			Body:    Verification{}, BodyOptional: true, Answer: Verdict{}, Also: map[int]any{http.StatusConflict: Verdict{}}, serve: a.verify,
		},
	}
}

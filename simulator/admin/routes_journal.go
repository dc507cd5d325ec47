package admin

import (
	"fmt"
	"net/http"

	"cardsim/simulator/journal"
)

// journalRoutes are about what was sent and answered.
func (a *API) journalRoutes() []Route {
	return []Route{
		{
			Method: http.MethodGet, Path: inSandbox + "/requests", ID: "listRequests", Tag: tagJournal,
			Summary: "The journal, newest first, without requests and responses; requests in flight included.",
			Query:   requestParameters(fmt.Sprintf("size of the page, at most %d; %d unless given", maxLimit, defaultLimit)),
			Answer:  journal.Page{}, serve: a.world(a.listRequests),
		}, {
			Method: http.MethodDelete, Path: inSandbox + "/requests", ID: "clearRequests", Tag: tagJournal,
			Summary: "Empties the journal and nothing else; requests in flight stay.", Status: http.StatusNoContent, serve: a.clearRequests,
		}, {
			Method: http.MethodGet, Path: inSandbox + "/requests/har", ID: "harRequests", Tag: tagJournal,
			Summary: "The journal as an HTTP Archive 1.2, oldest first, masked.",
			Query:   requestParameters(fmt.Sprintf("how many of the newest, at most %d; all unless given", maxLimit)),
			Answer:  HAR{}, serve: a.world(a.harRequests),
		}, {
			Method: http.MethodPost, Path: inSandbox + "/requests/count", ID: "countRequests", Tag: tagJournal,
			Summary: "How many entries a search finds.", Body: Search{}, BodyOptional: true, Answer: Count{}, serve: a.world(a.countRequests),
		}, {
			Method: http.MethodPost, Path: inSandbox + "/requests/find", ID: "findRequests", Tag: tagJournal,
			Summary: "The entries that a search finds, newest first, without requests and responses.",
			Body:    Search{}, BodyOptional: true, Answer: journal.Page{}, serve: a.world(a.findRequests),
		}, {
			Method: http.MethodPost, Path: inSandbox + "/requests/wait", ID: "waitRequests", Tag: tagJournal,
			Summary: "Holds the answer back until a search finds enough: 200, or 408 at the deadline with what was found and what comes closest.",
			Body:    Search{}, BodyOptional: true, Answer: Found{}, Also: map[int]any{http.StatusRequestTimeout: WaitTimeout{}}, serve: a.waitRequests,
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

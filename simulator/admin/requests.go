package admin

import (
	"fmt"
	"net/http"

	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
)

// defaultLimit is how many entries a list holds when no limit is given.
const defaultLimit = 100

// listRequests shows a page of the journal: every entry that the filters let
// through, those in flight included.
func (a *API) listRequests(r *http.Request, w *sandbox.World) (any, error) {
	q, err := a.readFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	if q.Limit == 0 {
		q.Limit = defaultLimit
	}
	return a.Journal.List(w.ID, q), nil
}

func (a *API) getRequest(r *http.Request, w *sandbox.World) (any, error) {
	id := r.PathValue("id")
	if e, ok := a.Journal.Get(w.ID, id); ok {
		return e, nil
	}
	return nil, problem(http.StatusNotFound, fmt.Sprintf("sandbox %s has no request %q in its journal", w.ID, id))
}

// clearRequests empties the journal of a sandbox and nothing else of it; what is
// under way stays.
func (a *API) clearRequests(w http.ResponseWriter, r *http.Request) {
	world, err := a.find(r)
	if err == nil {
		err = a.Journal.Clear(world.ID)
	}
	if err != nil {
		a.writeProblem(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// countRequests says how many entries a search finds.
func (a *API) countRequests(r *http.Request, w *sandbox.World) (any, error) {
	s, err := a.readSearch(r)
	if err != nil {
		return nil, err
	}
	n := Count{}
	for range a.Journal.All(w.ID, s.query) {
		n.Count++
	}
	return n, nil
}

// findRequests shows a page of the entries that a search finds.
func (a *API) findRequests(r *http.Request, w *sandbox.World) (any, error) {
	s, err := a.readSearch(r)
	if err != nil {
		return nil, err
	}
	return a.Journal.List(w.ID, s.query), nil
}

// Count is the answer of POST S/requests/count.
type Count struct {
	Count int `json:"count"` // how many entries the search finds
}

// Found is the answer of POST S/requests/wait.
type Found struct {
	// Count is how many entries the search finds now.
	Count int `json:"count"`
	// Items are the newest of them, without requests and responses.
	Items []journal.Entry `json:"items"`
}

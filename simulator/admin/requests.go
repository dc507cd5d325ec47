package admin

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
)

// defaultLimit is how many entries a list holds when no limit is given.
const defaultLimit = 100

func (a *API) listRequests(r *http.Request, w *sandbox.World) (any, error) {
	q := journal.Query{Operation: r.FormValue("operation"), Flow: r.FormValue("flow"), Limit: defaultLimit}
	if since := r.FormValue("since"); since != "" {
		at, err := time.Parse(time.RFC3339, since)
		if err != nil {
			return nil, problem(http.StatusBadRequest, "since is an instant such as 2026-01-02T03:04:05Z")
		}
		q.Since = at
	}
	if limit := r.FormValue("limit"); limit != "" {
		n, err := strconv.Atoi(limit)
		if err != nil || n < 1 {
			return nil, problem(http.StatusBadRequest, "limit is a whole number above 0")
		}
		q.Limit = n
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

package admin

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"cardsim/scenarios"
	"cardsim/simulator/clock"
	"cardsim/simulator/journal"
)

// WaitTimeout is the problem document of a wait that ended before enough entries
// were there.
type WaitTimeout struct {
	Problem
	// Count is how many entries the search found, Items the newest of them.
	Count int             `json:"count"`
	Items []journal.Entry `json:"items"` // the newest that were found
	// Closest are entries that miss by the fewest fields, and those fields.
	Closest []scenarios.Close `json:"closest"`
}

// waitRequests holds the answer back until enough entries are there: 200, or 408 at
// the deadline.
func (a *API) waitRequests(w http.ResponseWriter, r *http.Request) {
	var found Found
	world, err := a.find(r)
	if err == nil {
		var s search
		if s, err = a.readSearch(r); err == nil {
			found, err = a.await(r.Context(), world.ID, s)
		}
	}
	var late *WaitTimeout
	switch {
	case errors.As(err, &late):
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(late.Status)
		_ = json.NewEncoder(w).Encode(late) // a client that has gone is no error of ours
	case err != nil:
		a.writeProblem(w, err)
	default:
		writeJSON(w, http.StatusOK, found)
	}
}

// await looks at what is there, and then only at what comes and changes, until
// enough is found. It ends with the context: the client has gone, or the simulator
// stops. The time is the machine's (decisions 11).
func (a *API) await(ctx context.Context, sandbox string, s search) (Found, error) {
	feed := a.Journal.Follow(sandbox)
	defer feed.Close()
	deadline := clock.After(s.timeout)
	hits := hits{feed: feed, search: s, found: map[string]journal.Entry{}}
	for {
		hits.look()
		if hits.enough() {
			return hits.answer(), nil
		}
		select {
		case <-feed.Changed():
			if _, there := a.Worlds.ByID(sandbox); !there {
				return Found{}, problem(http.StatusNotFound, fmt.Sprintf("sandbox %q was deleted while its journal was waited for", sandbox))
			}
		case <-deadline:
			return Found{}, a.tooLate(sandbox, hits)
		case <-ctx.Done():
			return Found{}, problem(http.StatusServiceUnavailable, "the simulator stops: nothing comes any more")
		}
	}
}

// hits are what a wait has found so far.
type hits struct {
	feed   *journal.Feed
	search search
	found  map[string]journal.Entry
}

// look sorts in what came or changed.
func (h hits) look() {
	entries, others := h.feed.Next(h.search.query)
	for _, e := range entries {
		h.found[e.ID] = e
	}
	for _, id := range others {
		delete(h.found, id) // it was in flight, and is not what was waited for
	}
}

// enough says whether as many are found as wanted, those not counted that the
// journal does not hold any more.
func (h hits) enough() bool {
	if len(h.found) < h.search.count {
		return false
	}
	h.prune()
	return len(h.found) >= h.search.count
}

func (h hits) prune() {
	maps.DeleteFunc(h.found, func(id string, _ journal.Entry) bool { return !h.feed.Holds(id) })
}

// answer is what was found, the newest first.
func (h hits) answer() Found {
	list := slices.SortedFunc(maps.Values(h.found), func(a, b journal.Entry) int {
		return cmp.Or(cmp.Compare(len(b.ID), len(a.ID)), cmp.Compare(b.ID, a.ID)) // the order of receipt, also past six digits
	})
	f := Found{Count: len(list), Items: []journal.Entry{}}
	for _, e := range list[:min(len(list), h.search.query.Limit)] {
		f.Items = append(f.Items, e.Brief())
	}
	return f
}

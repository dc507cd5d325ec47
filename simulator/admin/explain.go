package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"cardsim/scenarios"
	"cardsim/simulator/director"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
)

// Explained says how the answer to a request came about. It is the record that
// was made with the answer, so it cannot disagree with it.
type Explained struct {
	// Request is the journal's entry without request and response.
	Request journal.Entry `json:"request"`
	// Decision is what the scenarios considered; null when none was active, or
	// while the request is in flight.
	Decision json.RawMessage `json:"decision"`
	// Clock is the sandbox's clock as the request saw it.
	Clock json.RawMessage `json:"clock"`
	// State is what the request changed, with before and after.
	State json.RawMessage `json:"state"`
	// Unused are the active rules that no request has met so far.
	Unused []UnusedRule `json:"unused"`
}

// UnusedRule names an active rule that was never used.
type UnusedRule struct {
	Scenario string `json:"scenario"` // whose it is
	Rule     string `json:"rule"`     // its name
}

func (a *API) explain(r *http.Request, w *sandbox.World) (any, error) {
	id := r.PathValue("id")
	entry, ok := a.Journal.Get(w.ID, id)
	if !ok {
		return nil, problem(http.StatusNotFound, fmt.Sprintf("sandbox %s has no request %q in its journal", w.ID, id))
	}
	entry.Request, entry.Response = nil, nil
	null := json.RawMessage("null")
	out := Explained{Request: entry, Decision: null, Clock: null, State: json.RawMessage("[]"), Unused: unused(a.Director.Status(w.ID))}
	record, _ := a.Journal.Decision(w.ID, id)
	if len(record) == 0 {
		return out, nil
	}
	var kept struct{ Decision, Clock, State json.RawMessage }
	err := json.Unmarshal(record, &kept)
	if err != nil {
		return nil, fmt.Errorf("read the record of request %s: %w", id, err)
	}
	if out.Decision, err = a.decisionOf(w, kept.Decision); err != nil {
		return nil, fmt.Errorf("read the record of request %s: %w", id, err)
	}
	out.Clock, out.State = kept.Clock, kept.State
	return out, nil
}

// decisionOf writes a kept decision out: every rule that was considered. When the
// list of the rules is gone, what won is all that is left.
func (a *API) decisionOf(w *sandbox.World, kept json.RawMessage) (json.RawMessage, error) {
	if len(kept) == 0 || string(kept) == "null" {
		return json.RawMessage("null"), nil
	}
	d, err := scenarios.ReadRecord(kept, func(id string) (scenarios.RuleList, bool) { return a.Director.RuleList(w, id) })
	if err != nil && !errors.Is(err, scenarios.ErrNoList) {
		return nil, err
	}
	return json.Marshal(d)
}

func unused(active []director.Status) []UnusedRule {
	list := []UnusedRule{}
	for _, s := range active {
		for _, r := range s.Rules {
			if r.Unused {
				list = append(list, UnusedRule{Scenario: s.Name, Rule: r.Name})
			}
		}
	}
	return list
}

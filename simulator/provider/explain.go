package provider

import (
	"encoding/json"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/store"
)

// Explanation is the record of how an answer came about, made with the answer and
// kept beside it: what the scenarios considered, the clock, and what the run
// changed.
type Explanation struct {
	// Decision is the scenarios' own record; null when none was active.
	Decision json.RawMessage `json:"decision"`
	Clock    ExplainedClock  `json:"clock"`
	// State is what the request changed in the sandbox, in the order of writing;
	// empty when it changed nothing.
	State []store.Change `json:"state"`
}

// explaining is an Explanation on its way out: the decision is encoded together
// with it, once.
type explaining struct {
	Decision any `json:"decision"`
	Explanation
}

// ExplainedClock is the sandbox's clock as the request saw it.
type ExplainedClock struct {
	Mode clock.Mode `json:"mode"`
	Now  time.Time  `json:"now"`
}

// flowTable is bookkeeping of the journal, not the sandbox's state.
const flowTable = "provider.flows"

// explain makes the record. One that cannot be encoded is left out and logged:
// the answer is not worth less for it.
func (f *Front) explain(c *Call) json.RawMessage {
	e := explaining{Decision: c.decision, Explanation: Explanation{Clock: ExplainedClock{Mode: c.World.Clock.Mode(), Now: c.Now}, State: []store.Change{}}}
	for _, change := range c.changes {
		if change.Table != flowTable {
			e.State = append(e.State, change)
		}
	}
	record, err := json.Marshal(e)
	if err == nil {
		return record
	}
	f.log.Error("the record of a decision could not be encoded", "request", c.Request.ID, "error", err)
	return nil
}

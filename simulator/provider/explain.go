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
	e := Explanation{Clock: ExplainedClock{Mode: c.World.Clock.Mode(), Now: c.Now}, State: []store.Change{}}
	for _, change := range c.changes {
		if change.Table != flowTable {
			e.State = append(e.State, change)
		}
	}
	var err error
	if e.Decision, err = json.Marshal(c.decision); err == nil {
		var record []byte
		if record, err = json.Marshal(e); err == nil {
			return record
		}
	}
	f.log.Error("the record of a decision could not be encoded", "request", c.Request.ID, "error", err)
	return nil
}

package provider

import (
	"encoding/json"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/journal"
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

// explaining is an Explanation on its way out, as small as it can be kept.
type explaining struct {
	account  journal.Account
	decision any
	clock    ExplainedClock
	state    packed
}

// AppendJSON writes the Explanation, the decision encoded together with it. What
// changed is JSON already and is taken over as it is.
func (e *explaining) AppendJSON(b []byte) ([]byte, error) {
	decision, err := json.Marshal(e.decision)
	if err != nil {
		return nil, err
	}
	b = append(append(b, `{"decision":`...), decision...)
	seen, err := json.Marshal(e.clock)
	if err != nil {
		return nil, err
	}
	b = append(append(b, `,"clock":`...), seen...)
	return append(e.state.appendJSON(append(b, `,"state":`...)), '}'), nil
}

// ExplainedClock is the sandbox's clock as the request saw it.
type ExplainedClock struct {
	Mode clock.Mode `json:"mode"`
	Now  time.Time  `json:"now"`
}

// These are bookkeeping of the journal, not the sandbox's state.
const (
	flowTable     = "provider.flows"
	cardFlowTable = "provider.card-flows"
)

// sized is a record of the scenarios that knows what it takes in memory.
type sized interface{ Size() int }

// explain makes the record; it is encoded later, when nobody waits.
func (f *Front) explain(c *Call) *journal.Account {
	e := &explaining{decision: c.decision, clock: ExplainedClock{Mode: c.World.Clock.Mode(), Now: c.Now}, state: c.changes}
	size := 256 + cap(e.state)
	if d, ok := c.decision.(sized); ok {
		size += d.Size()
	}
	e.account = journal.AccountOf(e, size)
	return &e.account
}

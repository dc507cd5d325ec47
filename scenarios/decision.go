package scenarios

import (
	"encoding/json"

	"cardsim/simulator/core"
)

// Decision is the record of how a plan came about, made together with it, so that
// explain cannot disagree with the answer.
type Decision struct {
	Operation string `json:"operation"`
	// Considered are the rules in the order they were tried, those of other
	// operations too, up to the one that won. A decision that was just made has none
	// here, see Every.
	Considered []Considered `json:"considered"`
	// Scenario and Rule name what won; empty when nothing did.
	Scenario string `json:"scenario,omitempty"`
	Rule     string `json:"rule,omitempty"`
	// Step is the step of the sequence, from 1; 0 for a rule without one.
	Step int `json:"step,omitempty"`
	// Pass says that the step was pass: the provider answers as always.
	Pass bool `json:"pass,omitempty"`
	// Counters are those that moved, Draws what chance said.
	Counters []Counted `json:"counters,omitempty"`
	Draws    []Drawn   `json:"draws,omitempty"`
	Plan     core.Plan `json:"plan"`

	active *Active // nil when read back
	course *course // nil when the operation has no rules
	tried  []tried
}

// Considered is one rule and whether it matched.
type Considered struct {
	Scenario string `json:"scenario"`
	Rule     string `json:"rule"`
	Matched  bool   `json:"matched"`
	// Failed is the first part of the rule that did not match: on, per, when,
	// sequence or probability. Reason says why in a sentence.
	Failed string `json:"failed,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// Counted is a counter that moved.
type Counted struct {
	Scenario string `json:"scenario"`
	Rule     string `json:"rule"`
	// Counts says what: call, draw or step. Per says whose.
	Counts  string `json:"counts"`
	Per     string `json:"per"`
	Ordinal uint64 `json:"ordinal"`
}

// Drawn is what chance said.
type Drawn struct {
	Scenario string `json:"scenario"`
	Rule     string `json:"rule"`
	// For is probability or delay.
	For     string  `json:"for"`
	Ordinal uint64  `json:"ordinal"`
	Value   float64 `json:"value"`
}

// shown says whose counter it is, as per stands in the file.
func (k counterKey) shown(counts string) string {
	switch {
	case k.word != "":
		return k.word
	case counts == countsDraws:
		return "merchant, card, order" // see finest
	}
	return perSandbox
}

// Every lists all active rules in the order they are tried, up to the one that
// won: those of other operations, too, with their on as what did not match.
func (d Decision) Every() []Considered {
	if d.active == nil {
		return d.Considered
	}
	return d.active.List().expand(d.tried)
}

// MarshalJSON writes the decision with every rule.
func (d Decision) MarshalJSON() ([]byte, error) {
	type document Decision // without this method
	d.Considered = d.Every()
	if d.Considered == nil {
		d.Considered = []Considered{}
	}
	return json.Marshal(document(d))
}

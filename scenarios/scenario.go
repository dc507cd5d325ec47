package scenarios

import "slices"

// Scenario is a file that was found good, with its expressions compiled. It is not
// to be written to; safe for concurrent use.
type Scenario struct {
	File
	rules  []*rule
	expect []Demand
}

// Demands are the scenario's expectations, ready for [Verify].
func (s *Scenario) Demands() []Demand { return slices.Clone(s.expect) }

// rule is one rule ready to be tried.
type rule struct {
	scenario, name string
	on             Words
	operations     []string
	when           *expression
	per            counterKey
	steps          []Step
	sequenced      bool
	after          string
	probability    *float64
	draws          bool // a probability, or a delay that is drawn
}

// The words of after; without one the rule steps aside.
const (
	afterStay   = "stay"
	afterRepeat = "repeat"
)

// newRule makes a rule of what the file says, all but its expressions and its
// operations.
func newRule(scenario, name string, r *Rule) *rule {
	made := &rule{
		scenario: scenario, name: name, on: r.On, steps: r.Sequence, sequenced: r.Do == nil,
		after: r.After, probability: r.Probability, draws: r.Probability != nil,
	}
	if r.Do != nil {
		made.steps = []Step{*r.Do}
	}
	for _, s := range made.steps {
		made.draws = made.draws || s.Delay.drawn()
	}
	return made
}

// stepFor is the index of the step that follows after so many, or -1 when the
// rule steps aside.
func (r *rule) stepFor(used uint64) int {
	length := uint64(len(r.steps))
	switch {
	case used < length:
		return int(used)
	case r.after == afterStay:
		return len(r.steps) - 1
	case r.after == afterRepeat:
		return int(used % length)
	}
	return -1
}

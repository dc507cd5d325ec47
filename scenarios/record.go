package scenarios

import (
	"encoding/json"
	"fmt"
)

// Record is a decision in the short form in which it is kept beside every request:
// neighbouring rules that failed alike share one entry. Written out, hundreds of
// rules would cost more than the answer that they did not change.
type Record struct{ decision Decision }

// Record gives the short form; [ReadRecord] gives the decision back.
func (d Decision) Record() Record { return Record{d} }

// tried are neighbouring rules of a scenario of which the same is true.
type tried struct {
	Scenario string   `json:"scenario"`
	Rules    []string `json:"rules"`
	Matched  bool     `json:"matched,omitempty"`
	Failed   string   `json:"failed,omitempty"`
	Reason   string   `json:"reason,omitempty"`
}

// kept is the stored form.
type kept struct {
	Tried    []tried         `json:"tried"`
	Decision json.RawMessage `json:"decision"`
}

// plainDecision is a decision without its own way into JSON.
type plainDecision Decision

// MarshalJSON writes the short form.
func (r Record) MarshalJSON() ([]byte, error) {
	d := r.decision
	var k kept
	rules := d.Every()
	names := make([]string, 0, len(rules)) // one array for all groups
	for i, c := range rules {
		names = append(names, c.Rule)
		last := len(k.Tried) - 1
		if i > 0 && alike(c, rules[i-1]) {
			t := &k.Tried[last]
			t.Rules = names[len(names)-1-len(t.Rules):]
			continue
		}
		k.Tried = append(k.Tried, tried{c.Scenario, names[len(names)-1:], c.Matched, c.Failed, c.Reason})
	}
	d.Considered = nil
	var err error
	if k.Decision, err = json.Marshal(plainDecision(d)); err != nil {
		return nil, fmt.Errorf("record a decision: %w", err)
	}
	return json.Marshal(k)
}

// alike says that nothing but their names tells two rules apart.
func alike(a, b Considered) bool {
	a.Rule, b.Rule = "", ""
	return a == b
}

// ReadRecord reads what [Record] wrote: the decision with every rule.
func ReadRecord(data []byte) (Decision, error) {
	var k kept
	var d Decision
	if err := json.Unmarshal(data, &k); err != nil {
		return d, fmt.Errorf("read a decision: %w", err)
	}
	if err := json.Unmarshal(k.Decision, &d); err != nil {
		return d, fmt.Errorf("read a decision: %w", err)
	}
	d.Considered = []Considered{}
	for _, t := range k.Tried {
		for _, name := range t.Rules {
			d.Considered = append(d.Considered, Considered{Scenario: t.Scenario, Rule: name, Matched: t.Matched, Failed: t.Failed, Reason: t.Reason})
		}
	}
	return d, nil
}

package scenarios

import (
	"encoding/json"
	"fmt"
)

// Record is a decision in the short form in which it is kept beside every request:
// neighbouring rules that failed alike share one entry. Written out, hundreds of
// rules would cost more than the answer that they did not change.
type Record struct {
	tried    []tried
	decision plainDecision // without what was considered
}

// Record gives the short form; [ReadRecord] gives the decision back. It is cheap
// to make and small to keep; it is encoded only when somebody asks, or on its way
// to the disk.
func (d Decision) Record() Record {
	rules := d.Every()
	r := Record{decision: plainDecision(d)}
	r.decision.Considered = nil
	names := make([]string, 0, len(rules)) // one array for all groups
	for i, c := range rules {
		names = append(names, c.Rule)
		if i > 0 && alike(c, rules[i-1]) {
			t := &r.tried[len(r.tried)-1]
			t.Rules = names[len(names)-1-len(t.Rules):]
			continue
		}
		r.tried = append(r.tried, tried{c.Scenario, names[len(names)-1:], c.Matched, c.Failed, c.Reason})
	}
	return r
}

// Size is about what the record takes in memory, in bytes.
func (r Record) Size() int {
	n := 256
	for _, t := range r.tried {
		n += 96 + len(t.Reason) + 16*len(t.Rules) // the names themselves are the scenario's
	}
	return n
}

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
	decision, err := json.Marshal(r.decision)
	if err != nil {
		return nil, fmt.Errorf("record a decision: %w", err)
	}
	return json.Marshal(kept{Tried: r.tried, Decision: decision})
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

package scenarios

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Record is a decision in the short form in which it is kept beside every request:
// the rules stand for themselves by their place in a list that is kept once, and
// neighbours that failed alike share one entry. Written out, hundreds of rules
// would cost more than the answer that they did not change.
type Record struct {
	list     string
	tried    []tried
	decision plainDecision // without what was considered
}

// Record gives the short form; [ReadRecord] gives the decision back. It is cheap
// to make and small to keep; it is encoded only when somebody asks, or on its way
// to the disk. Requests that no rule took, for the same reasons, share one.
func (d Decision) Record() *Record {
	if !d.untaken() {
		return d.record()
	}
	former := d.course.untaken.Load()
	if former != nil && slices.EqualFunc(former.tried, d.tried, tried.same) {
		return former
	}
	r := d.record()
	d.course.untaken.Store(r)
	return r
}

// untaken says that there were rules, and that the decision tells nothing but why none
// took the request.
func (d Decision) untaken() bool {
	return d.course != nil && d.Rule == "" && len(d.Counters) == 0 && len(d.Draws) == 0
}

func (d Decision) record() *Record {
	r := &Record{list: d.active.ListID(), tried: d.tried, decision: plainDecision(d)}
	// The rules are not held beyond their time.
	r.decision.Considered, r.decision.tried, r.decision.active, r.decision.course = nil, nil, nil, nil
	return r
}

// Size is about what the record takes in memory, in bytes.
func (r Record) Size() int {
	n := 256
	for _, t := range r.tried {
		n += 96 + len(t.Reason)
	}
	return n
}

// tried are neighbouring rules of which the same is true.
type tried struct {
	// First is the place of the first in the list, Count how many there are.
	First   int    `json:"first"`
	Count   int    `json:"count"`
	Matched bool   `json:"matched,omitempty"`
	Failed  string `json:"failed,omitempty"`
	Reason  string `json:"reason,omitempty"`

	// Scenario and Rules are how records were kept before there were lists.
	Scenario string   `json:"scenario,omitempty"`
	Rules    []string `json:"rules,omitempty"`
}

// same says that two tell the same of the same rules.
func (t tried) same(other tried) bool {
	return t.First == other.First && t.Count == other.Count && t.Matched == other.Matched && t.Failed == other.Failed && t.Reason == other.Reason
}

// follows says that a rule goes on where the entry ends, and failed alike.
func (t *tried) follows(r placed, no refusal) bool {
	return r.place == t.First+t.Count && !t.Matched && no.part != "" && t.Failed == no.part && t.Reason == no.reason
}

// kept is the stored form.
type kept struct {
	List     string        `json:"list,omitempty"`
	Tried    []tried       `json:"tried"`
	Decision plainDecision `json:"decision"`
}

// plainDecision is a decision without its own way into JSON.
type plainDecision Decision

// MarshalJSON writes the short form.
func (r Record) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(kept{r.list, r.tried, r.decision})
	if err != nil {
		return nil, fmt.Errorf("record a decision: %w", err)
	}
	return text, nil
}

// ErrNoList says that the list of the rules that a record speaks of is gone.
var ErrNoList = errors.New("the list of the rules that were in force is not kept any more")

// ReadRecord reads what [Record] wrote: the decision with every rule. lists finds
// the rules that were in force.
func ReadRecord(data []byte, lists func(id string) (RuleList, bool)) (Decision, error) {
	var k kept
	if err := json.Unmarshal(data, &k); err != nil {
		return Decision{}, fmt.Errorf("read a decision: %w", err)
	}
	d := Decision(k.Decision)
	if k.List == "" {
		d.Considered = inFull(k.Tried)
		return d, nil
	}
	list, ok := lists(k.List)
	if !ok {
		return d, ErrNoList
	}
	d.Considered = list.expand(k.Tried)
	return d, nil
}

// inFull reads the records of before, which name each rule.
func inFull(all []tried) []Considered {
	out := []Considered{}
	for _, t := range all {
		for _, name := range t.Rules {
			out = append(out, Considered{Scenario: t.Scenario, Rule: name, Matched: t.Matched, Failed: t.Failed, Reason: t.Reason})
		}
	}
	return out
}

// expand gives every rule its word: what became of those that were tried, and that
// the others are on other operations. After the one that won there is none.
func (l RuleList) expand(all []tried) []Considered {
	out := make([]Considered, 0, len(l.Rules))
	upTo := func(place int) {
		for _, r := range l.Rules[min(len(out), place):min(place, len(l.Rules))] {
			out = append(out, r.elsewhere())
		}
	}
	for _, t := range all {
		upTo(t.First)
		for _, r := range l.Rules[min(t.First, len(l.Rules)):min(t.First+t.Count, len(l.Rules))] {
			out = append(out, Considered{Scenario: r.Scenario, Rule: r.Rule, Matched: t.Matched, Failed: t.Failed, Reason: t.Reason})
		}
		if t.Matched {
			return out
		}
	}
	upTo(len(l.Rules))
	return out
}

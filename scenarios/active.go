package scenarios

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Active is a list of scenarios in force, tried in order. It never changes; safe
// for concurrent use. A nil Active has no scenario.
type Active struct {
	scenarios []*Scenario
	rules     []*rule            // all of them, in the order they are tried
	index     map[string]*course // the ones of an operation, so that others cost nothing
	list      RuleList
	listID    string
	rooms     sync.Pool // for the making of plans, *planning
}

// course are the rules of one operation.
type course struct {
	rules []placed
	// untaken is what was told last of a request that no rule took: the next is told the
	// same nearly always.
	untaken atomic.Pointer[Record]
}

// NewActive puts scenarios in force. Two of the same name are an error, because
// their counters would be the same.
func NewActive(list ...*Scenario) (*Active, error) {
	a := &Active{index: map[string]*course{}}
	names := map[string]bool{}
	for _, s := range list {
		if names[s.Name] {
			return nil, fmt.Errorf("the scenario %q is active twice", s.Name)
		}
		names[s.Name] = true
		a.scenarios = append(a.scenarios, s)
		for _, r := range s.rules {
			for _, op := range r.operations {
				a.put(op, putInPlace(r, len(a.rules)))
			}
			a.rules = append(a.rules, r)
		}
	}
	a.enumerate()
	return a, nil
}

func (a *Active) put(operation string, r placed) {
	c := a.index[operation]
	if c == nil {
		c = new(course)
		a.index[operation] = c
	}
	c.rules = append(c.rules, r)
}

// Scenarios lists the scenarios in force in order.
func (a *Active) Scenarios() []*Scenario {
	if a == nil {
		return nil
	}
	return append([]*Scenario(nil), a.scenarios...)
}

// RuleName names a rule.
type RuleName struct {
	Scenario string `json:"scenario"`
	Rule     string `json:"rule"`
}

// Rules lists the rules in the order they are tried, for the count of those that
// were never used.
func (a *Active) Rules() []RuleName {
	if a == nil {
		return nil
	}
	list := make([]RuleName, 0, len(a.rules))
	for _, r := range a.rules {
		list = append(list, RuleName{r.scenario, r.name})
	}
	return list
}

// Cards lists how cards behave. When several scenarios speak of a card, the first
// has its way.
func (a *Active) Cards() []CardBehaviour {
	if a == nil {
		return nil
	}
	var list []CardBehaviour
	seen := map[string]bool{}
	for _, s := range a.scenarios {
		for _, c := range s.Cards {
			if !seen[c.PAN.Digits()] {
				seen[c.PAN.Digits()] = true
				list = append(list, c)
			}
		}
	}
	return list
}

// Cardholder lists what a headless cardholder does, step by step: as the first
// scenario says that says anything. It is empty when nobody plays.
func (a *Active) Cardholder() []string {
	if a == nil {
		return nil
	}
	for _, s := range a.scenarios {
		if len(s.Cardholder) > 0 {
			return append([]string(nil), s.Cardholder...)
		}
	}
	return nil
}

// Demands lists the expectations of all scenarios in order, ready for [Verify].
func (a *Active) Demands() []Demand {
	if a == nil {
		return nil
	}
	var list []Demand
	for _, s := range a.scenarios {
		list = append(list, s.expect...)
	}
	return list
}

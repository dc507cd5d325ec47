package scenarios

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"cardsim/simulator/core"
)

// Plan decides what happens to a request: the first rule that matches and has a
// step left, or the zero plan. The decision says how it came to that. counters may
// be nil, or only read: then the error is ErrNeedsCounter when a rule has to move
// one, nothing has moved, and the plan is to be made again in a transaction that
// writes. Other errors are those of the counters.
func (a *Active) Plan(in Input, counters Counters) (core.Plan, Decision, error) {
	if a == nil {
		return core.Plan{}, Decision{Operation: in.Operation}, nil
	}
	decision := Decision{Operation: in.Operation, active: a}
	course := a.index[in.Operation]
	if course == nil {
		return core.Plan{}, decision, nil
	}
	decision.course = course
	p, _ := a.rooms.Get().(*planning)
	if p == nil {
		p = new(planning)
	}
	*p = planning{in: in, counters: counters, decision: decision}
	decision, err := p.decide(course.rules)
	*p = planning{} // nothing of the request stays
	a.rooms.Put(p)
	return decision.Plan, decision, err
}

// decide tries one rule after another.
func (p *planning) decide(rules []placed) (Decision, error) {
	for _, r := range rules {
		refusal, err := p.try(r)
		if err != nil {
			return Decision{}, err
		}
		p.note(r, refusal)
		if refusal.part == "" {
			break
		}
	}
	return p.decision, nil
}

// planning is the making of one plan.
type planning struct {
	in       Input
	counters Counters
	env      *environment // nil until it is laid out; in its room then
	room     environment
	opened   Parts // of the documents, that env has
	engine   *machine
	decision Decision
}

// note keeps what became of a rule.
func (p *planning) note(r placed, no refusal) {
	all := p.decision.tried
	if n := len(all); n > 0 && all[n-1].follows(r, no) {
		all[n-1].Count++
		return
	}
	p.decision.tried = append(p.decision.tried, tried{First: r.place, Count: 1, Matched: no.part == "", Failed: no.part, Reason: no.reason})
}

// refusal is the first thing about a rule that did not match; zero when the rule
// takes the request.
type refusal struct{ part, reason string }

// environment is laid out when the first expression is reached, and its documents
// when the first is that asks for them.
func (p *planning) environment(documents Parts) *environment {
	if p.env == nil {
		p.room = newEnvironment(&p.in)
		p.env = &p.room
	}
	if missing := documents &^ p.opened; missing != 0 {
		p.opened |= missing
		p.env.open(p.in, missing)
	}
	return p.env
}

// machine is made when the first expression is reached.
func (p *planning) machine() *machine {
	if p.engine == nil {
		p.engine = newMachine()
	}
	return p.engine
}

// take moves the sequence and writes the plan.
func (p *planning) take(r *rule, owner string, ordinal uint64) error {
	step, d := &r.steps[0], &p.decision
	if r.sequenced {
		used, err := p.next(r, countsSteps, owner)
		if err != nil {
			return err
		}
		i := r.stepFor(used - 1)
		step, d.Step = &r.steps[i], i+1
	}
	d.Scenario, d.Rule, d.Pass = r.scenario, r.name, step.Pass
	plan := core.Plan{
		Scenario: r.scenario, Rule: r.name, Outcome: step.Outcome, With: maps.Clone(step.With), Fault: step.Fault.core(),
	}
	if r := step.Respond; r != nil {
		plan.Respond = &core.Respond{Status: r.Status, Headers: maps.Clone(r.Headers), Body: r.Body}
	}
	if step.Delay.drawn() {
		plan.Delay = step.Delay.sample(p.draw(r, "delay", owner, ordinal))
	} else {
		plan.Delay = step.Delay.sample(0)
	}
	d.Plan = plan
	return nil
}

// next moves a counter of the rule and notes it.
func (p *planning) next(r *rule, counts, owner string) (uint64, error) {
	if p.counters == nil {
		return 0, ErrNeedsCounter
	}
	ordinal, err := p.counters.Next(keyOf(r, counts, owner))
	if err != nil {
		return 0, fmt.Errorf("move a counter of rule %q: %w", r.name, err)
	}
	p.decision.Counters = append(p.decision.Counters, Counted{
		Scenario: r.scenario, Rule: r.name, Counts: counts, Per: r.per.shown(counts), Ordinal: ordinal,
	})
	return ordinal, nil
}

// draw asks chance and notes it.
func (p *planning) draw(r *rule, what, owner string, ordinal uint64) float64 {
	value := 0.0
	if p.in.Draws != nil {
		value = p.in.Draws.Draw("scenario."+what, r.scenario, r.name, p.chanceOwner(r, owner), strconv.FormatUint(ordinal, 10))
	}
	p.decision.Draws = append(p.decision.Draws, Drawn{Scenario: r.scenario, Rule: r.name, For: what, Ordinal: ordinal, Value: value})
	return value
}

// clean takes out of a reason what the caller sent in headers and query: there are
// secrets in both.
func (p *planning) clean(reason string) string {
	const long = 4 // shorter values are words of the sentence
	env := p.environment(HeadersPart | QueryPart)
	for _, values := range []map[string]string{env.Headers, env.Query} {
		for _, v := range values {
			if len(v) >= long {
				reason = strings.ReplaceAll(reason, v, "[hidden]")
			}
		}
	}
	return reason
}

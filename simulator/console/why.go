package console

import (
	"fmt"
	"time"

	"cardsim/web"
)

// decision is what the console reads of the record of a decision.
type decision struct {
	Scenario, Rule string
	Step           int
	Pass           bool
	Considered     []struct {
		Scenario, Rule string
		Matched        bool
		Failed, Reason string
	}
	Counters []struct {
		Scenario, Rule, Counts, Per string
		Ordinal                     uint64
	}
	Draws []struct {
		Scenario, Rule, For string
		Value               float64
	}
	Plan plan
}

// plan is what a rule asked for.
type plan struct {
	Outcome string
	Delay   int64 // nanoseconds
	Fault   struct{ Kind, At string }
	Respond *struct{ Status int }
}

// words says what a plan does.
func (d decision) words() string {
	switch {
	case d.Pass:
		return "pass: the provider answered as always"
	case d.Plan.Respond != nil:
		return fmt.Sprintf("a raw answer, HTTP %d", d.Plan.Respond.Status)
	}
	text := d.Plan.Outcome
	if d.Plan.Fault.Kind != "" {
		text = join(text, d.Plan.Fault.Kind+" "+d.Plan.Fault.At)
	}
	if d.Plan.Delay > 0 {
		text = join(text, "delay "+time.Duration(d.Plan.Delay).String())
	}
	return text
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

func whyOf(e explained) web.Why {
	var w web.Why
	if e.Clock != nil {
		w.Clock = e.Clock.Now + " (" + e.Clock.Mode + ")"
	}
	for _, ch := range e.State {
		v := web.Changed{What: ch.Table, Key: ch.Key}
		if !empty(ch.Before) {
			v.Before = pretty(ch.Before)
		}
		if !empty(ch.After) {
			v.After = pretty(ch.After)
		}
		w.State = append(w.State, v)
	}
	if e.Decision == nil {
		return w
	}
	return decided(w, *e.Decision)
}

func decided(w web.Why, d decision) web.Why {
	for _, c := range d.Considered {
		v := web.Considered{Rule: c.Scenario + " / " + c.Rule, Matched: c.Matched}
		if !c.Matched {
			v.Reason = c.Failed + " did not match: " + c.Reason
		}
		w.Considered = append(w.Considered, v)
	}
	if d.Rule != "" {
		w.Won = d.Scenario + " / " + d.Rule
		if d.Step > 0 {
			w.Won += fmt.Sprintf(", step %d", d.Step)
		}
		w.Won += ": " + d.words()
	}
	for _, n := range d.Counters {
		w.Draws = append(w.Draws, fmt.Sprintf("Counter %s of %s / %s, per %s: %d", n.Counts, n.Scenario, n.Rule, n.Per, n.Ordinal))
	}
	for _, n := range d.Draws {
		w.Draws = append(w.Draws, fmt.Sprintf("Draw for the %s of %s / %s: %.4f", n.For, n.Scenario, n.Rule, n.Value))
	}
	return w
}

func pretty(raw []byte) string {
	if s := prettyJSON(string(raw)); s != "" {
		return s
	}
	return string(raw)
}

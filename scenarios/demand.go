package scenarios

import (
	"fmt"

	"cardsim/scenarios/strictyaml"
)

// Demand is an expectation that can be checked. Make it with [Expectation.Demand],
// or take it from a scenario.
type Demand struct {
	// Scenario is who demands; empty for a demand of the admin API.
	Scenario string
	Expectation
	where *Where
}

// Demand compiles an expectation that did not come from a file. The error is a
// sentence, with the place in the expression where there is one.
func (e Expectation) Demand() (Demand, error) {
	numbers := 0
	for _, n := range []*int{e.Count, e.AtLeast, e.AtMost} {
		if n != nil && *n < 0 {
			return Demand{}, fmt.Errorf("a number of calls must not be negative")
		}
		if n != nil {
			numbers++
		}
	}
	switch {
	case len(e.Order) > 0 && (e.Operation != "" || e.Where != "" || numbers > 0):
		return Demand{}, fmt.Errorf("order does not belong together with other members")
	case len(e.Order) == 0 && e.Operation == "":
		return Demand{}, fmt.Errorf("an expectation needs operation or order")
	case numbers > 1:
		return Demand{}, fmt.Errorf("count, atLeast and atMost do not belong together")
	}
	d := Demand{Expectation: e}
	if e.Where == "" {
		return d, nil
	}
	where, mistakes := CompileWhere(e.Where)
	if len(mistakes) > 0 {
		return Demand{}, fmt.Errorf("where: %w", mistakes[0])
	}
	d.where = where
	return d, nil
}

// readDemand compiles an expectation of a file and judges it by the catalogue: it
// may speak of everything that the journal can hold.
func readDemand(n *strictyaml.Node, e *Expectation, cat Catalogue) Demand {
	if at := n.Get("operation"); at != nil {
		resolve(cat.Journaled(), at, e.Operation)
	}
	if order := n.Get("order"); order != nil {
		for i, at := range order.Items() {
			if i < len(e.Order) {
				resolve(cat.Journaled(), at, e.Order[i])
			}
		}
	}
	return Demand{Expectation: *e, where: readWhere(n.Get("where"))}
}

// bounds gives the smallest and the largest number of entries; most is negative
// when there is no largest.
func (d Demand) bounds() (least, most int) {
	switch {
	case d.Count != nil:
		return *d.Count, *d.Count
	case d.AtLeast != nil:
		return *d.AtLeast, -1
	case d.AtMost != nil:
		return 0, *d.AtMost
	}
	return 1, -1
}

// wants words the demand.
func (d Demand) wants() string {
	switch {
	case len(d.Order) > 0:
		return "in this order"
	case d.Count != nil:
		return fmt.Sprintf("exactly %d", *d.Count)
	case d.AtLeast != nil:
		return fmt.Sprintf("at least %d", *d.AtLeast)
	case d.AtMost != nil:
		return fmt.Sprintf("at most %d", *d.AtMost)
	}
	return "at least 1"
}

package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/core"
)

// readRule compiles a rule and judges it by the catalogue.
func readRule(n *strictyaml.Node, cat Catalogue, p place) *rule {
	r := newRule(p.scenario, p.name, p.rule)
	if on := n.Get("on"); on != nil {
		for i, at := range r.on.nodes(on) {
			if i < len(r.on) {
				r.operations = append(r.operations, resolveSteered(cat, at, r.on[i])...)
			}
		}
	}
	slices.Sort(r.operations)
	r.operations = slices.Compact(r.operations)
	r.when = readExpression(n.Get("when"), conditions())
	r.per = readPer(n.Get("per"))
	if do := n.Get("do"); do != nil {
		checkOutcome(do, cat, r.operations)
	}
	if sequence := n.Get("sequence"); sequence != nil {
		for _, step := range sequence.Items() {
			checkOutcome(step, cat, r.operations)
		}
	}
	return r
}

// readExpression compiles what stands at the node; nil when nothing does.
func readExpression(n *strictyaml.Node, l language) *expression {
	if n == nil || n.Kind != strictyaml.Text {
		return nil
	}
	if strings.TrimSpace(n.Value) == "" {
		n.Report(n.Key().Value+" must not be empty", "leave the key out")
		return nil
	}
	e, mistakes := l.compile(n.Value)
	report(n, mistakes)
	return e
}

// checkOutcome wants an outcome that exists for every operation (decisions 20),
// with parameters that it takes. Where no operation is known there is nothing to
// judge by.
func checkOutcome(n *strictyaml.Node, cat Catalogue, operations []string) {
	at := n.Get("outcome")
	if at == nil || at.Kind != strictyaml.Text || at.Value == "" || len(operations) == 0 {
		return
	}
	var found []core.Outcome
	var lacking []string
	for _, op := range operations {
		if o, ok := outcome(cat, op, at.Value); ok {
			found = append(found, o)
		} else {
			lacking = append(lacking, op)
		}
	}
	if len(lacking) > 0 {
		at.Report(fmt.Sprintf("outcome %q does not exist for %s", at.Value, enumerate(lacking)), nearOutcome(cat, at.Value, operations))
		return
	}
	checkParameters(n.Get("with"), found)
}

// nearOutcome suggests among the outcomes that all the operations have, or names
// them when they are few.
func nearOutcome(cat Catalogue, name string, operations []string) string {
	var common []string
	for _, o := range cat.Outcomes(operations[0]) {
		everywhere := !slices.ContainsFunc(operations[1:], func(op string) bool {
			_, ok := outcome(cat, op, o.Name)
			return !ok
		})
		if everywhere {
			common = append(common, o.Name)
		}
	}
	if near := strictyaml.Suggest(name, common); near != "" {
		return near
	}
	if len(common) == 0 {
		return ""
	}
	return "possible here: " + strings.Join(common, ", ")
}

// checkParameters wants parameters that every one of the outcomes takes.
func checkParameters(with *strictyaml.Node, outcomes []core.Outcome) {
	if with == nil {
		return
	}
	for _, p := range with.Pairs() {
		i := slices.IndexFunc(outcomes, func(o core.Outcome) bool { return !slices.Contains(o.With, p.Key.Value) })
		if i < 0 {
			continue
		}
		o := outcomes[i]
		if len(o.With) == 0 {
			p.Key.Report(fmt.Sprintf("outcome %q of %s takes no parameters", o.Name, o.Operation), "")
			continue
		}
		p.Key.Report(fmt.Sprintf("outcome %q of %s has no parameter %q; it takes %s", o.Name, o.Operation, p.Key.Value, strings.Join(o.With, ", ")),
			strictyaml.Suggest(p.Key.Value, o.With))
	}
}

// enumerate names the first few.
func enumerate(list []string) string {
	const shown = 3
	if len(list) <= shown {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:shown], ", "), len(list)-shown)
}

// The operations whose outcomes a card's behaviour speaks of.
const (
	opLookup       = "cardinal.lookup"
	opAuthenticate = "cardinal.authenticate"
	opPayment      = "acehub.payment.create"
)

// checkCard judges a card's behaviour by the catalogue.
func checkCard(n *strictyaml.Node, c *CardBehaviour, cat Catalogue) {
	if c.ThreeDS != nil {
		checkNamed(n.At("threeds").Get("flow"), cat, opLookup)
		checkNamed(n.At("threeds").Get("result"), cat, opAuthenticate)
	}
	if a := n.Get("authorization"); a != nil && len(cat.Outcomes(opPayment)) > 0 {
		checkOutcome(a, cat, []string{opPayment})
	}
}

// checkNamed wants the name of an outcome of one operation.
func checkNamed(n *strictyaml.Node, cat Catalogue, operation string) {
	if n == nil || n.Kind != strictyaml.Text || len(cat.Outcomes(operation)) == 0 {
		return
	}
	if _, ok := outcome(cat, operation, n.Value); !ok {
		n.Report(fmt.Sprintf("%s %q is no outcome of %s", n.Key().Value, n.Value, operation), nearOutcome(cat, n.Value, []string{operation}))
	}
}

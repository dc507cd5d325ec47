package scenarios

import (
	"fmt"

	"cardsim/scenarios/strictyaml"
)

// CheckNode wants either a number of entries or an order.
func (e *Expectation) CheckNode(n *strictyaml.Node, _ *strictyaml.Report) {
	if order := n.Get("order"); order != nil {
		for _, key := range []string{"operation", "where", "count", "atLeast", "atMost"} {
			if v := n.Get(key); v != nil {
				v.Key().Report(fmt.Sprintf("order and %s do not belong together", key), "make two expectations of it")
			}
		}
		if order.Kind == strictyaml.Sequence && len(order.Items()) < 2 {
			order.Report("order needs two operations or more", "")
		}
		return
	}
	if n.Get("operation") == nil && !misspelt(n, "operation", "order") {
		n.Report("an expectation needs operation or order", "")
	}
	checkNumbers(n)
}

// checkNumbers wants one number, not negative.
func checkNumbers(n *strictyaml.Node) {
	first := ""
	for _, p := range n.Pairs() {
		switch p.Key.Value {
		case "count", "atLeast", "atMost":
		default:
			continue
		}
		if first != "" {
			p.Key.Report(fmt.Sprintf("%s and %s do not belong together", first, p.Key.Value), "make two expectations of it")
		} else {
			first = p.Key.Value
		}
		if p.Value.Kind == strictyaml.Int && p.Value.Value[0] == '-' {
			p.Value.Report(p.Key.Value+" must not be negative", "")
		}
	}
}

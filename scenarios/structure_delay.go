package scenarios

import (
	"fmt"
	"slices"
	"time"

	"cardsim/scenarios/strictyaml"
)

// maxDelay keeps a slip of the unit from holding a suite for days (ours).
const maxDelay = 24 * time.Hour

// checkDuration keeps a delay between nothing and a day.
func checkDuration(n *strictyaml.Node, d time.Duration) {
	switch {
	case d < 0:
		n.Report("a delay must not be negative", "")
	case d > maxDelay:
		n.Report("a delay is at most 24h", "")
	}
}

// checkDelay wants one of the two pairs, complete and in order.
func checkDelay(n *strictyaml.Node, d *Delay) {
	for key, value := range map[string]time.Duration{"min": d.Min, "max": d.Max, "p50": d.P50, "p99": d.P99} {
		if v := n.Get(key); v != nil {
			checkDuration(v, value)
		}
	}
	ranged, percentile := given(n, "min", "max"), given(n, "p50", "p99")
	switch {
	case len(ranged) > 0 && len(percentile) > 0:
		at := n.Get(percentile[0]).Key()
		at.Report(fmt.Sprintf("%s and %s do not belong together", ranged[0], percentile[0]), "a delay is {min, max} or {p50, p99}")
	case len(ranged) > 0:
		checkPair(n, d.Min > d.Max, "min", "max")
	case len(percentile) > 0:
		checkPair(n, d.P50 > d.P99, "p50", "p99")
		if v := n.Get("p50"); v != nil && v.Kind == strictyaml.Text && d.P50 == 0 {
			v.Report("p50 must be more than nothing", "")
		}
	case len(n.Pairs()) == 0:
		n.Report("a delay needs min and max, or p50 and p99", "")
	}
}

// given lists the keys that the mapping has.
func given(n *strictyaml.Node, keys ...string) []string {
	return slices.DeleteFunc(keys, func(key string) bool { return n.Get(key) == nil })
}

// checkPair wants both ends of a delay, the lower one not above the other.
func checkPair(n *strictyaml.Node, reversed bool, low, high string) {
	lower, upper := n.Get(low), n.Get(high)
	switch {
	case lower == nil && !misspelt(n, low):
		n.Report(fmt.Sprintf("%s and %s belong together; missing: %s", low, high, low), "")
	case upper == nil && !misspelt(n, high):
		n.Report(fmt.Sprintf("%s and %s belong together; missing: %s", low, high, high), "")
	case lower != nil && upper != nil && reversed && lower.Kind == strictyaml.Text && upper.Kind == strictyaml.Text:
		lower.Report(fmt.Sprintf("%s is above %s", low, high), "")
	}
}

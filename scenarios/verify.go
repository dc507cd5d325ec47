package scenarios

import (
	"fmt"
	"strings"

	"cardsim/simulator/core"
)

// Failure is a demand that the journal does not meet.
type Failure struct {
	Scenario  string   `json:"scenario,omitempty"`  // whose expectation it is; empty for the call's own
	Operation string   `json:"operation,omitempty"` // as expected
	Where     string   `json:"where,omitempty"`     // as expected
	Order     []string `json:"order,omitempty"`     // as expected
	// Want is the demand in words, Got the number of entries that fit; for an
	// order, of its operations that came.
	Want string `json:"want"`
	Got  int    `json:"got"` // how many fit
	// Message says all of it in a sentence.
	Message string `json:"message"`
	// Closest are entries to look at: the nearest misses when there are too few,
	// those that fit when there are too many.
	Closest []Close `json:"closest"`
}

// Close is an entry and what keeps it from fitting.
type Close struct {
	// Entry is the journal's entry without request and response.
	Entry map[string]any `json:"entry"`
	// Differences are empty for an entry that fits.
	Differences []Difference `json:"differences"`
}

// Difference is one field that is not as demanded.
type Difference struct {
	Field string `json:"field"` // name of the member
	// Want is the condition, as written; Got is what the entry has.
	Want string `json:"want"`
	Got  any    `json:"got"` // what the entry has
}

// maxClosest is how many entries a failure shows.
const maxClosest = 3

// Verify checks demands against journal entries: JSON objects in the order of
// their receipt. It gives the failures in the order of the demands.
func Verify(demands []Demand, entries []map[string]any) []Failure {
	var failures []Failure
	for _, d := range demands {
		check := d.verifyCount
		if len(d.Order) > 0 {
			check = d.verifyOrder
		}
		if f, failed := check(entries); failed {
			failures = append(failures, f)
		}
	}
	return failures
}

// fits tells whether the entry is one that the demand counts.
func (d Demand) fits(entry map[string]any) bool {
	operation, _ := entry["operation"].(string)
	state, _ := entry["state"].(string)
	if !core.OperationMatches(d.Operation, operation) || !d.where.Takes(state) {
		return false
	}
	ok, err := d.where.Match(entry)
	return ok && err == nil
}

func (d Demand) verifyCount(entries []map[string]any) (Failure, bool) {
	var fitting, others []map[string]any
	for _, e := range entries {
		if d.fits(e) {
			fitting = append(fitting, e)
		} else {
			others = append(others, e)
		}
	}
	least, most := d.bounds()
	f := d.failure(len(fitting))
	f.Message = fmt.Sprintf("%s: wanted %s, got %d", d.subject(), f.Want, f.Got)
	switch {
	case f.Got < least:
		f.Closest = d.nearest(others)
		return f, true
	case most >= 0 && f.Got > most:
		for _, e := range fitting[max(0, len(fitting)-maxClosest):] {
			f.Closest = append(f.Closest, Close{Entry: brief(e), Differences: []Difference{}})
		}
		return f, true
	}
	return Failure{}, false
}

func (d Demand) failure(got int) Failure {
	return Failure{
		Scenario: d.Scenario, Operation: d.Operation, Where: d.Where, Order: d.Order, Want: d.wants(), Got: got, Closest: []Close{},
	}
}

func (d Demand) subject() string {
	if d.Where == "" {
		return "calls of " + d.Operation
	}
	return fmt.Sprintf("calls of %s where %s", d.Operation, d.Where)
}

// verifyOrder finds each operation behind the one before it.
func (d Demand) verifyOrder(entries []map[string]any) (Failure, bool) {
	from := 0
	for i, wanted := range d.Order {
		at := find(entries, wanted, from)
		if at < 0 {
			return d.outOfOrder(i, entries), true
		}
		from = at + 1
	}
	return Failure{}, false
}

func find(entries []map[string]any, pattern string, from int) int {
	for i := from; i < len(entries); i++ {
		if operation, _ := entries[i]["operation"].(string); core.OperationMatches(pattern, operation) {
			return i
		}
	}
	return -1
}

// outOfOrder tells which operation did not come when it should have, and shows
// where it came instead.
func (d Demand) outOfOrder(i int, entries []map[string]any) Failure {
	f := d.failure(i)
	wanted := d.Order[i]
	f.Message = fmt.Sprintf("%s did not come", wanted)
	if i > 0 {
		f.Message = fmt.Sprintf("%s did not come after %s", wanted, strings.Join(d.Order[:i], ", "))
	}
	for from := 0; len(f.Closest) < maxClosest; {
		at := find(entries, wanted, from)
		if at < 0 {
			break
		}
		f.Closest = append(f.Closest, Close{Entry: brief(entries[at]), Differences: []Difference{
			{Field: "order", Want: "after " + strings.Join(d.Order[:i], ", "), Got: fmt.Sprintf("call %d of %d", at+1, len(entries))},
		}})
		from = at + 1
	}
	return f
}

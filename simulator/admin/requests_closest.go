package admin

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"

	"cardsim/scenarios"
	"cardsim/simulator/journal"
)

// closestDepth is how many of the newest entries are looked at for the closest.
const closestDepth = 1000

// tooLate tells a wait that ended what there is and what comes closest.
func (a *API) tooLate(sandbox string, h hits) error {
	h.prune()
	f, s := h.answer(), h.search
	late := &WaitTimeout{Count: f.Count, Items: f.Items, Closest: a.closest(sandbox, s)}
	late.Problem = *problem(http.StatusRequestTimeout, fmt.Sprintf("%s: wanted %d within %s, found %d", s.subject(), s.count, s.timeout, f.Count))
	return late
}

// subject words what is looked for.
func (s search) subject() string {
	text := "requests"
	if in := s.asked; in.Operation != "" {
		text = "calls of " + in.Operation
	}
	if s.asked.Flow != "" {
		text += " in flow " + s.asked.Flow
	}
	if s.asked.Where != "" {
		text += " where " + s.asked.Where
	}
	return text
}

// closest are the entries that miss by least, as verify shows them. The flow is a
// condition like the others there.
func (a *API) closest(sandbox string, s search) []scenarios.Close {
	where := s.asked.Where
	if s.asked.Flow != "" {
		where = "flow == " + strconv.Quote(s.asked.Flow)
		if s.asked.Where != "" {
			where += " && (" + s.asked.Where + ")"
		}
	}
	all := math.MaxInt // never reached: it is the misses that are wanted
	demand, err := scenarios.Expectation{Operation: cmp.Or(s.asked.Operation, "*"), Where: where, AtLeast: &all}.Demand()
	if err != nil { // an expression that is too long with the flow before it
		return []scenarios.Close{}
	}
	failures := scenarios.Verify([]scenarios.Demand{demand}, a.objects(sandbox, closestDepth))
	if len(failures) == 0 {
		return []scenarios.Close{}
	}
	return failures[0].Closest
}

// objects are the newest entries of a sandbox, oldest first, as expressions see
// them; 0 is all of them.
func (a *API) objects(sandbox string, newest int) []map[string]any {
	list := []map[string]any{}
	for e := range a.Journal.All(sandbox, journal.Query{}) {
		list = append(list, entryObject(e))
		if len(list) == newest {
			break
		}
	}
	slices.Reverse(list)
	return list
}

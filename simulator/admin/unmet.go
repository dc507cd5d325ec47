package admin

import (
	"cardsim/scenarios"
	"cardsim/simulator/sandbox"
)

// Unmet lists what the active scenarios of a sandbox expect and its journal does
// not hold.
func (a *API) Unmet(w *sandbox.World) []scenarios.Failure {
	demands := a.Director.Demands(w.ID)
	if len(demands) == 0 {
		return nil
	}
	return scenarios.Verify(demands, a.objects(w.ID, 0))
}

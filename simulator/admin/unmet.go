package admin

import (
	"cardsim/scenarios"
	"cardsim/simulator/sandbox"
)

// Unmet lists what the active scenarios of a sandbox expect and its journal does
// not hold.
func (a *API) Unmet(w *sandbox.World) ([]scenarios.Failure, error) {
	demands := a.Director.Demands(w.ID)
	if len(demands) == 0 {
		return nil, nil
	}
	entries, err := a.entries(w)
	if err != nil {
		return nil, err
	}
	return scenarios.Verify(demands, entries), nil
}

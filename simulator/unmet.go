package simulator

import (
	"cardsim/scenarios"
)

// Unmet is what a sandbox's active scenarios expected and did not get.
type Unmet struct {
	Sandbox  string
	Failures []scenarios.Failure
}

// Unmet checks the expectations of the active scenarios of every sandbox against
// what the journal holds: empty when all of them hold.
func (s *Simulator) Unmet() []Unmet {
	var list []Unmet
	for _, w := range s.worlds.Worlds() {
		if failures := s.api().Unmet(w); len(failures) > 0 {
			list = append(list, Unmet{Sandbox: w.ID, Failures: failures})
		}
	}
	return list
}

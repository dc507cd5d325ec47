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
func (s *Simulator) Unmet() ([]Unmet, error) {
	var list []Unmet
	for _, w := range s.worlds.Worlds() {
		failures, err := s.api.Unmet(w)
		if err != nil {
			return nil, err
		}
		if len(failures) > 0 {
			list = append(list, Unmet{Sandbox: w.ID, Failures: failures})
		}
	}
	return list, nil
}

package simulator

import (
	"errors"
	"fmt"
	"os"

	"cardsim/scenarios"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
)

// openScenarios puts the stored scenarios of every sandbox in force again, or in
// the default sandbox those that the start asks for (decisions 11), whose files
// are watched from here on.
func (s *Simulator) openScenarios() error {
	for _, w := range s.worlds.Worlds() {
		if w.ID == sandbox.DefaultID && len(s.cfg.Scenarios) > 0 {
			continue
		}
		if err := s.director.Restore(w); err != nil {
			return err
		}
	}
	if len(s.cfg.Scenarios) == 0 {
		return nil
	}
	sources, err := Sources(s.cfg.Scenarios)
	if err != nil {
		return err
	}
	if err := s.useScenarios(sources); err != nil {
		return fmt.Errorf("the scenarios to start with cannot be used:\n%s", sentences(err))
	}
	s.watchScenarios(sources)
	return nil
}

// useScenarios puts scenarios in force in the default sandbox. The error has the
// problems of all sources, not only of the first bad one.
func (s *Simulator) useScenarios(sources []director.Source) error {
	if _, err := s.director.Check(sources); err != nil {
		return err
	}
	return s.director.Use(s.worlds.Default(), sources)
}

// Sources reads scenarios by the names of shipped ones or as files.
func Sources(names []string) ([]director.Source, error) {
	var list []director.Source
	for _, name := range names {
		if shipped, ok := scenarios.Find(name); ok {
			list = append(list, director.Source{Name: "shipped", Text: shipped.Source})
			continue
		}
		text, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("there is no scenario %q: neither a shipped one ('cardsim scenarios' lists them) nor a file", name)
		}
		if err != nil {
			return nil, fmt.Errorf("read the scenario: %w", err)
		}
		list = append(list, director.Source{Name: name, Text: text})
	}
	return list, nil
}

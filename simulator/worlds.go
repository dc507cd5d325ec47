package simulator

import (
	"errors"
	"fmt"

	"cardsim/fixtures"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/worlds"
)

// FixtureError holds every problem of the fixture files.
type FixtureError struct{ Problems []string }

// Error is the problems, one a line.
func (e *FixtureError) Error() string {
	text := "the fixture files have problems:"
	for _, p := range e.Problems {
		text += "\n" + p
	}
	return text
}

// openWorlds opens the sandboxes of the fixtures, each with what is stored of it,
// and those that calls have made.
func (s *Simulator) openWorlds() error {
	set, err := loadFixtures(s.cfg.Fixtures)
	if err != nil {
		return err
	}
	catalogue, err := cardProfiles()
	if err != nil {
		return err
	}
	published, err := s.keys.cardtokens()
	if err != nil {
		return fmt.Errorf("read the published Cardtokens key: %w", err)
	}
	s.worlds = sandbox.NewRegistry(s.cfg.StrictCredentials)
	s.director = director.New(s.db, catalogueOf(s.outcomes))
	s.director.Tell(s.toldOfScenarios)
	s.keeper = worlds.New(worlds.Options{
		DB: s.db, Registry: s.worlds, Director: s.director, Journal: s.journal, Catalogue: catalogue, Key: published,
		Limit: s.cfg.SandboxLimit, Idle: s.cfg.SandboxIdle, Log: s.log, Told: s.toldOfSandbox,
	})
	s.mounted = s.mountAll()
	for _, f := range set.Sandboxes {
		if err := s.keeper.Declare(s.declared(f, catalogue)); err != nil {
			return err
		}
	}
	return s.keeper.Restore()
}

// declared is a fixture's sandbox with what the start says of the default one.
func (s *Simulator) declared(f fixtures.Sandbox, catalogue []sandbox.CardProfile) worlds.Declared {
	d := worlds.Declared{ID: f.ID, Seed: f.Seed, Make: func(seed uint64, origin string) (sandbox.Spec, error) {
		return specOf(f, seed, origin, catalogue)
	}}
	if f.ID != sandbox.DefaultID {
		return d
	}
	d.Clock = s.cfg.Clock
	if s.cfg.Seed != nil {
		d.Seed, d.SeedAsked = *s.cfg.Seed, true
	}
	return d
}

// CheckFixtureSetting judges one setting of a fixture file and returns what is
// wrong with it, or "": what [fixtures.Loader] asks of its caller.
func CheckFixtureSetting(group, name string, value any) string {
	_, err := sandbox.CheckSetting(group, name, value)
	switch {
	case err != nil:
		return err.Error()
	case value == nil:
		return "setting " + group + "." + name + " has no value: leave it out for its default"
	}
	return ""
}

func loadFixtures(paths []string) (fixtures.Set, error) {
	set, problems, err := FixtureLoader().Load(paths...)
	if err != nil {
		return set, err
	}
	if len(problems) == 0 {
		return set, nil
	}
	var texts []string
	for _, p := range problems {
		texts = append(texts, p.String())
	}
	return set, &FixtureError{Problems: texts}
}

// IsFixtureError says whether err is about the content of fixture files.
func IsFixtureError(err error) bool {
	var e *FixtureError
	return errors.As(err, &e)
}

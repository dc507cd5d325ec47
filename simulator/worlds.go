package simulator

import (
	"errors"
	"fmt"
	"time"

	"cardsim/fixtures"
	"cardsim/fixtures/keys"
	"cardsim/simulator/clock"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
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

// openWorlds makes the sandboxes of the fixtures, each with what is stored of it.
func (s *Simulator) openWorlds() error {
	set, err := loadFixtures(s.cfg.Fixtures)
	if err != nil {
		return err
	}
	catalogue, err := cardProfiles()
	if err != nil {
		return err
	}
	published, err := fixtures.ParsePrivateKey(keys.CardtokensPrivatePEM())
	if err != nil {
		return fmt.Errorf("read the published Cardtokens key: %w", err)
	}
	s.worlds = sandbox.NewRegistry(s.cfg.StrictCredentials)
	for _, f := range set.Sandboxes {
		spec, err := specOf(f, catalogue)
		if err != nil {
			return err
		}
		if spec.Key == nil {
			spec.Key = published
		}
		if err := s.openWorld(spec); err != nil {
			return err
		}
	}
	return nil
}

// CheckFixtureSetting judges one setting of a fixture file and returns what is
// wrong with it, or "": what [fixtures.Loader] asks of its caller.
func CheckFixtureSetting(group, name string, value any) string {
	if _, err := sandbox.CheckSetting(group, name, value); err != nil {
		return err.Error()
	}
	return ""
}

func loadFixtures(paths []string) (fixtures.Set, error) {
	loader := fixtures.Loader{CheckSetting: CheckFixtureSetting}
	set, problems, err := loader.Load(paths...)
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

// openWorld joins a specification with what is stored: the stored seed wins,
// and a start that asks for another is refused (decisions 11).
func (s *Simulator) openWorld(spec sandbox.Spec) error {
	isDefault := spec.ID == sandbox.DefaultID
	if isDefault && s.cfg.Seed != nil {
		spec.Seed = *s.cfg.Seed
	}
	fresh, err := s.recall(&spec, isDefault && s.cfg.Seed != nil)
	if err != nil {
		return err
	}
	if isDefault && s.cfg.Clock != nil {
		spec.Clock = s.cfg.Clock
	}
	w, err := sandbox.New(spec)
	if err != nil {
		return fmt.Errorf("sandbox %s: %w", spec.ID, err)
	}
	if err := s.worlds.Add(w); err != nil {
		return err
	}
	return s.db.Update(func(tx *store.Tx) error {
		if err := w.SaveState(tx); err != nil || !fresh {
			return err
		}
		return issuer.SeedEnrolments(w.At(w.Clock.Now(), tx))
	})
}

// recall puts what is stored of a sandbox into its specification.
func (s *Simulator) recall(spec *sandbox.Spec, seedAsked bool) (fresh bool, err error) {
	var stored sandbox.State
	found := false
	err = s.db.View(func(tx *store.Tx) error {
		stored, found, err = sandbox.StoredState(tx, spec.ID)
		return err
	})
	if err != nil || !found {
		return true, err
	}
	if seedAsked && spec.Seed != stored.Seed {
		return false, fmt.Errorf("sandbox %s in %s was made with seed %d: start without --seed %d, or with another --data file", spec.ID, s.db.Path(), stored.Seed, spec.Seed)
	}
	spec.Seed, spec.Origin = stored.Seed, stored.Origin
	spec.Clock = storedClock(stored)
	return false, nil
}

func storedClock(s sandbox.State) *time.Time {
	if s.Mode == clock.Frozen {
		return s.At
	}
	return nil
}

// IsFixtureError says whether err is about the content of fixture files.
func IsFixtureError(err error) bool {
	var e *FixtureError
	return errors.As(err, &e)
}

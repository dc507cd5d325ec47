package director

import (
	"fmt"
	"sync"

	"cardsim/scenarios"
	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Director holds the active scenarios of every sandbox. Safe for concurrent use.
type Director struct {
	db        *store.DB
	catalogue scenarios.Catalogue

	told func(News) // nil: nobody is

	mu     sync.RWMutex
	stages map[string]*stage     // by sandbox
	given  map[string]behaviours // by sandbox: through the admin API
}

// New makes a Director; catalogue is what scenarios can speak of.
func New(db *store.DB, catalogue scenarios.Catalogue) *Director {
	return &Director{db: db, catalogue: catalogue, stages: map[string]*stage{}, given: map[string]behaviours{}}
}

// Source is where a scenario came from: its name in lists, and its text.
type Source struct {
	Name string // shipped, a file's path, or "admin api"
	Text []byte
}

// ProblemsError holds everything that is wrong with scenarios that were to be
// used. What was active stays.
type ProblemsError struct{ Problems []strictyaml.Problem }

// Error counts the problems and shows the first.
func (e *ProblemsError) Error() string {
	if len(e.Problems) == 1 {
		return e.Problems[0].String()
	}
	return fmt.Sprintf("%s (and %d more problems)", e.Problems[0].String(), len(e.Problems)-1)
}

// Check reads sources without using them.
func (d *Director) Check(sources []Source) ([]*scenarios.Scenario, error) {
	var list []*scenarios.Scenario
	var problems []strictyaml.Problem
	for _, src := range sources {
		found, wrong := scenarios.Check(src.Name, src.Text, d.catalogue)
		list, problems = append(list, found...), append(problems, wrong...)
	}
	if len(problems) > 0 {
		return nil, &ProblemsError{problems}
	}
	return list, nil
}

// Use puts scenarios in force in a sandbox in place of those before, all or
// none, and sets their counters back. Problems are a *ProblemsError.
func (d *Director) Use(w *sandbox.World, sources []Source) error {
	next, err := d.stage(w, sources)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	err = d.db.Update(func(tx *store.Tx) error {
		if err := w.Alive(); err != nil {
			return err
		}
		if err := store.ResetCounters(tx, w.ID, scenarios.CounterPrefix); err != nil {
			return err
		}
		if err := keepList(tx, w, next.active); err != nil {
			return err
		}
		return keepSources(tx, w, sources)
	})
	if err != nil {
		return err
	}
	err = d.install(w, next)
	d.tell(News{Sandbox: w.ID})
	return err
}

// Restore puts the stored scenarios of a sandbox in force again, with their
// counters where they stood, and the behaviour that was given of its cards.
func (d *Director) Restore(w *sandbox.World) error {
	var sources []Source
	err := d.db.View(func(tx *store.Tx) (err error) {
		sources, err = storedSources(tx, w)
		return err
	})
	if err != nil {
		return err
	}
	var next *stage // nil: nothing is active
	if len(sources) > 0 {
		if next, err = d.stage(w, sources); err != nil {
			return fmt.Errorf("the scenarios stored with sandbox %s: %w", w.ID, err)
		}
		if err := d.ensureList(w, next.active); err != nil {
			return err
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.install(w, next)
}

// stage checks and compiles sources for a sandbox.
func (d *Director) stage(w *sandbox.World, sources []Source) (*stage, error) {
	next := &stage{cast: map[string]*part{}}
	var all []*scenarios.Scenario
	for _, src := range sources {
		list, err := d.Check([]Source{src})
		if err != nil {
			return nil, err
		}
		for range list {
			next.sources = append(next.sources, src.Name)
		}
		all = append(all, list...)
	}
	active, err := scenarios.NewActive(all...)
	if err != nil {
		return nil, core.Errf(core.CodeConflict, "", "%v", err)
	}
	next.active = active
	var told []Behaviour
	for _, c := range active.Cards() {
		told = append(told, behaviourOf(w, c, ByScenario))
	}
	next.behaviours = newBehaviours(told)
	return next, nil
}

// install makes a stage the sandbox's own, with the cards that it adds, beside
// what is stored as given.
func (d *Director) install(w *sandbox.World, s *stage) error {
	delete(d.stages, w.ID)
	if s != nil {
		d.stages[w.ID] = s
	}
	return d.recall(w)
}

// of is the stage of a sandbox; nil when nothing is active.
func (d *Director) of(id string) *stage {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.stages[id]
}

// steering is what decides about a call: the stage, and how the card behaves.
func (d *Director) steering(id string, card core.CardRef) (*stage, Behaviour) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	s := d.stages[id]
	if s != nil {
		if b, ok := s.behaviours.of[card.Fingerprint]; ok {
			return s, b
		}
	}
	return s, d.given[id].of[card.Fingerprint]
}

// Demands are the expectations of a sandbox's active scenarios.
func (d *Director) Demands(id string) []scenarios.Demand {
	if s := d.of(id); s != nil {
		return s.active.Demands()
	}
	return nil
}

// Reset sets the counters of a sandbox back; its scenarios stay.
func (d *Director) Reset(id string) {
	if s := d.of(id); s != nil {
		s.forget()
	}
}

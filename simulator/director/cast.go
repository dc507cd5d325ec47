package director

import (
	"fmt"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Cast is scenarios that were checked for a sandbox and are not in force yet: for
// whoever makes a sandbox and its scenarios in one transaction of his own.
type Cast struct {
	director *Director
	world    *sandbox.World
	sources  []Source
	next     *stage // nil: nothing is active
}

// Prepare checks scenarios, if any, for a world that is about to exist. Problems
// are a *ProblemsError.
func (d *Director) Prepare(w *sandbox.World, sources []Source) (*Cast, error) {
	c := &Cast{director: d, world: w, sources: sources}
	if len(sources) == 0 {
		return c, nil
	}
	next, err := d.stage(w, sources)
	c.next = next
	return c, err
}

// Keep writes the scenarios; their counters stay as they are.
func (c *Cast) Keep(tx *store.Tx) error {
	if len(c.sources) == 0 {
		return nil
	}
	if err := keepList(tx, c.world, c.next.active); err != nil {
		return err
	}
	return keepSources(tx, c.world, c.sources)
}

// Install puts the scenarios in force, once what Keep wrote is committed, and what
// is stored of the behaviour of cards.
func (c *Cast) Install() error {
	c.director.mu.Lock()
	defer c.director.mu.Unlock()
	return c.director.install(c.world, c.next)
}

// Drop forgets a sandbox that is gone.
func (d *Director) Drop(id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.stages, id)
	delete(d.given, id)
	delete(d.given, id)
}

// Stored are the scenarios of a sandbox as they are kept, with their texts in
// clear.
func Stored(tx *store.Tx, w *sandbox.World) ([]Source, error) {
	sources, err := storedSources(tx, w)
	if err != nil {
		return nil, fmt.Errorf("sandbox %s: %w", w.ID, err)
	}
	return sources, nil
}

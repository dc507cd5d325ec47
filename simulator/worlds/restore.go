package worlds

import (
	"fmt"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Declared is a sandbox that a fixture file describes.
type Declared struct {
	ID   string
	Seed uint64
	// SeedAsked refuses a stored sandbox that has another seed.
	SeedAsked bool
	// Clock, when set, replaces the stored one.
	Clock *time.Time
	// Make turns the file into a specification. What the file leaves out is a
	// function of seed and origin, of which the stored ones win (decisions 11).
	Make func(seed uint64, origin string) (sandbox.Spec, error)
}

// Declare opens a sandbox of a fixture file, joined with what is stored of it.
func (k *Keeper) Declare(d Declared) error {
	stored, found, err := k.stored(d.ID)
	if err != nil {
		return err
	}
	if !found {
		stored = sandbox.State{Seed: d.Seed, Origin: d.ID}
	}
	if d.SeedAsked && d.Seed != stored.Seed {
		return fmt.Errorf("sandbox %s in %s was made with seed %d: start without --seed %d, or with another --data file", d.ID, k.DB.Path(), stored.Seed, d.Seed)
	}
	spec, err := d.Make(stored.Seed, stored.Origin)
	if err != nil {
		return err
	}
	if found {
		spec.Clock = stored.Frozen()
	}
	if d.Clock != nil {
		spec.Clock = d.Clock
	}
	if err := checkStart(spec, found && d.Clock == nil); err != nil {
		return err
	}
	if spec.Key == nil {
		spec.Key = k.Key
	}
	if spec, err = k.join(spec, stored); err != nil {
		return err
	}
	return k.open(spec, func(tx *store.Tx, w *sandbox.World) error {
		if err := marks.Delete(tx, ledger, w.ID); err != nil || found {
			return err
		}
		return issuer.SeedEnrolments(w.At(w.Clock.Now(), tx))
	})
}

// checkStart judges the instant that a start freezes a sandbox at. A stored one is
// taken as it is: a file that was written is opened.
func checkStart(spec sandbox.Spec, stored bool) error {
	if stored || spec.Clock == nil {
		return nil
	}
	return wrap(clock.Check(*spec.Clock), "start the clock of sandbox "+spec.ID)
}

// join lays what is stored over a specification: the settings made by hand, and
// what an import brought, which wins over the file.
func (k *Keeper) join(spec sandbox.Spec, stored sandbox.State) (sandbox.Spec, error) {
	kept, err := stored.Open()
	if err != nil {
		return spec, err
	}
	spec.Origin, spec.Patched, spec.Kept = stored.Origin, stored.Settings, kept
	if len(kept.Content) > 0 {
		if spec, err = k.fromContent(spec); err != nil {
			return spec, err
		}
	}
	if len(kept.Key) > 0 {
		return k.withKey(spec)
	}
	return spec, nil
}

// open makes a world of a start known and keeps its state.
func (k *Keeper) open(spec sandbox.Spec, also func(*store.Tx, *sandbox.World) error) error {
	w, err := sandbox.New(spec)
	if err != nil {
		return fmt.Errorf("sandbox %s: %w", spec.ID, err)
	}
	if err := k.Registry.Add(w); err != nil {
		return err
	}
	k.count.Add(1)
	return k.DB.Update(func(tx *store.Tx) error {
		if err := w.SaveState(tx); err != nil {
			return err
		}
		return also(tx, w)
	})
}

// Restore opens the sandboxes that calls have made, once those of the fixture
// files are open: a file that describes one of them now has the last word.
func (k *Keeper) Restore() error {
	var ids []string
	err := k.DB.View(func(tx *store.Tx) (err error) {
		if ids, err = keptMarks(tx); err != nil {
			return err
		}
		return k.lookForBuried(tx)
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := k.restore(id); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) restore(id string) error {
	stored, found, err := k.stored(id)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("the data file names a sandbox %s and has nothing of it", id)
	}
	spec, err := k.derived(sandbox.Spec{ID: id, Origin: stored.Origin, Seed: stored.Seed, Clock: stored.Frozen()})
	if err != nil {
		return err
	}
	if spec, err = k.join(spec, stored); err != nil {
		return err
	}
	w, err := sandbox.New(spec)
	if err != nil {
		return fmt.Errorf("sandbox %s: %w", id, err)
	}
	if err := k.Registry.Add(w); err != nil {
		return fmt.Errorf("the sandbox %s that a call has made cannot be opened beside the fixture files: %w", id, err)
	}
	k.count.Add(1)
	k.mark(id, true)
	return nil
}

func (k *Keeper) stored(id string) (state sandbox.State, found bool, err error) {
	err = k.DB.View(func(tx *store.Tx) error {
		state, found, err = sandbox.StoredState(tx, id)
		return err
	})
	return state, found, err
}

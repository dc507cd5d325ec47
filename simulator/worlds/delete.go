package worlds

import (
	"fmt"

	"cardsim/simulator/core"
	"cardsim/simulator/director"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Delete ends a sandbox: its state, journal, scenarios and credentials. The
// credentials stay refused until a sandbox has them again (decisions 7). One of a
// fixture file begins anew at the next start that names the file. The default
// sandbox is not deleted: unseen identities act in it.
func (k *Keeper) Delete(id string) error {
	k.turn.RLock()
	defer k.turn.RUnlock()
	w, ok := k.Registry.ByID(id)
	if !ok {
		return fmt.Errorf("%w: %s", ErrNone, id)
	}
	if id == sandbox.DefaultID {
		return core.Errf(core.CodeConflict, "", "the default sandbox is always there: empty it with a reset")
	}
	if err := k.erase(w); err != nil {
		return err
	}
	k.Registry.Remove(w)
	k.count.Add(-1)
	k.mark(id, false)
	k.Director.Drop(id)
	err := k.Journal.Forget(id)
	k.tell(id, Deleted)
	return err
}

// erase commits the end of a world.
func (k *Keeper) erase(w *sandbox.World) error {
	mine := false // the closure may run again, and then it is this call that ended it
	k.graves.Store(true)
	err := k.DB.Update(func(tx *store.Tx) error {
		if !mine && w.Alive() != nil { // another call was quicker
			return fmt.Errorf("%w: %s", ErrNone, w.ID)
		}
		if err := store.Clear(tx, w.ID); err != nil {
			return err
		}
		if err := marks.Delete(tx, ledger, w.ID); err != nil {
			return err
		}
		if err := bury(tx, w.Digests()); err != nil {
			return err
		}
		mine = true
		w.End(true) // whoever writes for it after this writes nothing
		return nil
	})
	if err != nil && mine {
		w.End(false)
	}
	return err
}

// Reset empties a sandbox: seed, credentials, settings, clock and scenarios stay,
// the scenarios' counters begin again (decisions 11; the settings are *ours*).
func (k *Keeper) Reset(w *sandbox.World) error {
	k.turn.RLock()
	defer k.turn.RUnlock()
	err := k.DB.Update(func(tx *store.Tx) error {
		if err := w.Alive(); err != nil {
			return err
		}
		if err := store.Clear(tx, w.ID, sandbox.StateTable, director.SourceTable, director.GivenTable, director.RuleListTable); err != nil {
			return err
		}
		return issuer.SeedEnrolments(w.At(w.Clock.Now(), tx))
	})
	if err != nil {
		return err
	}
	k.Director.Reset(w.ID)
	err = k.Journal.Forget(w.ID)
	k.tell(w.ID, Emptied)
	return err
}

// Patch changes settings of a sandbox, all or none, and keeps them over a restart
// and a reset. The value nil stands for the default. What cannot be set is an
// *InvalidError.
func (k *Keeper) Patch(w *sandbox.World, given map[string]map[string]any) error {
	k.turn.RLock()
	defer k.turn.RUnlock()
	if faults := CheckSettings("", given); len(faults) > 0 {
		return &InvalidError{Detail: "the settings stay as they are", Faults: faults}
	}
	if err := w.Settings.Patch(given); err != nil {
		return err
	}
	return k.DB.Update(w.SaveState)
}

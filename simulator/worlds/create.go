package worlds

import (
	"errors"
	"fmt"

	"cardsim/fixtures"
	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Create makes a sandbox with a full set of credentials, which are a function of
// its seed and id. When it returns, the sandbox is committed. An order that cannot
// be filled is an *InvalidError, *TakenError or *FullError and leaves nothing.
func (k *Keeper) Create(o Order) (*sandbox.World, error) {
	k.turn.RLock()
	defer k.turn.RUnlock()
	if err := k.check(o); err != nil {
		return nil, err
	}
	if err := k.take(); err != nil {
		return nil, err
	}
	w, err := k.register(o)
	if err != nil {
		k.count.Add(-1)
		return nil, err
	}
	if err := k.found(w, o.Scenarios); err != nil {
		k.Registry.Remove(w)
		k.count.Add(-1)
		return nil, err
	}
	k.tell(w.ID, Created)
	return w, nil
}

// register puts the new world where credentials find it. Nobody has been told
// them yet; the registry is what keeps two calls from taking the same id.
func (k *Keeper) register(o Order) (*sandbox.World, error) {
	unnamed := o.ID == ""
	for {
		if unnamed {
			id, err := k.nextID()
			if err != nil {
				return nil, err
			}
			o.ID = id
		}
		spec, err := k.specOf(o)
		if err != nil {
			return nil, err
		}
		w, err := sandbox.New(spec)
		if err != nil {
			return nil, err
		}
		if _, taken := k.Registry.ByID(o.ID); taken && unnamed {
			continue
		} else if taken {
			return nil, &TakenError{fmt.Sprintf("there is a sandbox %s already: choose another id, or leave it out", o.ID)}
		}
		if err := k.Registry.Add(w); errors.Is(err, sandbox.ErrTaken) {
			return nil, &TakenError{err.Error()}
		} else if err != nil {
			return nil, err
		}
		return w, nil
	}
}

// nextID names a sandbox for which no id was given. A number is never used
// twice, so that a forgotten test does not meet the sandbox of another.
func (k *Keeper) nextID() (string, error) {
	var n uint64
	err := k.DB.Update(func(tx *store.Tx) (err error) {
		n, err = store.Next(tx, ledger, unnamedCounter)
		return err
	})
	return fmt.Sprintf("sb-%d", n), wrap(err, "name a sandbox")
}

func (k *Keeper) specOf(o Order) (sandbox.Spec, error) {
	seed := uint64(defaultSeed)
	if o.Seed != nil {
		seed = *o.Seed
	}
	return k.derived(sandbox.Spec{ID: o.ID, Origin: o.ID, Seed: seed, Clock: o.Clock, Patched: o.Settings, Kept: sandbox.Kept{Key: o.CardtokensKey}})
}

// derived completes the specification of a sandbox that no file describes.
func (k *Keeper) derived(spec sandbox.Spec) (sandbox.Spec, error) {
	spec.Cards = k.Catalogue
	spec.Merchants = []*sandbox.Merchant{sandbox.DerivedMerchant(spec.Seed, spec.Origin)}
	spec.Tenants = []*sandbox.Tenant{sandbox.DerivedTenant(spec.Seed, spec.Origin)}
	return k.withKey(spec)
}

// withKey reads the sandbox's own Cardtokens key, or takes the published one.
func (k *Keeper) withKey(spec sandbox.Spec) (sandbox.Spec, error) {
	if len(spec.Kept.Key) == 0 {
		spec.Key = k.Key
		return spec, nil
	}
	var err error
	spec.Key, err = fixtures.ParsePrivateKey(spec.Kept.Key)
	return spec, wrap(err, "read the Cardtokens key of sandbox "+spec.ID)
}

// found commits a new world with its scenarios, and puts them in force.
func (k *Keeper) found(w *sandbox.World, sources []director.Source) error {
	cast, err := k.cast(w, sources)
	if err != nil {
		return err
	}
	err = k.DB.Update(func(tx *store.Tx) error {
		if err := unused(tx, w.ID); err != nil {
			return err
		}
		// A request that was under way when the id was deleted may have left a trace.
		if err := store.Clear(tx, w.ID); err != nil {
			return err
		}
		if err := w.SaveState(tx); err != nil {
			return err
		}
		if err := keepMark(tx, w.ID); err != nil {
			return err
		}
		return cast.Keep(tx)
	})
	if err != nil {
		return err
	}
	k.mark(w.ID, true)
	return cast.Install()
}

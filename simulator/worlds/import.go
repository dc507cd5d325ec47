package worlds

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"cardsim/simulator/director"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// arrival is an import on its way.
type arrival struct {
	portable
	world *sandbox.World
	old   *sandbox.World // whose place it takes; nil: the sandbox is new
	cast  *director.Cast
	lost  []string // digests of old's identities
	ended bool     // old was ended by this import
}

// Import replaces what is in a sandbox by a portable file, or makes the sandbox. A
// file that cannot be used is an *InvalidError and changes nothing. The journal
// begins empty; credentials that the sandbox had before, and has no more, stay
// refused.
func (k *Keeper) Import(id string, text []byte) error {
	p, err := decodeFile(text)
	if err != nil {
		return err
	}
	k.turn.Lock()
	defer k.turn.Unlock()
	old, _ := k.Registry.ByID(id)
	if old == nil {
		if err := CheckID(id); err != nil {
			return err
		}
		if err := k.take(); err != nil {
			return err
		}
	}
	if err := k.arrive(&arrival{portable: p, old: old}, id); err != nil {
		if old == nil {
			k.count.Add(-1)
		}
		return err
	}
	return nil
}

// arrive builds the world, commits it, and puts it in force.
func (k *Keeper) arrive(a *arrival, id string) error {
	if err := k.build(a, id); err != nil {
		return err
	}
	if a.old != nil {
		kept := a.world.Digests()
		a.lost = slices.DeleteFunc(a.old.Digests(), func(d string) bool { return slices.Contains(kept, d) })
	}
	if err := k.Registry.Check(a.world, a.old); err != nil {
		return &TakenError{err.Error()}
	}
	if len(a.lost) > 0 {
		k.graves.Store(true)
	}
	if err := k.DB.Update(a.write); err != nil {
		if a.ended {
			a.old.End(false)
		}
		return refusedRows(err)
	}
	if err := k.Registry.Replace(a.old, a.world); err != nil {
		return err
	}
	if a.old == nil {
		k.mark(id, true)
	}
	k.Director.Drop(id)
	err := errors.Join(a.cast.Install(), k.Journal.Forget(id))
	k.tell(id, Imported)
	return err
}

// build makes the world that the file describes.
func (k *Keeper) build(a *arrival, id string) error {
	sealer, err := sandbox.NewSealer(a.Seed, a.Origin)
	if err != nil {
		return err
	}
	spec := sandbox.Spec{ID: id, Origin: a.Origin, Seed: a.Seed, Clock: a.Clock.At, Patched: a.Settings, Key: k.Key}
	if a.Key != "" {
		spec.Kept.Key = []byte(sealer.Unseal(a.Key))
		if err := checkKey(spec.Kept.Key); err != nil {
			return broken("/sandbox/cardtokensKey", err.Error())
		}
		if spec, err = k.withKey(spec); err != nil {
			return err
		}
	}
	adopted := k.adopt(a.content, a.Seed, id, a.old)
	if spec.Kept.Content, err = json.Marshal(adopted); err != nil {
		return err
	}
	if spec, err = k.live(spec, adopted); err != nil {
		return broken("/sandbox/cards", err.Error())
	}
	if a.world, err = sandbox.New(spec); err != nil {
		return broken("/sandbox", err.Error())
	}
	return k.stories(a, sealer)
}

// stories reads the scenarios of the file.
func (k *Keeper) stories(a *arrival, sealer *sandbox.Sealer) error {
	var sources []director.Source
	for i, s := range a.Scenarios {
		text := sealer.Unseal(s.Text)
		if text == "" {
			return broken("/sandbox/scenarios/"+strconv.Itoa(i), "its text cannot be read")
		}
		sources = append(sources, director.Source{Name: s.Source, Text: []byte(text)})
	}
	faults, err := k.checkScenarios(sources)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		for i := range faults {
			faults[i].Pointer = "/sandbox" + faults[i].Pointer
		}
		return &InvalidError{Detail: notImported, Faults: faults}
	}
	if a.cast, err = k.Director.Prepare(a.world, sources); err != nil {
		return broken("/sandbox/scenarios", err.Error())
	}
	return nil
}

// write puts the sandbox into the store in place of what is there.
func (a *arrival) write(tx *store.Tx) error {
	id := a.world.ID
	if a.old == nil {
		if err := unused(tx, id); err != nil {
			return err
		}
		if err := keepMark(tx, id); err != nil {
			return err
		}
	}
	if err := store.Clear(tx, id); err != nil {
		return err
	}
	if err := a.world.SaveState(tx); err != nil {
		return err
	}
	if err := a.rows(tx); err != nil {
		return err
	}
	if err := a.cast.Keep(tx); err != nil {
		return err
	}
	if err := readBack(a.world.At(a.world.Clock.Now(), tx)); err != nil {
		return &rowError{err}
	}
	if err := bury(tx, a.lost); err != nil {
		return err
	}
	if a.old != nil {
		a.ended = true
		a.old.End(true)
	}
	return nil
}

// rows writes tables and counters.
func (a *arrival) rows(tx *store.Tx) error {
	for table, rows := range a.Tables {
		for key, value := range rows {
			if err := store.PutRaw(tx, a.world.ID, table, key, value); err != nil {
				return &rowError{err}
			}
		}
	}
	for counter, n := range a.Counters {
		if err := store.PutRaw(tx, a.world.ID, store.CountersTable, counter, strconv.AppendUint(nil, n, 10)); err != nil {
			return &rowError{err}
		}
	}
	return nil
}

package director

import (
	"fmt"

	"cardsim/scenarios"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// RuleListTable names the table of the rules that were in force: the records of
// decisions speak of them by place. A reset keeps it; it does not travel, as the
// journal does not.
const RuleListTable = "director.rulelists"

// keptLists bounds how many activations of a sandbox are remembered. A record that
// is older says no more than what won.
const keptLists = 64

// keptList is a list with its age.
type keptList struct {
	Ordinal uint64             `json:"n"`
	List    scenarios.RuleList `json:"list"`
}

var ruleLists = store.NewTable[keptList](RuleListTable)

// keepList writes the rules of what is about to be in force, once, and lets go of
// the oldest.
func keepList(tx *store.Tx, w *sandbox.World, a *scenarios.Active) error {
	if a == nil {
		return nil
	}
	if _, there, err := ruleLists.Get(tx, w.ID, a.ListID()); err != nil || there {
		return err
	}
	ages := map[string]uint64{}
	newest := uint64(0)
	err := ruleLists.Scan(tx, w.ID, store.ScanOptions{}, func(id string, k keptList) (bool, error) {
		ages[id], newest = k.Ordinal, max(newest, k.Ordinal)
		return true, nil
	})
	if err != nil {
		return fmt.Errorf("look at the lists of rules: %w", err)
	}
	for id, age := range ages {
		if age+keptLists <= newest+1 {
			if err := ruleLists.Delete(tx, w.ID, id); err != nil {
				return fmt.Errorf("drop a list of rules: %w", err)
			}
		}
	}
	if err := ruleLists.Put(tx, w.ID, a.ListID(), keptList{Ordinal: newest + 1, List: a.List()}); err != nil {
		return fmt.Errorf("keep the list of rules: %w", err)
	}
	return nil
}

// RuleList finds the rules that a record of a sandbox speaks of.
func (d *Director) RuleList(w *sandbox.World, id string) (list scenarios.RuleList, ok bool) {
	if s := d.of(w.ID); s != nil && s.active.ListID() == id {
		return s.active.List(), true
	}
	err := d.db.View(func(tx *store.Tx) error {
		k, there, err := ruleLists.Get(tx, w.ID, id)
		list, ok = k.List, there
		return err
	})
	return list, ok && err == nil
}

// ensureList keeps the list of what a former version of the program had in force.
func (d *Director) ensureList(w *sandbox.World, a *scenarios.Active) error {
	there := false
	err := d.db.View(func(tx *store.Tx) (err error) {
		_, there, err = ruleLists.Get(tx, w.ID, a.ListID())
		return err
	})
	if err != nil || there {
		return err
	}
	return d.db.Update(func(tx *store.Tx) error { return keepList(tx, w, a) })
}

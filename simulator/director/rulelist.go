package director

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"cardsim/scenarios"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// RuleListTable names the table of the rules that were in force: the records of
// decisions speak of them by place. A reset keeps it; it does not travel, as the
// journal does not.
const RuleListTable = "director.rulelists"

// keptLists bounds how many lists of a sandbox are remembered: those of the newest
// activations. A record that is older says no more than what won.
const keptLists = 64

// keptList is a list with its age.
type keptList struct {
	Ordinal uint64             `json:"n"`
	List    scenarios.RuleList `json:"list"`
}

var ruleLists = store.NewTable[keptList](RuleListTable)

// keepList writes the rules of what is about to be in force, and lets go of the
// lists that were in force the longest ago. Rules that were there before are in
// force anew: theirs becomes the newest again.
func keepList(tx *store.Tx, w *sandbox.World, a *scenarios.Active) error {
	if a == nil {
		return nil
	}
	ages, err := listAges(tx, w)
	if err != nil {
		return err
	}
	newest := uint64(0)
	for _, age := range ages {
		newest = max(newest, age)
	}
	if age, there := ages[a.ListID()]; there && age == newest {
		return nil
	}
	delete(ages, a.ListID())
	if err := ruleLists.Put(tx, w.ID, a.ListID(), keptList{Ordinal: newest + 1, List: a.List()}); err != nil {
		return fmt.Errorf("keep the list of rules: %w", err)
	}
	return dropLists(tx, w, ages)
}

func listAges(tx *store.Tx, w *sandbox.World) (map[string]uint64, error) {
	ages := map[string]uint64{}
	err := ruleLists.Scan(tx, w.ID, store.ScanOptions{}, func(id string, k keptList) (bool, error) {
		ages[id] = k.Ordinal
		return true, nil
	})
	if err != nil {
		return nil, fmt.Errorf("look at the lists of rules: %w", err)
	}
	return ages, nil
}

// dropLists leaves room for one beside the others.
func dropLists(tx *store.Tx, w *sandbox.World, others map[string]uint64) error {
	byAge := slices.SortedFunc(maps.Keys(others), func(a, b string) int { return cmp.Compare(others[a], others[b]) })
	for _, id := range byAge[:max(0, len(byAge)-(keptLists-1))] {
		if err := ruleLists.Delete(tx, w.ID, id); err != nil {
			return fmt.Errorf("drop a list of rules: %w", err)
		}
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

package due

import (
	"time"

	"cardsim/simulator/agenda"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// unnoted is what a file of before there was an agenda has not noted.
type unnoted struct {
	kinds []string
	items []agenda.Item
}

// complete makes the agenda whole, once in a sandbox's life. The search does not
// hold up writers: whatever is made meanwhile is noted by its maker, and whatever
// ends is found to have ended.
func (m Mover) complete(now time.Time) error {
	var u unnoted
	err := m.DB.View(func(tx *store.Tx) error {
		for name, k := range kinds {
			if err := u.look(m.World.At(now, tx), name, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || len(u.kinds) == 0 {
		return err
	}
	return m.DB.Update(func(tx *store.Tx) error { return m.note(tx, u) })
}

// look searches for the things of one kind, unless that was done.
func (u *unnoted) look(s sandbox.Scope, name string, k kind) error {
	if k.dates == nil {
		return nil
	}
	done, err := agenda.Covered(s.Tx, s.World.ID, name)
	if err != nil || done {
		return err
	}
	items, err := k.dates(s)
	u.kinds, u.items = append(u.kinds, name), append(u.items, items...)
	return err
}

// note puts what was missing into the agenda.
func (m Mover) note(tx *store.Tx, u unnoted) error {
	if err := m.World.Alive(); err != nil {
		return err
	}
	for _, i := range u.items {
		if err := agenda.Put(tx, m.World.ID, i); err != nil {
			return err
		}
	}
	for _, name := range u.kinds {
		if err := agenda.Cover(tx, m.World.ID, name); err != nil {
			return err
		}
	}
	return nil
}

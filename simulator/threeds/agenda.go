package threeds

import (
	"fmt"
	"time"

	"cardsim/simulator/agenda"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// AgendaKind is the kind of a challenge's expiry in the agenda; the id is the
// transaction's.
const AgendaKind = "challenge"

// remind keeps the agenda in step with a transaction: a running challenge stands
// in it once, when it expires, one that has ended does not.
func remind(s sandbox.Scope, t Transaction) error {
	c := t.Challenge
	if c == nil {
		return nil
	}
	due, _ := dueAt(*c)
	for _, at := range c.dates() {
		change := agenda.Remove
		if c.State.Running() && at.Equal(due) {
			change = agenda.Put
		}
		if err := change(s.Tx, s.World.ID, t.date(at)); err != nil {
			return err
		}
	}
	return nil
}

// dates are the instants at which a challenge may stand in the agenda.
func (c Challenge) dates() []time.Time {
	if c.OpenBy == nil {
		return []time.Time{c.Deadline}
	}
	return []time.Time{*c.OpenBy, c.Deadline}
}

func (t Transaction) date(at time.Time) agenda.Item {
	return agenda.Item{At: at, Kind: AgendaKind, Rank: fmt.Sprintf("%020d", t.Seq), ID: t.ID}
}

// Dates are the agenda's items of all running challenges, for a file of before
// there was an agenda. It reads every transaction.
func Dates(s sandbox.Scope) ([]agenda.Item, error) {
	var items []agenda.Item
	err := transactions.Scan(s.Tx, s.World.ID, store.ScanOptions{}, func(_ string, t Transaction) (bool, error) {
		if t.Running() {
			due, _ := dueAt(*t.Challenge)
			items = append(items, t.date(due))
		}
		return true, nil
	})
	return items, wrap(err, "look for running challenges")
}

// RunningCount is how many challenges run at the scope's instant. It costs by what
// runs, not by what there was; of a file of before there was an agenda it counts
// those that were begun since, until its clock is moved.
func RunningCount(s sandbox.Scope) (int, error) {
	return agenda.Ahead(s.Tx, s.World.ID, AgendaKind, s.Now)
}

// Due stores the ending of a challenge whose time has come, at the scope's
// instant, and tells the schemes: what moving a clock fires (interface §3). fired
// is false when there was nothing to end: it had ended, or a later deadline holds
// by now.
func Due(s sandbox.Scope, id string) (t Transaction, fired bool, err error) {
	t, ok, err := transactions.Get(s.Tx, s.World.ID, id)
	if err != nil || !ok || !t.Running() {
		return t, false, wrap(err, "read a 3-D Secure transaction")
	}
	expire(s, &t)
	if t.Running() {
		return t, false, remind(s, t)
	}
	// What the browser brought plays no part: it stays sealed as it is.
	if err := transactions.Put(s.Tx, s.World.ID, id, t); err != nil {
		return t, false, wrap(err, "keep a 3-D Secure transaction")
	}
	return t, true, record(s, t)
}

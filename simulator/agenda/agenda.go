// Package agenda keeps what will fall due in each sandbox, in order of time, so
// that moving a clock costs by what falls due and not by what exists.
//
// It owns one table of dates. It knows no clock, and never what a date means: a
// package that makes something which expires notes it here, and package due asks
// that package when the time has come. A date is a reminder and no truth: whatever
// has expired is refused by its owner's own look at the time, whether a clock was
// moved or not.
package agenda

import (
	"fmt"
	"time"

	"cardsim/simulator/store"
)

// Item is one date.
type Item struct {
	// At is the first instant at which it has fallen due, in sandbox time.
	At time.Time `json:"at"`
	// Kind says whose it is, and so what happens.
	Kind string `json:"kind"`
	// Rank is the place among the dates of one instant and kind; ordinals are
	// written with leading zeros.
	Rank string `json:"rank"`
	// ID is how its owner finds what has fallen due.
	ID string `json:"id"`
}

// dates holds every item under its key.
var dates = store.NewTable[Item]("agenda.dates")

// yearZero is how many seconds the first RFC 3339 instant lies before 1970: with
// them added, the seconds of every such instant sort as text.
const yearZero = 62_167_219_200

// key sorts by instant, kind, rank.
func (i Item) key() string { return i.instant() + "/" + i.Kind + "/" + i.Rank + "/" + i.ID }

// instant is the beginning of the keys of all items of the item's instant; all are of
// one length.
func (i Item) instant() string {
	return fmt.Sprintf("%012d.%09d", i.At.Unix()+yearZero, i.At.Nanosecond())
}

// Put notes a date. Noting it again changes nothing.
func Put(tx *store.Tx, sandbox string, i Item) error {
	i.At = i.At.UTC()
	return wrap(dates.Put(tx, sandbox, i.key(), i), "note what will fall due")
}

// Remove strikes a date out, if it is there.
func Remove(tx *store.Tx, sandbox string, i Item) error {
	return wrap(dates.Delete(tx, sandbox, i.key()), "strike out what was to fall due")
}

// Take strikes out the dates up to and including an instant, one after another in
// order, and hands each to fn, until fn wants no more. A date that fn notes is
// taken too when it lies ahead within the time.
func Take(tx *store.Tx, sandbox string, until time.Time, fn func(Item) (more bool, err error)) error {
	err := dates.Scan(tx, sandbox, store.ScanOptions{}, func(key string, i Item) (bool, error) {
		if i.At.After(until) {
			return false, nil
		}
		if err := dates.Delete(tx, sandbox, key); err != nil {
			return false, err
		}
		return fn(i)
	})
	return wrap(err, "take what has fallen due")
}

func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

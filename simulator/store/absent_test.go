package store

import (
	"fmt"
	"testing"
)

// A closure that writes looks for what is not there once, and for a few keys only; one
// that reads has no use for it.
func TestAbsentIsRemembered(t *testing.T) {
	db, table := open(t), NewTable[int]("t")
	update(t, db, func(tx *Tx) error { return table.Put(tx, "s", "there", 1) })
	look := func(tx *Tx) error {
		for n := range 2 * mostAbsent {
			for range 2 {
				if _, ok, err := table.Get(tx, "s", fmt.Sprint(n/2)); ok || err != nil {
					t.Errorf("%d: %v %v", n/2, ok, err)
				}
			}
		}
		_, _, err := table.Get(tx, "s", "there")
		return err
	}
	update(t, db, func(tx *Tx) error {
		err := look(tx)
		if n := len(tx.absent); n != mostAbsent {
			t.Errorf("%d keys are remembered, want %d", n, mostAbsent)
		}
		return err
	})
	view(t, db, func(tx *Tx) error {
		err := look(tx)
		if n := len(tx.absent); n != 0 {
			t.Errorf("a reader remembers %d keys", n)
		}
		return err
	})
}

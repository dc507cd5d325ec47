package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// However many rows are folded together, they leave few free pages behind: the list of
// them is written with every commit that follows.
func TestFoldingLeavesFewFreePages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cardsim.db")
	o := Options{Ephemeral: true, limits: &limits{foldAt: 1 << 30, most: 1 << 30, slice: 64, large: 1 << 30, chunk: 16}}
	db, table := openAt(t, path, o), NewTable[int]("t")
	const rows, length = 20_000, 32
	for round := range 3 {
		update(t, db, func(tx *Tx) error {
			for n := range rows {
				if err := table.Put(tx, "s", fmt.Sprintf("%0*d", length, n), n+round); err != nil {
					return err
				}
			}
			return nil
		})
		if err := db.settleAll(); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if free, least := freePages(t, path), rows*length/4096; free > least/4 {
		t.Errorf("%d pages are free beside a table of at least %d", free, least)
	}
}

// freePages counts the free pages of a file.
func freePages(t *testing.T, path string) int {
	t.Helper()
	b, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(*bolt.Tx) error { return nil })
	free := b.Stats().FreePageN
	if err := errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
	return free
}

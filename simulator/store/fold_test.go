package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// However many rows are folded together, they leave few free pages behind: the list of
// them is written with every commit that follows.
func TestFoldingLeavesFewFreePages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cardsim.db")
	o := Options{Ephemeral: true, limits: &limits{foldAt: 1 << 30, spent: 1 << 30, most: 1 << 30, slice: 64, large: 1 << 30, chunk: 16}}
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

// Rows are folded too when others were written over and over: what was written over is in
// one piece of memory with them.
func TestMuchWrittenIsFolded(t *testing.T) {
	for name, o := range map[string]Options{"ephemeral": {Ephemeral: true}, "durable": {}} {
		t.Run(name, func(t *testing.T) {
			o.limits = &limits{foldAt: 1 << 20, spent: 50_000, most: 1 << 20, slice: 1, large: 1 << 20, chunk: 10}
			db, table := openAt(t, filepath.Join(t.TempDir(), "cardsim.db"), o), NewTable[string]("t")
			write := func(key string) {
				update(t, db, func(tx *Tx) error { return table.Put(tx, "s", key, strings.Repeat("x", 1000)) })
			}
			for n := range 4 {
				write(fmt.Sprint("cold ", n))
			}
			for n := 0; n < 1000 && waiting(db).rows.Len() > 2; n++ {
				write("hot")
			}
			if n := waiting(db).rows.Len(); n > 2 {
				t.Errorf("%d rows wait after a thousand writes", n)
			}
			if n := len(keys(t, db, table, "s", ScanOptions{})); n != 5 {
				t.Errorf("%d rows", n)
			}
		})
	}
}

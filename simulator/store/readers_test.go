package store

import (
	"fmt"
	"sync"
	"testing"
)

var notes = NewTable[int]("readers.notes")

func put(t *testing.T, db *DB, n int) {
	t.Helper()
	if err := db.Update(func(tx *Tx) error { return notes.Put(tx, "s", "k", n) }); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, db *DB) (n int) {
	t.Helper()
	err := db.View(func(tx *Tx) (err error) {
		n, _, err = notes.Get(tx, "s", "k")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A transaction that waits for the next reader is not seen again after a commit,
// whenever it began and ended.
func TestReadersSeeEveryCommit(t *testing.T) {
	db := openDecoded(t)
	for n := range 5 {
		put(t, db, n)
		for range 3 {
			if got := get(t, db); got != n {
				t.Fatalf("read %d, want %d", got, n)
			}
		}
		err := db.View(func(tx *Tx) error { // begins before the commit, ends after it
			put(t, db, n+100)
			if got, _, _ := notes.Get(tx, "s", "k"); got != n {
				t.Errorf("the view moved on to %d", got)
			}
			return nil
		})
		if got := get(t, db); err != nil || got != n+100 {
			t.Fatalf("%v: read %d, want %d", err, got, n+100)
		}
	}
}

// A table that was not there is found as soon as it is.
func TestReadersFindNewTables(t *testing.T) {
	db := openDecoded(t)
	for range 2 {
		if got := get(t, db); got != 0 {
			t.Fatalf("read %d from nowhere", got)
		}
	}
	put(t, db, 7)
	if got := get(t, db); got != 7 {
		t.Fatalf("read %d, want 7", got)
	}
}

// Idle transactions hold up neither the growth of the file nor its closing, and
// those whose reader panicked are gone.
func TestIdleReadersAreInNobodysWay(t *testing.T) {
	db := openDecoded(t)
	put(t, db, 1)
	func() {
		defer func() { _ = recover() }()
		_ = db.View(func(*Tx) error { panic("reader") })
	}()
	if n := len(db.readers.idle); n != 0 {
		t.Errorf("%d wait after a panic, want none", n)
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 200 {
				got := get(t, db)
				if err := db.Update(func(tx *Tx) error { return notes.Put(tx, "s", fmt.Sprint(i, n), got) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	get(t, db)
	if n := len(db.readers.idle); n == 0 {
		t.Error("none waits after a read")
	}
	for range 2 {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
	if n := db.bolt.Stats().OpenTxN; n != 0 {
		t.Errorf("%d transactions are open", n)
	}
}

// Readers that run beside writers never see less than was committed before they
// began.
func TestReadersBesideWriters(t *testing.T) {
	db := openDecoded(t)
	put(t, db, 0)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 300 {
				var mine int
				err := db.Update(func(tx *Tx) error {
					n, _, err := notes.Get(tx, "s", "k")
					mine = n + 1
					if err != nil {
						return err
					}
					return notes.Put(tx, "s", "k", mine)
				})
				if got := get(t, db); err != nil || got < mine {
					t.Errorf("%v: read %d after %d was committed", err, got, mine)
				}
			}
		})
	}
	wg.Wait()
	if got := get(t, db); got != 1200 {
		t.Errorf("%d, want 1200", got)
	}
}

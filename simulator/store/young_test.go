package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Whoever reads sees all of a commit or nothing of it, whatever is folded meanwhile: a
// number that stands in many tables is the same in each, in a walk too.
func TestReadersSeeWholeCommits(t *testing.T) {
	for name, o := range map[string]Options{"ephemeral": {Ephemeral: true}, "durable": {}} {
		t.Run(name, func(t *testing.T) {
			o.limits = &limits{foldAt: 2000, spent: 2000, most: 1 << 20, slice: 5, large: 6000, chunk: 12}
			db := openAt(t, filepath.Join(t.TempDir(), "cardsim.db"), o)
			var tables []Table[int]
			for i := range 8 {
				tables = append(tables, NewTable[int](fmt.Sprintf("t%d", i)))
			}
			write := func(n int) {
				update(t, db, func(tx *Tx) error {
					for i, table := range tables {
						if err := table.Put(tx, "s", "same", n); err != nil {
							return err
						}
						if err := table.Put(tx, "s", fmt.Sprintf("%03d-%d", n%50, i), n); err != nil {
							return err
						}
					}
					if n%40 == 0 { // now and then one that goes to its tables at once
						return PutRaw(tx, "s", "large", "x", []byte(`"`+strings.Repeat("x", 7000)+`"`))
					}
					return nil
				})
			}
			write(0)
			var done atomic.Bool
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() {
					for !done.Load() {
						view(t, db, func(tx *Tx) error { return same(t, tx, tables) })
					}
				})
			}
			for n := range 250 {
				write(n)
			}
			done.Store(true)
			all.Wait()
			if waiting(db).rows.Len() == 0 {
				t.Error("nothing waited to be folded")
			}
		})
	}
}

// waiting are the rows that are yet to be folded.
func waiting(db *DB) *young {
	db.readers.mu.Lock()
	defer db.readers.mu.Unlock()
	return db.readers.shown
}

func same(t *testing.T, tx *Tx, tables []Table[int]) error {
	first, _, err := tables[0].Get(tx, "s", "same")
	for _, table := range tables {
		n, _, failed := table.Get(tx, "s", "same")
		if failed != nil || n != first {
			t.Errorf("%d in one table and %d in another, %v", first, n, failed)
		}
		newest := 0
		failed = table.Scan(tx, "s", ScanOptions{}, func(_ string, n int) (bool, error) { newest = max(newest, n); return true, nil })
		if failed != nil || newest != first {
			t.Errorf("a walk finds %d where %d was written last, %v", newest, first, failed)
		}
	}
	return err
}

// A file at rest has everything in its tables, without anybody who asks for it; and
// nothing is left behind by a database that is closed while it waits for that.
func TestCalmFileIsFolded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, table := openAt(t, filepath.Join(t.TempDir(), "cardsim.db"), Options{}), NewTable[int]("t")
		for n := range 5 {
			time.Sleep(calm / 2)
			update(t, db, func(tx *Tx) error { return table.Put(tx, "s", fmt.Sprint(n), n) })
			synctest.Wait()
		}
		if n := waiting(db).rows.Len(); n != 5 {
			t.Errorf("%d rows wait while there are commits, want 5", n)
		}
		time.Sleep(2 * calm)
		synctest.Wait()
		if n := waiting(db).rows.Len(); n != 0 {
			t.Errorf("%d rows wait in a calm file", n)
		}
		if got := len(keys(t, db, table, "s", ScanOptions{})); got != 5 {
			t.Errorf("%d rows of 5", got)
		}
		if got := db.Stats(); got.Commits != 5 {
			t.Errorf("folding counts as a commit: %+v", got)
		}
		update(t, db, func(tx *Tx) error { return table.Put(tx, "s", "last", 1) })
	})
}

package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Who writes to an ephemeral file does not wait for its tables: here they cannot be
// written at all for a while.
func TestEphemeralCommitsDoNotWaitForTables(t *testing.T) {
	o := Options{Ephemeral: true, limits: &limits{foldAt: 5_000, spent: 5_000, most: 1 << 20, slice: 4, large: 1 << 20, chunk: 8}}
	db, table := openAt(t, filepath.Join(t.TempDir(), "cardsim.db"), o), NewTable[string]("t")
	inTheWay, err := db.bolt.Begin(true)
	if err != nil {
		t.Fatal(err)
	}
	const rows = 100
	committed := make(chan error, 1)
	go func() {
		var err error
		for n := 0; n < rows && err == nil; n++ {
			err = db.Update(func(tx *Tx) error { return table.Put(tx, "s", fmt.Sprint(n), strings.Repeat("x", 500)) })
		}
		committed <- err
	}()
	select {
	case err = <-committed:
	case <-time.After(30 * time.Second):
		t.Error("the commits wait")
	}
	if failed := inTheWay.Rollback(); err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	if n := len(keys(t, db, table, "s", ScanOptions{})); n != rows {
		t.Errorf("%d rows", n)
	}
	if err := db.settleAll(); err != nil || waiting(db).rows.Len() != 0 {
		t.Errorf("%v: %d rows wait", err, waiting(db).rows.Len())
	}
	if n := len(keys(t, db, table, "s", ScanOptions{})); n != rows {
		t.Errorf("%d rows after they were folded", n)
	}
}

// Package storetest gives tests a database. It owns the temporary file and checks its
// consistency when the test ends; it belongs in no product code.
package storetest

import (
	"errors"
	"path/filepath"
	"testing"

	"cardsim/simulator/store"
)

// Open returns an empty, ephemeral database in the test's own folder. When the test
// ends the database is checked for consistency and closed; a test that closes it
// earlier has done so on purpose.
func Open(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(filepath.Join(t.TempDir(), "cardsim.db"), store.Options{Ephemeral: true})
	if err != nil {
		t.Fatalf("open a database for the test: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Check(); err != nil && !errors.Is(err, store.ErrClosed) {
			t.Errorf("the database after the test: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("close the test's database: %v", err)
		}
	})
	return db
}

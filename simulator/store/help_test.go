package store

import (
	"errors"
	"path/filepath"
	"testing"
)

// item stands for the structs that other packages keep.
type item struct {
	Name  string            `json:"name"`
	Cents int64             `json:"cents,omitempty"`
	Tags  []string          `json:"tags,omitempty"`
	More  map[string]string `json:"more,omitempty"`
}

// open opens an ephemeral database; it is checked and closed when the test ends.
func open(t testing.TB) *DB {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "cardsim.db"), Options{Ephemeral: true})
}

func openAt(t testing.TB, path string, o Options) *DB {
	t.Helper()
	db, err := Open(path, o)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Check(); err != nil && !errors.Is(err, ErrClosed) {
			t.Errorf("Check: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return db
}

// update and view fail the test on an error.
func update(t testing.TB, db *DB, fn func(*Tx) error) {
	t.Helper()
	if err := db.Update(fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

func view(t testing.TB, db *DB, fn func(*Tx) error) {
	t.Helper()
	if err := db.View(fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// find reads one value in a transaction of its own.
func find[T any](t testing.TB, db *DB, table Table[T], sandbox, key string) (v T, ok bool) {
	t.Helper()
	view(t, db, func(tx *Tx) (err error) {
		v, ok, err = table.Get(tx, sandbox, key)
		return err
	})
	return v, ok
}

// keys scans the keys of a table in a transaction of its own.
func keys[T any](t testing.TB, db *DB, table Table[T], sandbox string, o ScanOptions) (found []string) {
	t.Helper()
	view(t, db, func(tx *Tx) error {
		return table.Scan(tx, sandbox, o, func(key string, _ T) (bool, error) {
			found = append(found, key)
			return true, nil
		})
	})
	return found
}

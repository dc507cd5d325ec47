package store

import (
	"encoding/json"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Check reads the whole file and returns every inconsistency it finds: in bolt's pages
// and free list, in the form of the keys, in values that are not JSON. Everything is
// folded before, and the writer waits meanwhile. It is meant for tests and for the
// doctor of a suspect file.
func (db *DB) Check() error {
	if err := db.settleAll(); err != nil {
		return err
	}
	// A writing transaction, because bolt's check must not meet a commit.
	tx, err := db.bolt.Begin(true)
	switch {
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return ErrClosed
	case err != nil:
		return fmt.Errorf("check the database %q: %w", db.path, err)
	}
	defer func() { _ = tx.Rollback() }()
	var found []error
	for err := range tx.Check() {
		found = append(found, err)
	}
	if len(found) == 0 {
		found = append(found, checkContent(tx))
	}
	if err := errors.Join(found...); err != nil {
		return fmt.Errorf("the database %q is inconsistent: %w", db.path, err)
	}
	return nil
}

func checkContent(tx *bolt.Tx) error {
	return tx.ForEach(func(bucket []byte, b *bolt.Bucket) error {
		table, ok := tableOf(bucket)
		if !ok {
			return nil
		}
		return b.ForEach(func(full, value []byte) error {
			if _, _, ok := decodeKey(full); !ok {
				return fmt.Errorf("table %s: the key %q has no sandbox or no name", table, full)
			}
			if !json.Valid(value) {
				return fmt.Errorf("table %s: the value under %q is not JSON", table, full)
			}
			return nil
		})
	})
}

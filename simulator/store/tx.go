package store

import (
	"bytes"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Tx is one transaction as its closure sees it: a fixed view of the whole file and,
// inside Update, the writes made so far. It is good only inside the closure and only
// in the closure's goroutine.
type Tx struct {
	bolt     *bolt.Tx // only reads; nil once the closure has returned
	path     string
	decoded  *decoded
	buckets  *buckets // shared by all closures of the bolt transaction
	young    *young   // what lies over the tables
	draft    *draft   // where to write; nil inside View
	straight []string // the tables whose rows do not wait among the young ones
	writes   int      // writes so far
	broken   error    // set when bolt panicked: the transaction must not be committed
	absent   []absent // what is known not to be in the tables
	tracked  *tracker // nil unless Track was called
	watch    *watch   // nil unless an observer listens
}

// absent is a key that its table does not hold.
type absent struct {
	table string
	key   []byte
}

// Writable reports whether the transaction may write: true inside Update, false
// inside View and after the closure has returned.
func (tx *Tx) Writable() bool { return tx.bolt != nil && tx.draft != nil }

// View runs fn in a reading transaction and returns its error. It neither waits for
// the writer nor holds it up, except that a file cannot grow past its mapping while a
// View is open. A panic of fn goes on to the caller. After Close it returns ErrClosed.
func (db *DB) View(fn func(*Tx) error) error {
	t, rows, err := db.readers.begin(db.bolt)
	switch {
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return ErrClosed
	case err != nil:
		return fmt.Errorf("read the database %q: %w", db.path, err)
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	tx := &Tx{bolt: t.bolt, path: db.path, decoded: db.decoded, buckets: t.buckets, young: rows}
	returned := false
	defer func() {
		tx.end()
		db.readers.end(t, returned && tx.broken == nil)
	}()
	err = fn(tx)
	returned = true
	return err
}

// run runs a writing closure; a panic becomes its error.
func (tx *Tx) run(fn func(*Tx) error) (err error) {
	defer tx.end()
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{Value: p, Stack: debug.Stack()}
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	return tx.broken
}

func (tx *Tx) end() {
	if tx.tracked != nil {
		tx.tracked.forget()
	}
	tx.bolt, tx.buckets, tx.young, tx.draft, tx.tracked = nil, nil, nil, nil, nil
}

// readable says why the transaction cannot be used, or nil.
func (tx *Tx) readable() error {
	if tx.bolt == nil {
		return ErrEnded
	}
	return tx.broken
}

// writable says why the transaction cannot write, or nil.
func (tx *Tx) writable() error {
	if err := tx.readable(); err != nil {
		return err
	}
	if tx.draft == nil {
		return ErrReadOnly
	}
	return nil
}

// guard is deferred around every touch of bolt: a panic there means a damaged page.
func (tx *Tx) guard(err *error) {
	if p := recover(); p != nil {
		tx.broken = damagedBy(tx.path, p)
		*err = tx.broken
	}
}

// bucket finds a table's bucket, nil when there is none.
func (tx *Tx) bucket(table string) *bolt.Bucket {
	return tx.buckets.find(table)
}

// get returns the value under a full key, nil when there is none. The bytes must neither
// be changed nor leave the transaction.
func (tx *Tx) get(table string, key []byte) (value []byte, err error) {
	if err := tx.readable(); err != nil {
		return nil, err
	}
	if r, ok := tx.young.find(table, key); ok {
		return r.value, nil
	}
	return tx.settled(table, key)
}

// settled returns the value in the table itself, where nothing young lies over it. What
// a closure that writes has not found, it will write more often than not, so that its
// absence is remembered: the tables stay as they are while it runs.
func (tx *Tx) settled(table string, key []byte) (value []byte, err error) {
	defer tx.guard(&err)
	if tx.lacks(table, key) {
		return nil, nil
	}
	if b := tx.bucket(table); b != nil {
		value = b.Get(key)
	}
	if value == nil && tx.draft != nil && len(tx.absent) < mostAbsent {
		tx.absent = append(tx.absent, absent{table, key})
	}
	return value, nil
}

// mostAbsent is how many absent keys are remembered: a few, so that looking through them
// costs less than a look into the tables.
const mostAbsent = 16

// lacks says whether a table is known not to hold a key. What was learned last is asked
// for first.
func (tx *Tx) lacks(table string, key []byte) bool {
	for _, a := range slices.Backward(tx.absent) {
		if a.table == table && bytes.Equal(a.key, key) {
			return true
		}
	}
	return false
}

// put stores a row under a full key. Its value belongs to the store from here on. fresh
// says that the table does not hold the key.
func (tx *Tx) put(table string, key []byte, r row, fresh bool) error {
	if err := tx.writable(); err != nil {
		return err
	}
	former, had := tx.set(table, key, r)
	if !tx.noted(table) {
		return nil
	}
	before := former.value
	if !had && !fresh {
		var err error
		if before, err = tx.settled(table, key); err != nil {
			return err
		}
	}
	tx.note(table, key, before, r.value)
	return nil
}

// remove deletes a full key, if it is there.
func (tx *Tx) remove(table string, key []byte) error {
	if err := tx.writable(); err != nil {
		return err
	}
	before, err := tx.get(table, key)
	if err != nil || before == nil {
		return err
	}
	if tx.noted(table) {
		tx.note(table, key, before, nil)
	}
	tx.set(table, key, row{})
	return nil
}

// set writes a young row and returns the one that was there.
func (tx *Tx) set(table string, key []byte, r row) (former row, had bool) {
	r.straight = slices.Contains(tx.straight, table)
	tx.writes++
	return tx.draft.set(table, key, r)
}

// noted says whether anybody wants to know of a write to a table.
func (tx *Tx) noted(table string) bool { return tx.tracked != nil || tx.watch.wants(table) }

func (tx *Tx) note(table string, key, before, after []byte) {
	if tx.tracked != nil {
		tx.tracked.note(table, key, before, after)
	}
	if tx.watch.wants(table) {
		tx.watch.note(table, key, before, after)
	}
}

package store

import (
	"errors"
	"fmt"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// brokenError says that bolt panicked during a commit: what it holds in memory cannot
// be trusted any more.
type brokenError struct{ error }

func (e *brokenError) Unwrap() error { return e.error }

// judge remembers an error after which nothing is written any more.
func (db *DB) judge(err error) {
	if broken := (*brokenError)(nil); errors.As(err, &broken) {
		db.broken = broken.error
	}
}

// commit makes the draft last and shows it to everybody; when it fails, nothing of it
// is kept.
func (db *DB) commit(all bool) error {
	err := db.save(all)
	if err != nil {
		db.draft.rows = db.rows.copy()
		return fmt.Errorf("commit to the database %q: %w", db.path, err)
	}
	return nil
}

// save chooses the way of a commit.
func (db *DB) save(all bool) error {
	db.collect(false) // what has been folded makes the young rows fewer
	all = all || db.draft.weight > db.limits.large || db.draft.rows.size > db.limits.most
	inMemory := !all && db.ephemeral && len(db.draft.straight) == 0
	db.collect(!inMemory)
	switch {
	case db.broken != nil:
		return db.broken
	case all:
		return db.saveAll()
	case inMemory:
		db.rows = db.draft.rows.copy()
		db.readers.show(db.rows)
		db.spent += db.draft.weight
		db.foldBeside(db.pace())
		return nil
	}
	n := min(db.pace(), db.limits.chunk)
	err := db.saveNext(n)
	if err == nil || n == 0 || db.broken != nil {
		return err
	}
	return db.saveNext(0) // what cannot be folded now waits in the log
}

// saveNext commits the draft and folds n rows of those before it.
func (db *DB) saveNext(n int) error {
	if n > 0 {
		db.sweep.due = 0
	}
	var done slice
	db.readers.retire()
	err := db.bolted(func(tx *bolt.Tx) (err error) {
		done, err = db.put(tx, n)
		return err
	}, nil)
	if err != nil {
		db.judge(err)
		db.readers.renew(nil)
		return err
	}
	db.draft.settled()
	db.folded(done)
	db.spent += db.draft.weight
	db.rows = db.draft.rows.copy()
	db.readers.renew(db.rows)
	return nil
}

// put is what a commit does to the file.
func (db *DB) put(tx *bolt.Tx, n int) (done slice, err error) {
	d := &db.draft
	if err := d.settle(tx); err != nil {
		return done, err
	}
	if len(d.record) > 0 {
		if err := appendLog(tx, d.turn, d.record); err != nil {
			return done, err
		}
	}
	if n == 0 {
		return done, nil
	}
	if done, err = fold(tx, db.rows, db.sweep.from, n); err != nil || !done.last {
		return done, err
	}
	return done, cutLog(tx, db.sweep.mark)
}

// saveAll folds everything, the draft too, and empties the log. Nobody begins to read
// between the last commit and the moment in which it shows.
func (db *DB) saveAll() error {
	if n := db.rows.rows.Len(); n > db.limits.chunk {
		done, err := db.foldChunks(db.rows, "", n)
		if db.folded(done); err != nil {
			db.judge(err)
			return err
		}
	}
	db.readers.retire()
	held := false
	err := db.bolted(func(tx *bolt.Tx) error {
		rows := db.draft.rows
		if _, err := fold(tx, rows, "", rows.rows.Len()+1); err != nil {
			return err
		}
		return dropLog(tx)
	}, func() {
		db.readers.hold()
		held = true
	})
	switch {
	case !held:
		db.readers.renew(nil)
	case err != nil:
		db.readers.release(nil)
	default:
		db.sweep, db.spent, db.draft.rows = sweep{}, 0, newYoung()
		db.rows = db.draft.rows.copy()
		db.readers.release(db.rows)
	}
	db.judge(err)
	return err
}

// bolted runs fn in a writing transaction of bolt and commits it; ready is called when
// nothing but the commit is left. A panic in fn means a damaged page. When bolt
// panics in the middle of the commit, which is a *brokenError, the database takes no
// more writes.
func (db *DB) bolted(fn func(*bolt.Tx) error, ready func()) (err error) {
	tx, err := db.bolt.Begin(true)
	if err != nil {
		return err
	}
	committing := false
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damagedBy(db.path, p)
			if committing {
				err = &brokenError{err}
			}
			_ = tx.Rollback()
		}
	}()
	if err := fn(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	if ready != nil {
		ready()
	}
	committing = true
	return tx.Commit()
}

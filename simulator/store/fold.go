package store

import (
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// limits say when rows are folded. Tests have smaller ones.
type limits struct {
	foldAt int // what the young rows may take before they are folded, in bytes
	spent  int // what may be written before they are, in bytes: it makes the log longer, and what was written over is kept as long as its neighbours
	most   int // where a commit waits until all are folded, because that has failed for so long
	slice  int // how many rows are worth a slice
	large  int // a commit that goes to its tables at once, in bytes: a log of it would only be more of it
	chunk  int // most rows that one transaction folds: it leaves a free page for each that it changes, and every later commit writes the list of them
}

func usualLimits(ephemeral bool) limits {
	l := limits{foldAt: 8 << 20, spent: 10 << 20, most: 32 << 20, slice: 64, large: 8 << 20, chunk: 1024}
	if ephemeral {
		l.spent = 24 << 20
		l.slice = 2048 // it needs a commit of its own, where otherwise there is one anyway
	}
	return l
}

// foldPace is how many rows are folded for each that is written meanwhile: more than
// one, so that a sweep ends.
const foldPace = 4

// sweep is the way of the folding through the young rows: from the first to the last in
// the order of their places, a slice with each commit, so that neighbours of a table's
// page come together and nobody waits for long.
type sweep struct {
	on   bool
	from string // the first place that is not folded yet
	mark uint64 // the last commit before the sweep: when it ends, the log is cut up to here
	due  int    // rows that may be folded by now
}

// slice are rows that a transaction has folded.
type slice struct {
	places []string
	turns  []uint64
	next   string // where the sweep goes on
	last   bool   // nothing lies behind
}

// add puts the slice that follows behind this one.
func (s *slice) add(more slice) {
	s.places, s.turns = append(s.places, more.places...), append(s.turns, more.turns...)
	s.next, s.last = more.next, more.last
}

// pace says how many rows to fold with the draft, 0 for none.
func (db *DB) pace() int {
	s := &db.sweep
	if !s.on {
		if db.rows.size < db.limits.foldAt && db.spent < db.limits.spent {
			return 0
		}
		*s = sweep{on: true, mark: db.draft.turn - 1}
		db.spent = 0
	}
	s.due += foldPace * len(db.draft.undo)
	if s.due < db.limits.slice {
		return 0
	}
	return s.due
}

// fold puts n rows, from a place on, into their tables.
func fold(tx *bolt.Tx, y *young, from string, n int) (done slice, err error) {
	tables := newBuckets(tx)
	it := y.rows.Iter()
	for ok := it.Seek(from); ok; ok = it.Next() {
		if len(done.places) == n {
			done.next = it.Key()
			return done, nil
		}
		if err := settleRow(tables, it.Key(), *it.Value()); err != nil {
			return done, err
		}
		done.places, done.turns = append(done.places, it.Key()), append(done.turns, it.Value().turn)
	}
	done.last = true
	return done, nil
}

// foldChunks folds n rows, from a place on, in as many transactions as that takes. What
// was folded before it failed stays folded.
func (db *DB) foldChunks(rows *young, from string, n int) (done slice, err error) {
	db.readers.retire()
	defer db.readers.renew(nil)
	for n > 0 && !done.last {
		var next slice
		err := db.bolted(func(tx *bolt.Tx) (err error) {
			next, err = fold(tx, rows, from, min(n, db.limits.chunk))
			return err
		}, nil)
		if err != nil {
			return done, err
		}
		done.add(next)
		from, n = next.next, n-len(next.places)
	}
	return done, nil
}

// settleRow does to a table what a row says.
func settleRow(tables *buckets, at string, r row) error {
	table, full := split(at)
	if r.value == nil {
		b := tables.find(table)
		if b == nil {
			return nil
		}
		if err := b.Delete([]byte(full)); err != nil {
			return fmt.Errorf("delete from table %s: %w", table, err)
		}
		return nil
	}
	b, err := tables.make(table, r.rising)
	if err == nil {
		err = b.Put([]byte(full), r.value)
	}
	if err != nil {
		return fmt.Errorf("write to table %s: %w", table, err)
	}
	return nil
}

// folded takes the rows of a slice away, except those that were written again, and
// moves the sweep on.
func (db *DB) folded(done slice) {
	rows := db.draft.rows
	for i, at := range done.places {
		if r, ok := rows.get(at); ok && r.turn == done.turns[i] {
			rows.drop(at)
		}
	}
	switch {
	case done.last:
		db.sweep = sweep{}
	case len(done.places) > 0:
		db.sweep.from = done.next
	}
}

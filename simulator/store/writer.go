package store

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"

	"cardsim/simulator/clock"
)

// errExit stands for a closure that ended its goroutine, as t.Fatal does.
var errExit = errors.New("the closure ended its goroutine (runtime.Goexit) instead of returning")

// Update runs fn in a writing transaction and returns once that is committed, so
// that nothing is answered before it is safe.
//
// fn may run more than once and shares its commit with other closures (see the
// package comment). When fn returns an error, or panics (*PanicError), nothing of it
// is kept and Update returns that error. When the commit fails (a full disk), every
// closure of the group gets that error and none may be taken as done; later calls
// work again when the cause is gone. After Close it returns ErrClosed.
func (db *DB) Update(fn func(*Tx) error) error {
	c := &call{fn: fn, done: make(chan struct{})}
	if err := db.queue.add(c); err != nil {
		return err
	}
	<-c.done
	return c.err
}

// write is the writer: it settles one group after another until the queue is
// closed and drained. It begins with unfinished, if any.
func (db *DB) write(unfinished *group) {
	debug.SetPanicOnFault(true) // a fault on a damaged page must not end the program
	g, drained := unfinished, false
	defer func() {
		if drained {
			close(db.drained)
			return
		}
		// A closure took this goroutine down with it. Its neighbours go on in another.
		_ = g.tx.Rollback()
		g.drop(&PanicError{Value: errExit, Stack: debug.Stack()})
		db.tally.fail()
		db.tally.rerun()
		go db.write(g)
	}()
	for {
		if g != nil {
			for !db.settle(g) {
			}
		}
		// Those just answered often have the next closure ready: letting them run first
		// doubles the size of groups under load and costs a lone writer nothing.
		runtime.Gosched()
		calls := db.queue.take()
		if calls == nil {
			drained = true
			return
		}
		g = &group{waiting: calls}
	}
}

// settle makes one attempt at a group and reports whether everybody is answered.
func (db *DB) settle(g *group) bool {
	if db.broken != nil {
		g.answer(db.broken)
		return true
	}
	db.readers.retire()
	defer db.readers.renew()
	var err error
	if g.tx, err = db.bolt.Begin(true); err != nil {
		g.answer(fmt.Errorf("write to the database %q: %w", db.path, err))
		return true
	}
	wrote, spoiled := db.run(g)
	if spoiled {
		_ = g.tx.Rollback()
		db.tally.rerun()
		return false
	}
	if !wrote {
		_ = g.tx.Rollback()
		g.answer(nil)
		return true
	}
	watch := clock.StartStopwatch()
	err = db.commit(g.tx)
	db.tally.commit(len(g.waiting), err)
	if err == nil {
		db.tell(g, watch.Elapsed())
	}
	g.answer(err)
	return true
}

// run runs the group's closures in order. A closure that fails before it wrote
// anything is simply left out; one that fails later has spoiled the attempt.
func (db *DB) run(g *group) (wrote, spoiled bool) {
	g.writes = nil
	tables := newBuckets(g.tx)
	for g.running = 0; g.running < len(g.waiting); {
		tx := &Tx{bolt: g.tx, path: db.path, decoded: db.decoded, buckets: tables, watch: db.observer.watching()}
		if err := tx.run(g.waiting[g.running].fn); err != nil {
			db.tally.fail()
			g.drop(err)
			if tx.writes > 0 {
				return wrote, true
			}
			continue
		}
		wrote = wrote || tx.writes > 0
		g.writes = append(g.writes, tx.written()...)
		g.running++
	}
	return wrote, false
}

// commit makes the attempt last. When bolt panics in the middle of it, the database
// takes no more writes.
func (db *DB) commit(tx *bolt.Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			db.broken = damagedBy(db.path, p)
			err = db.broken
			_ = tx.Rollback()
		}
	}()
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit to the database %q: %w", db.path, err)
	}
	return nil
}

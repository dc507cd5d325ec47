package store

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"cardsim/simulator/clock"
)

// errExit stands for a closure that ended its goroutine, as t.Fatal does.
var errExit = errors.New("the closure ended its goroutine (runtime.Goexit) instead of returning")

// Update runs fn in a writing transaction and returns once that is committed, so
// that nothing is answered before it is safe.
//
// fn shares its commit with other closures (see the package comment). When fn returns
// an error, or panics (*PanicError), nothing of it is kept and Update returns that
// error. When the commit fails (a full disk), every closure of the group gets that
// error and none may be taken as done; later calls work again when the cause is gone.
// After Close it returns ErrClosed.
func (db *DB) Update(fn func(*Tx) error) error { return db.queue.do(&call{fn: fn}) }

// settleAll puts everything that was committed into its tables and empties the log.
func (db *DB) settleAll() error {
	return db.queue.do(&call{fn: func(*Tx) error { return nil }, fold: true})
}

// run is the writer: it settles one group after another until the queue is closed and
// drained. It begins with unfinished, if any.
func (db *DB) run(unfinished *group) {
	debug.SetPanicOnFault(true) // a fault on a damaged page must not end the program
	g, drained := unfinished, false
	defer func() {
		if drained {
			close(db.drained)
			return
		}
		// A closure took this goroutine down with it. Its neighbours go on in another.
		db.fail(g, &PanicError{Value: errExit, Stack: debug.Stack()})
		db.readers.end(g.base, false)
		g.base = nil
		go db.run(g)
	}()
	for {
		if g != nil {
			db.settle(g)
		}
		// Those just answered often have the next closure ready: letting them run first
		// doubles the size of groups under load and costs a lone writer nothing.
		runtime.Gosched()
		calls := db.queue.take()
		if calls == nil {
			drained = true
			return
		}
		g = newGroup(calls)
		db.draft.begin()
	}
}

// settle runs a group, commits it and answers everybody.
func (db *DB) settle(g *group) {
	if db.broken != nil {
		g.answer(db.broken)
		return
	}
	if err := db.runAll(g); err != nil {
		db.draft.revert(mark{})
		g.answer(err)
		return
	}
	switch {
	case g.fold:
		g.answer(db.commit(true))
	case len(db.draft.undo) > 0:
		g.answer(db.commitAndTell(g))
	default:
		g.answer(nil)
	}
}

func (db *DB) commitAndTell(g *group) error {
	watch := clock.StartStopwatch()
	err := db.commit(false)
	db.tally.commit(len(g.waiting), err)
	if err != nil {
		return err
	}
	db.tell(g, watch.Elapsed())
	db.tidyLater()
	return nil
}

// runAll runs the group's closures in order, as far as that has not been done.
func (db *DB) runAll(g *group) (err error) {
	if g.base, _, err = db.readers.begin(db.bolt); err != nil {
		return fmt.Errorf("write to the database %q: %w", db.path, err)
	}
	good := true
	for g.running < len(g.waiting) {
		g.mark = db.draft.mark()
		tx := &Tx{
			bolt: g.base.bolt, path: db.path, decoded: db.decoded, buckets: g.base.buckets,
			young: db.draft.rows, draft: &db.draft, straight: db.straight, watch: db.observer.watching(),
		}
		if err := tx.run(g.waiting[g.running].fn); err != nil {
			good = good && tx.broken == nil
			db.fail(g, err)
			continue
		}
		g.writes = append(g.writes, tx.written()...)
		g.running++
	}
	db.readers.end(g.base, good)
	return nil
}

// fail takes the running closure out of its group, with what it wrote.
func (db *DB) fail(g *group, err error) {
	db.tally.fail()
	db.draft.revert(g.mark)
	g.drop(err)
}

package store

import (
	"sync"

	bolt "go.etcd.io/bbolt"
)

// mostIdle is how many reading transactions wait for the next reader: many more
// than there are processors find no use.
const mostIdle = 16

// readers hands out what the readers see: the young rows as of the last commit, and a
// reading transaction of bolt that fits them. It keeps transactions open between two
// changes of the file, because beginning one anew, with its way to the tables, costs
// more than what most readers look up.
//
// An open one would keep the file from growing past its mapping and old pages from
// being used again. So none is idle while the file is written to.
//
// The file changes before the young rows do: a change puts into the tables only what
// showed among the young rows when it began, and that is taken from there afterwards.
// So whoever saw the young rows during a change can begin before its end or after it;
// whoever saw them before it can only begin before it.
type readers struct {
	mu sync.Mutex
	// age rises when a change of the file begins and again when it has ended; it is odd
	// in between. A transaction is good for the age that it began in.
	age    uint64
	shown  *young
	closed bool
	idle   []*reading
}

// reading is one open transaction, used by one reader at a time.
type reading struct {
	bolt    *bolt.Tx
	age     uint64
	buckets *buckets
}

// begin hands out an idle transaction or opens one, with the young rows over it.
func (r *readers) begin(db *bolt.DB) (*reading, *young, error) {
	for {
		r.mu.Lock()
		age, shown := r.age, r.shown // both before the transaction begins
		if n := len(r.idle); n > 0 {
			t := r.idle[n-1]
			r.idle = r.idle[:n-1]
			r.mu.Unlock()
			return t, shown, nil
		}
		r.mu.Unlock()
		b, err := db.Begin(false)
		if err != nil {
			return nil, nil, err
		}
		if r.fits(age) {
			return &reading{bolt: b, age: age, buckets: newBuckets(b)}, shown, nil
		}
		_ = b.Rollback()
	}
}

// fits says whether a transaction that has begun by now fits what showed in an age.
func (r *readers) fits(age uint64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.age == age || age%2 == 1 && r.age == age+1
}

// end takes a transaction back; one that is out of date, or whose reader failed, is
// closed.
func (r *readers) end(t *reading, good bool) {
	r.mu.Lock()
	if good && !r.closed && t.age == r.age && t.age%2 == 0 && len(r.idle) < mostIdle {
		r.idle = append(r.idle, t)
		r.mu.Unlock()
		return
	}
	r.mu.Unlock()
	_ = t.bolt.Rollback()
}

// retire closes what is idle: the file is about to change.
func (r *readers) retire() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.age++
	r.empty()
}

// renew ends a change of the file and shows its rows, unless they are nil: it failed.
func (r *readers) renew(rows *young) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.age++
	if rows != nil {
		r.shown = rows
	}
}

// show shows the rows of a commit that did not touch the file.
func (r *readers) show(rows *young) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shown = rows
}

// hold keeps everybody from beginning to read, until release: the change of the file
// that is about to be committed does not show among the young rows yet.
func (r *readers) hold() { r.mu.Lock() }

// release is renew after hold. Nobody who asked before hold gets what began since.
func (r *readers) release(rows *young) {
	r.age += 3 // not the age that follows the one of the change
	if rows != nil {
		r.shown = rows
	}
	r.mu.Unlock()
}

// close ends the waiting for good: the file is about to be closed.
func (r *readers) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	r.empty()
}

func (r *readers) empty() {
	for _, t := range r.idle {
		_ = t.bolt.Rollback()
	}
	r.idle = r.idle[:0]
}

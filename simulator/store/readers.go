package store

import (
	"sync"

	bolt "go.etcd.io/bbolt"
)

// mostIdle is how many reading transactions wait for the next reader: many more
// than there are processors find no use.
const mostIdle = 16

// readers keeps reading transactions open between two commits. All that begin there
// see the same, and beginning one anew, with its way to the tables, costs more than
// what most readers look up.
//
// An open one would keep the file from growing past its mapping and old pages from
// being used again. So none is idle while the writer is at work.
type readers struct {
	mu sync.Mutex
	// age rises when the writer begins and again when it has ended; it is odd in
	// between. A transaction is good for the age that it began in.
	age    uint64
	closed bool
	idle   []*reading
}

// reading is one open transaction, used by one reader at a time.
type reading struct {
	bolt    *bolt.Tx
	age     uint64
	buckets *buckets
}

// begin hands out an idle transaction or opens one.
func (r *readers) begin(db *bolt.DB) (*reading, error) {
	r.mu.Lock()
	age := r.age // read before the transaction begins, so that it is never younger than that
	if n := len(r.idle); n > 0 {
		t := r.idle[n-1]
		r.idle = r.idle[:n-1]
		r.mu.Unlock()
		return t, nil
	}
	r.mu.Unlock()
	b, err := db.Begin(false)
	if err != nil {
		return nil, err
	}
	return &reading{bolt: b, age: age, buckets: newBuckets(b)}, nil
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

// retire closes what is idle: the writer begins.
func (r *readers) retire() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.age++
	r.empty()
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

// renew lets transactions wait again: the writer has ended.
func (r *readers) renew() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.age++
}

package store

import (
	"slices"
	"sync"
)

// maxGroup bounds one commit, and with it the memory that its changed pages take.
const maxGroup = 256

// call is one closure on its way through the writer. Its err may be read once done
// is closed.
type call struct {
	fn   func(*Tx) error
	fold bool // everything goes to its tables; fn writes nothing
	err  error
	done chan struct{}
}

// queue holds the closures that wait for the writer. Its length is bounded by the
// callers, each of whom waits for one.
type queue struct {
	mu     sync.Mutex
	filled sync.Cond
	calls  []*call
	closed bool
}

func newQueue() *queue {
	q := &queue{}
	q.filled.L = &q.mu
	return q
}

// do sends a call through the writer and returns its error.
func (q *queue) do(c *call) error {
	c.done = make(chan struct{})
	if err := q.add(c); err != nil {
		return err
	}
	<-c.done
	return c.err
}

// add accepts a call, or refuses it with ErrClosed.
func (q *queue) add(c *call) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return ErrClosed
	}
	q.calls = append(q.calls, c)
	q.filled.Signal()
	return nil
}

// take returns what has queued up, at most maxGroup calls, and one that folds by itself.
// It blocks while there is nothing, and returns nil when the queue is closed and drained.
func (q *queue) take() []*call {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.calls) == 0 && !q.closed {
		q.filled.Wait()
	}
	n := min(len(q.calls), maxGroup)
	if i := slices.IndexFunc(q.calls[:n], func(c *call) bool { return c.fold }); i >= 0 {
		n = max(i, 1)
	}
	calls := q.calls[:n:n]
	q.calls = q.calls[n:]
	if len(q.calls) == 0 {
		q.calls = nil
	}
	if n == 0 {
		return nil
	}
	return calls
}

// close makes add refuse; what was accepted can still be taken.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.filled.Broadcast()
}

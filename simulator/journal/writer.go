package journal

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/store"
)

const (
	// linger is how long the writer lets changes gather: each commit costs an fsync
	// that the payments would rather have.
	linger = 100 * time.Millisecond
	// lingers is how many times it does so under load, until three seconds have passed:
	// much of what came is then dropped again before it is written.
	lingers = 30
	// churns is how many times it does so where churn times as much is dropped as is
	// left to be written: ten seconds.
	churns, churn = 100, 10
	// crowded is how many changes make it load.
	crowded = 2 * maxGroup
	// maxGroup bounds one transaction, because payments wait while it is encoded.
	maxGroup = 256
	// maxQueue bounds what waits for a disk that is too slow.
	maxQueue = 65_536
	// idBlock is how many ids are promised on disk at a time: after a crash the ids
	// go on behind the promised ones, so that none is used twice.
	idBlock = 10_000
)

// writer brings entries to disk behind their requests. It holds records, not
// copies: what is dropped from memory in the meantime is not written.
type writer struct {
	db      *store.DB
	log     *slog.Logger
	off     bool           // nothing goes to disk; set before the first use
	last    *atomic.Uint64 // the newest id given out
	unsaved atomic.Uint64
	granted atomic.Uint64 // ids up to here are promised on disk
	wake    chan struct{}
	stop    context.CancelFunc
	ended   chan struct{}

	committing sync.Mutex // one group at a time, so that none overtakes another
	known      map[string]bool
	failing    bool

	mu     sync.Mutex // guards what follows, and gone, taken and waits of all records
	queue  waiting
	closed bool
}

func newWriter(db *store.DB, log *slog.Logger, last *atomic.Uint64) *writer {
	return &writer{
		db: db, log: log, last: last, known: map[string]bool{},
		wake: make(chan struct{}, 1), ended: make(chan struct{}),
	}
}

func (w *writer) start() {
	ctx, stop := context.WithCancel(context.Background())
	w.stop = stop
	go w.run(ctx)
}

func (w *writer) run(ctx context.Context) {
	defer close(w.ended)
	dropped := 0 // entries, by the end of the last drain
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
		}
		if w.gather(ctx, dropped) != nil {
			return // close writes the rest
		}
		_ = w.drain() // it has logged its failure, and Stats and Flush tell of it
		_, dropped = w.waiting()
	}
}

// gather waits for changes to come together: one linger, or more under load. So many
// entries had been dropped before.
func (w *writer) gather(ctx context.Context, before int) error {
	for n, most := 1, lingers; n <= most; n++ {
		if err := clock.Wait(ctx, linger); err != nil {
			return err
		}
		left, dropped := w.waiting()
		if n == 1 && left < crowded || left > maxQueue/2 {
			break
		}
		if n == lingers && dropped-before > churn*left {
			most = churns
		}
		w.promise()
	}
	return nil
}

// promise sees to it that ids do not run out while changes wait.
func (w *writer) promise() {
	w.committing.Lock()
	defer w.committing.Unlock()
	if w.short() {
		_ = w.write(nil, w.last.Load()+idBlock) // it has logged its failure, and drain asks again
	}
}

func (w *writer) signal() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// put queues an entry. When the disk is too slow the oldest waiting one is given up.
func (w *writer) put(r *Record, sandbox string) {
	if w.off {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue.want(r, true)
	w.add(change{record: r, seq: r.seq, sandbox: sandbox})
}

// forget takes back what is not written yet.
func (w *writer) forget(r *Record) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue.want(r, false)
}

// discard takes back an entry, from the disk too when it may be there.
func (w *writer) discard(r *Record, sandbox string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue.want(r, false)
	if r.taken {
		w.add(change{seq: r.seq, sandbox: sandbox})
	}
}

// add queues a change; w.mu is held.
func (w *writer) add(c change) {
	if w.closed || c.sandbox == "" { // the store has no place for what belongs to nobody
		w.lose(c)
		return
	}
	if w.queue.len() >= maxQueue {
		w.lose(w.queue.next())
	}
	w.queue.add(c)
	w.signal()
}

// lose counts what never reaches the disk. A removal that is lost costs nothing:
// the next Open applies the bounds to what it reads.
func (w *writer) lose(c change) {
	if c.record != nil && !c.record.gone {
		w.unsaved.Add(1)
	}
}

// left is how many changes wait.
func (w *writer) left() int {
	left, _ := w.waiting()
	return left
}

// waiting is how many changes wait, and how many entries were ever dropped while they
// did.
func (w *writer) waiting() (left, dropped int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.queue.len(), w.queue.dropped
}

// reserve asks for more ids when half of the promised ones are used.
func (w *writer) reserve() {
	if w.short() {
		w.signal()
	}
}

func (w *writer) short() bool { return !w.off && w.last.Load()+idBlock/2 > w.granted.Load() }

// take takes at most maxGroup changes from the queue, without those that have
// become pointless, and says how many are left.
func (w *writer) take() (group []change, left int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.queue.len() > 0 && len(group) < maxGroup {
		if c := w.queue.next(); !c.pointless() {
			if c.record != nil {
				c.record.taken = true
			}
			group = append(group, c)
		}
	}
	return group, w.queue.len()
}

// giveBack returns a group that could not be written to the head of the queue.
func (w *writer) giveBack(group []change) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue.giveBack(group)
	for w.queue.len() > maxQueue {
		w.lose(w.queue.next())
	}
}

// drain writes what is queued now, group by group.
func (w *writer) drain() error {
	if w.off {
		return nil
	}
	w.committing.Lock()
	defer w.committing.Unlock()
	waiting := w.left()
	for {
		group, left := w.take()
		var ids uint64
		if w.short() {
			ids = w.last.Load() + idBlock
		}
		if err := w.write(group, ids); err != nil {
			w.giveBack(group)
			return err
		}
		waiting -= maxGroup
		if left == 0 || waiting <= 0 {
			return nil
		}
	}
}

// close stops the goroutine and writes the rest. The ids go on without a gap.
func (w *writer) close() error {
	if w.off {
		return nil
	}
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.stop()
	<-w.ended
	if err := w.drain(); err != nil {
		return err
	}
	w.committing.Lock()
	defer w.committing.Unlock()
	return w.write(nil, w.last.Load())
}

package journal

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/store"
)

// What Options leaves open.
const (
	DefaultMaxEntries = 10_000
	DefaultMaxBytes   = 32 << 20
)

// Options bound a journal.
type Options struct {
	// MaxEntries is how many entries one sandbox keeps; 0 means 10000.
	MaxEntries int
	// MaxBytes is how much the entries of all sandboxes take together; 0 means 32 MiB.
	MaxBytes int64
	// Log takes what the disk refuses; nil discards it.
	Log *slog.Logger
	// Ephemeral keeps the entries in memory alone: for a file that nobody opens again.
	Ephemeral bool
	// Listener hears of entries; nil for nobody.
	Listener Listener
}

// Journal keeps the entries of all sandboxes. Its methods may be called from any
// goroutine, but not from inside a closure of the store, nor from the functions that
// Update, Complete and List are given.
type Journal struct {
	maxEntries int
	maxBytes   int64
	writer     *writer
	memo       *memo
	watchers   watchers
	listener   Listener // nil: nobody
	closing    sync.Once
	preparing  sync.Once
	prepared   chan struct{} // closed when requests can be received, or never will be
	prepareErr error         // why they cannot, from then on
	restored   chan struct{} // closed when the entries of a former process are there, too
	restoreErr error         // why they are not, from then on
	unasked    context.Context
	ask        context.CancelFunc // ends unasked: somebody waits for them

	rooms   sync.Pool     // of entries under way, *underWay
	last    atomic.Uint64 // number of the newest id
	dropped atomic.Uint64

	mu       sync.RWMutex
	shelves  map[string]*shelf
	bytes    int64
	inFlight int
	ages     ages   // of all records on shelves
	changes  uint64 // number of the last change of any entry, higher than all ids of a former process
}

// Open makes a journal over db and reads back what a former process kept. Entries
// that were in flight when that one ended are done now, with a warning. Older
// entries than the bounds allow are dropped, and counted.
func Open(db *store.DB, o Options) (*Journal, error) {
	j := New(db, o)
	if err := j.Ready(); err != nil {
		return nil, err
	}
	if j.awaitFormer(); j.restoreErr != nil {
		return nil, errors.Join(j.restoreErr, j.Close())
	}
	return j, nil
}

// New makes a journal that has read nothing yet, for a caller who has other things to
// do meanwhile: Prepare begins to do what Open does, Ready waits for it. Until Ready has
// returned nil, only those two and Close may be called.
func New(db *store.DB, o Options) *Journal {
	if o.MaxEntries <= 0 {
		o.MaxEntries = DefaultMaxEntries
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	j := &Journal{maxEntries: o.MaxEntries, maxBytes: o.MaxBytes, listener: o.Listener, memo: newMemo(), shelves: map[string]*shelf{}, prepared: make(chan struct{}), restored: make(chan struct{})}
	j.unasked, j.ask = context.WithCancel(context.Background())
	j.writer = newWriter(db, o.Log, &j.last)
	j.writer.off = o.Ephemeral
	return j
}

// Begin opens the entry of a request, which is visible at once as in flight. Path
// and query are masked here.
func (j *Journal) Begin(in Receipt) *Record {
	r := &Record{journal: j, sandbox: in.Sandbox, at: in.At}
	r.open, _ = j.rooms.Get().(*underWay)
	if r.open == nil {
		r.open = new(underWay)
	}
	r.open.watch = clock.StartStopwatch()
	r.open.entry = Entry{Method: in.Method, Path: in.Path, Query: MaskQuery(in.Query)}
	r.open.entry.tidy("")
	r.weight = r.open.entry.size()

	j.mu.Lock()
	r.seq = j.last.Add(1)
	j.place(r, in.Sandbox)
	j.touch(r)
	j.bytes += r.weight
	j.inFlight++
	j.enforce(r.shelf)
	j.mu.Unlock()

	j.writer.reserve()
	j.watchers.notify(in.Sandbox)
	return r
}

// move puts a record on another sandbox's shelf, or back on one when its shelf was
// emptied under it.
func (j *Journal) move(r *Record, sandbox string, at time.Time) (former string, moved bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if r.done {
		return "", false
	}
	r.mu.Lock()
	r.sandbox, r.at = sandbox, at
	r.mu.Unlock()
	former = sandbox
	switch {
	case r.shelf == nil:
		j.bytes += r.weight
		j.place(r, sandbox)
	case r.shelf.sandbox != sandbox:
		former = r.shelf.sandbox
		j.unshelve(r)
		j.place(r, sandbox)
	}
	j.touch(r)
	j.enforce(r.shelf)
	return former, true
}

// settle takes note of a changed entry: its weight, its end, its way to the disk.
func (j *Journal) settle(r *Record, done bool) {
	j.mu.Lock()
	if done {
		r.done = true
		j.inFlight--
	}
	former := r.weight
	r.weight = r.measure()
	if r.shelf == nil { // deleted while it was under way
		j.mu.Unlock()
		return
	}
	sandbox := r.shelf.sandbox
	j.bytes += r.weight - former
	j.touch(r)
	if done {
		j.writer.put(r, sandbox)
	}
	j.enforce(r.shelf)
	j.mu.Unlock()
	j.watchers.notify(sandbox)
}

// Clear empties the journal of a sandbox, in memory and on disk. Entries in flight
// stay. When the disk refuses, memory is empty all the same and the error is
// returned.
func (j *Journal) Clear(sandbox string) error {
	err := j.empty(sandbox, false)
	if j.listening() {
		j.listener.Cleared(sandbox)
	}
	return err
}

// Forget drops everything of a sandbox that is deleted or reset. A request of it
// that is still under way is served to its end without an entry.
func (j *Journal) Forget(sandbox string) error { return j.empty(sandbox, true) }

func (j *Journal) empty(sandbox string, all bool) error {
	j.awaitFormer() // or what is emptied would come back
	j.mu.Lock()
	if s := j.shelves[sandbox]; s != nil {
		for _, r := range slices.Clone(s.records) {
			if all || r.done {
				j.unshelve(r)
				j.bytes -= r.weight
				j.writer.forget(r)
			}
		}
	}
	j.mu.Unlock()
	j.watchers.notify(sandbox)
	return j.writer.erase(sandbox)
}

// Stats are what a journal holds and has lost.
type Stats struct {
	Entries  int    `json:"entries"`  // in all sandboxes, those in flight included
	InFlight int    `json:"inFlight"` // requests under way
	Bytes    int64  `json:"bytes"`    // about what the entries take
	Dropped  uint64 `json:"dropped"`  // entries dropped for the bounds since Open
	Unsaved  uint64 `json:"unsaved"`  // entries that never reached the disk, which was too slow or refused
}

// Stats returns the present numbers.
func (j *Journal) Stats() Stats {
	j.awaitFormer()
	j.mu.RLock()
	defer j.mu.RUnlock()
	s := Stats{InFlight: j.inFlight, Bytes: j.bytes, Dropped: j.dropped.Load(), Unsaved: j.writer.unsaved.Load()}
	for _, shelf := range j.shelves {
		s.Entries += len(shelf.records)
	}
	return s
}

// Flush writes every complete entry to disk and returns when that has committed, or
// why it could not.
func (j *Journal) Flush() error { return j.writer.drain() }

// Close writes what is left, entries in flight included, and ends the writing
// behind. Later entries live in memory only. A second call does nothing.
func (j *Journal) Close() (err error) {
	j.closing.Do(func() {
		if !j.settled() {
			return // nothing was read, so nothing is to be written
		}
		j.putUnderWay()
		err = j.writer.close()
	})
	return err
}

func (j *Journal) putUnderWay() {
	j.mu.RLock()
	defer j.mu.RUnlock()
	for _, s := range j.shelves {
		for _, r := range s.records {
			if !r.done {
				j.writer.put(r, s.sandbox)
			}
		}
	}
}

package journal

import (
	"sync"
	"time"

	"cardsim/simulator/clock"
)

// Receipt is what is known of a request when it comes in.
type Receipt struct {
	// Sandbox is the default sandbox until the request is identified.
	Sandbox string
	At      time.Time // that sandbox's time
	Method  string
	Path    string // without the query
	Query   string // as sent; it is masked here
}

// Record is the hand on one entry while its request is under way. Its methods may
// be called from any goroutine.
type Record struct {
	journal *Journal
	seq     uint64

	// mu guards these; it is taken after journal.mu where both are held.
	mu       sync.Mutex
	sandbox  string
	at       time.Time
	open     *underWay // nil for a complete entry
	compact  string    // of a complete entry
	account  *Account  // of a complete entry
	cost     int64     // of a complete entry without its messages, in bytes
	exchange Exchange  // its messages
	folded   int       // length of an entry that lies on disk only, until somebody looks at it
	heard    string    // the sandbox that the listener heard of it in

	// These are guarded by journal.mu.
	shelf  *shelf // nil when the entry is in no list
	weight int64  // what it counts for in bytes
	done   bool
	recent recency // in the order of changes
	age    age     // in the order of receipt

	// These are guarded by the writer's own mutex.
	gone  bool // not wanted on disk any more
	taken bool // has been handed to the disk
	waits bool // stands in its queue
}

// underWay is the entry of a request that is not answered yet.
type underWay struct {
	entry Entry
	watch clock.Stopwatch
}

// ID returns the entry's id.
func (r *Record) ID() string { return formatID(r.seq) }

// Identify moves the entry to its sandbox, with that sandbox's time of receipt. It
// does nothing once the entry is complete.
func (r *Record) Identify(sandbox string, at time.Time) {
	former, moved := r.journal.move(r, sandbox, at)
	if !moved {
		return
	}
	if former != sandbox {
		r.journal.watchers.notify(former)
	}
	r.journal.watchers.notify(sandbox)
	r.say()
}

// Leave takes the entry out of its sandbox's journal: the sandbox is gone, and the next
// one of its id must not find it. The request is served to its end without an entry.
func (r *Record) Leave() {
	j := r.journal
	j.mu.Lock()
	if r.shelf == nil {
		j.mu.Unlock()
		return
	}
	sandbox := r.shelf.sandbox
	j.unshelve(r)
	j.bytes -= r.weight
	j.mu.Unlock()
	j.writer.forget(r)
	j.watchers.notify(sandbox)
}

// Update changes the entry while the request is under way; nothing happens once it
// is complete. change runs under the entry's lock: it must be quick and call nothing
// of this package. What it puts into the entry belongs to the journal. ID, sandbox, time
// of receipt and state are not its to see or to change.
func (r *Record) Update(change func(*Entry)) {
	if r.apply(change, InFlight) {
		r.journal.settle(r, false)
	}
}

// Complete makes the last change and sets the entry done; only the first call
// counts. When it returns, every reader in memory sees the whole entry and waiters
// are awake; the disk follows. DurationMs is set before change runs. change may be
// nil, and is held to what Update says.
func (r *Record) Complete(change func(*Entry)) {
	if r.apply(change, Done) {
		r.journal.settle(r, true)
		r.say()
	}
}

func (r *Record) apply(change func(*Entry), state State) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open == nil {
		return false
	}
	e := &r.open.entry
	path := e.Path
	if state == Done {
		e.DurationMs = float64(r.open.watch.Elapsed().Microseconds()) / 1000
	}
	if change != nil {
		change(e)
	}
	e.tidy(path)
	if state == Done {
		r.pack(e)
		*r.open = underWay{}
		r.journal.rooms.Put(r.open)
		r.open = nil
	}
	return true
}

// pack keeps a complete entry; r.mu is held.
func (r *Record) pack(e *Entry) {
	if e.Request != nil || e.Response != nil {
		r.exchange = packMessages(e.Request, e.Response)
	}
	e.Request, e.Response = nil, nil
	r.compact, r.account, r.cost = e.compact(), e.Decision, e.size()
}

// Keep puts the request and the response into the entry, which the next Update or
// Complete shows. Both are masked before; secrets are as in [MaskBody].
func (r *Record) Keep(request, response Side, secrets []string) {
	x := r.journal.memo.exchange(request, response, secrets)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.open != nil {
		r.exchange = x
	}
}

// view returns a copy for a look by the journal's own readers: that of a complete
// entry, which never changes again, shares what it points to.
func (r *Record) view() Entry {
	e := r.glance()
	r.whole(&e)
	return e
}

// glance is a view without the messages of a complete entry, which cost more than
// all the rest.
func (r *Record) glance() Entry {
	r.mu.Lock()
	opened := r.unfold()
	e := r.look()
	r.mu.Unlock()
	if opened {
		r.journal.weigh(r)
	}
	return e
}

// look is the entry as it stands, without the messages of a complete one; r.mu is held.
func (r *Record) look() Entry {
	var e Entry
	if r.open != nil {
		e = r.open.entry.clone()
		e.State = InFlight
	} else {
		e = expand(r.compact)
		e.State, e.Decision = Done, r.account
	}
	e.ID, e.Sandbox, e.At = formatID(r.seq), r.sandbox, r.at
	return e
}

// whole adds the messages to a glance.
func (r *Record) whole(e *Entry) {
	if e.Request == nil && e.Response == nil {
		e.Request, e.Response = r.kept().messages()
	}
}

func (r *Record) kept() Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.exchange
}

// read returns a copy that is the reader's own.
func (r *Record) read() Entry {
	e := r.view()
	return e.clone()
}

// measure returns what the entry takes in memory now.
func (r *Record) measure() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.open != nil:
		return r.open.entry.size() + r.exchange.size()
	case r.folded > 0:
		return max(entryCost, int64(r.folded)*4/5) // never more than it will weigh once it is read, so that a restart drops nothing
	default:
		return r.cost + r.exchange.size()
	}
}

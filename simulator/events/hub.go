package events

import (
	"strconv"
	"sync"
	"sync/atomic"

	"cardsim/simulator/clock"
)

// What is kept for those who come back or lag behind.
const (
	maxEvents = 4096
	maxBytes  = 8 << 20
)

// Hub numbers events and keeps the last of them. Until somebody has asked for
// events none is kept, and to tell of one costs next to nothing. Safe for
// concurrent use; its methods never wait for a reader.
type Hub struct {
	// epoch tells the numbers of this process from those of a former one.
	epoch string
	armed atomic.Bool

	mu          sync.Mutex
	ring        []*item // the item with number n stands at n % len(ring)
	first, next uint64  // numbers of the oldest that is kept, and of the next to come
	bytes       int
	fresh       chan struct{} // closed by the next event; nil when nobody waits

	readers int
	lost    uint64
}

// item is an event that is worked out when somebody reads it, once.
type item struct {
	number  uint64
	sandbox string
	kind    Kind
	weight  int

	once sync.Once
	make func() (Event, bool) // false: on a closer look nothing happened
	text []byte               // JSON; nil when nothing happened
}

// NewHub makes a Hub.
func NewHub() *Hub {
	return &Hub{
		epoch: strconv.FormatInt(clock.Machine().UnixNano(), 36),
		ring:  make([]*item, maxEvents), first: 1, next: 1,
	}
}

// Listening says whether anybody has asked for events so far. It takes no lock.
func (h *Hub) Listening() bool { return h.armed.Load() }

// Publish tells of an event that is known as it is.
func (h *Hub) Publish(e Event) {
	if !h.Listening() {
		return
	}
	weight := itemCost + len(e.Detail)
	if e.Entry != nil {
		weight += entryCost
	}
	h.add(&item{sandbox: e.Sandbox, kind: e.Kind, weight: weight, make: func() (Event, bool) { return e, true }})
}

// What an item takes in memory, and an entry of the journal in it, in bytes:
// rounded up.
const (
	itemCost  = 512
	entryCost = 1024
)

// add numbers items and keeps them, dropping the oldest.
func (h *Hub) add(items ...*item) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, it := range items {
		it.number = h.next
		if h.next-h.first == uint64(len(h.ring)) {
			h.drop()
		}
		*h.slot(it.number) = it
		h.next++
		for h.bytes += it.weight; h.bytes > maxBytes; {
			h.drop()
		}
	}
	if h.fresh != nil && len(items) > 0 {
		close(h.fresh)
		h.fresh = nil
	}
}

// drop forgets the oldest.
func (h *Hub) drop() {
	oldest := h.slot(h.first)
	h.bytes -= (*oldest).weight
	*oldest = nil
	h.first++
}

// slot is where the item with a number stands.
func (h *Hub) slot(number uint64) **item { return &h.ring[number%uint64(len(h.ring))] }

// Stats are the present numbers of a hub.
type Stats struct {
	Readers int    // streams that are open
	Lost    uint64 // events that streams did not get because they were too slow
}

// Stats returns the present numbers.
func (h *Hub) Stats() Stats {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Stats{Readers: h.readers, Lost: h.lost}
}

package events

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// Filter chooses events; its zero value chooses all.
type Filter struct {
	Sandbox string
	Kinds   []Kind
}

func (f Filter) chooses(it *item) bool {
	return (f.Sandbox == "" || f.Sandbox == it.sandbox) && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, it.kind))
}

// Told is an event with its number in the stream, ready to be sent.
type Told struct {
	ID   string // position behind it
	Kind Kind
	Data []byte // JSON of an Event, in one line
}

// Reader reads events in order. It is one goroutine's.
type Reader struct {
	hub    *Hub
	filter Filter
	at     uint64 // number of the last event that was passed
}

// batch bounds what one look at the hub takes, so that nobody waits for a reader.
const batch = 256

// Open begins to read behind a position that a former stream gave, or now, when it
// is empty. lost says that the position is not known here (it is of another
// process, or no position) or that what came after it is dropped: the reader begins
// now. Close ends it.
func (h *Hub) Open(after string, f Filter) (r *Reader, lost bool) {
	h.armed.Store(true)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.readers++
	r = &Reader{hub: h, filter: f, at: h.next - 1}
	if after == "" {
		return r, false
	}
	at, known := h.parse(after)
	if !known || at >= h.next || at+1 < h.first {
		return r, true
	}
	r.at = at
	return r, false
}

// parse reads a position of this process.
func (h *Hub) parse(position string) (uint64, bool) {
	epoch, number, _ := strings.Cut(position, "-")
	n, err := strconv.ParseUint(number, 10, 64)
	return n, err == nil && epoch == h.epoch
}

func (h *Hub) position(number uint64) string {
	return h.epoch + "-" + strconv.FormatUint(number, 10)
}

// Position is where the reader stands: what to give to Open to go on from here.
// Events that the filter leaves out move it, too.
func (r *Reader) Position() string { return r.hub.position(r.at) }

// Next returns the next events, which may be none although more is true: then there
// is more to look at. Without more, fresh is closed when something comes. lost says
// that the reader was too slow and events are gone: it goes on from now.
func (r *Reader) Next() (list []Told, more, lost bool, fresh <-chan struct{}) {
	items, more, lost, fresh := r.take()
	for _, it := range items {
		if text := it.render(); text != nil {
			list = append(list, Told{ID: r.hub.position(it.number), Kind: it.kind, Data: text})
		}
	}
	return list, more, lost, fresh
}

func (r *Reader) take() (items []*item, more, lost bool, fresh <-chan struct{}) {
	h := r.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.at+1 < h.first {
		h.lost += h.first - r.at - 1
		r.at = h.next - 1
		return nil, true, true, nil
	}
	for range batch {
		if r.at+1 == h.next {
			break
		}
		r.at++
		if it := *h.slot(r.at); r.filter.chooses(it) {
			items = append(items, it)
		}
	}
	if r.at+1 < h.next {
		return items, true, false, nil
	}
	if h.fresh == nil {
		h.fresh = make(chan struct{})
	}
	return items, false, false, h.fresh
}

// Close ends the reader.
func (r *Reader) Close() {
	r.hub.mu.Lock()
	defer r.hub.mu.Unlock()
	r.hub.readers--
}

// render works an event out, for all readers once.
func (it *item) render() []byte {
	it.once.Do(func() {
		e, ok := it.make()
		it.make = nil
		if !ok {
			return
		}
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(e); err == nil { // it holds nothing that JSON cannot
			it.text = bytes.TrimSuffix(b.Bytes(), []byte("\n"))
		}
	})
	return it.text
}

package events

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// drain reads all that is there.
func drain(r *Reader) (ids []string, lost bool) {
	for {
		list, more, gone, _ := r.Next()
		lost = lost || gone
		for _, told := range list {
			var e Event
			if err := json.Unmarshal(told.Data, &e); err != nil {
				panic(err)
			}
			ids = append(ids, e.ID)
		}
		if !more {
			return ids, lost
		}
	}
}

func publish(h *Hub, ids ...string) {
	for _, id := range ids {
		h.Publish(Event{Sandbox: "s", Kind: Token, ID: id, Action: Created})
	}
}

func TestNothingIsKeptBeforeSomebodyAsks(t *testing.T) {
	h := NewHub()
	publish(h, "early")
	r, lost := h.Open("", Filter{})
	if lost || h.bytes != 0 {
		t.Errorf("lost %v, %d bytes", lost, h.bytes)
	}
	publish(h, "a", "b")
	if ids, lost := drain(r); lost || !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("read %v, lost %v", ids, lost)
	}
}

func TestReplayBehindAPosition(t *testing.T) {
	h := NewHub()
	r, _ := h.Open("", Filter{})
	publish(h, "a", "b", "c")
	list, _, _, _ := r.Next()
	r.Close()
	for i, want := range [][]string{{"b", "c"}, {"c"}, nil} {
		again, lost := h.Open(list[i].ID, Filter{})
		if ids, _ := drain(again); lost || !slices.Equal(ids, want) {
			t.Errorf("behind %s: %v, lost %v", list[i].ID, ids, lost)
		}
		again.Close()
	}
	if h.Stats() != (Stats{}) {
		t.Errorf("%+v", h.Stats())
	}
}

func TestPositionsThatAreNotKnown(t *testing.T) {
	h := NewHub()
	first, _ := h.Open("", Filter{})
	publish(h, "a")
	for _, after := range []string{"x", "-", "1", h.epoch, h.epoch + "-", h.epoch + "-2", h.epoch + "-18446744073709551615", h.epoch + "-99999999999999999999", "0-1"} {
		r, lost := h.Open(after, Filter{})
		if ids, _ := drain(r); !lost || len(ids) != 0 || r.Position() != h.epoch+"-1" {
			t.Errorf("%q: lost %v, read %v, stands at %s", after, lost, ids, r.Position())
		}
	}
	if ids, lost := drain(first); lost || len(ids) != 1 {
		t.Errorf("%v %v", ids, lost)
	}
}

func TestFilters(t *testing.T) {
	h := NewHub()
	open := func(f Filter) *Reader { r, _ := h.Open("", f); return r }
	all, one, kinds := open(Filter{}), open(Filter{Sandbox: "b"}), open(Filter{Sandbox: "a", Kinds: []Kind{Clock, Payment}})
	for _, s := range []string{"a", "b"} {
		for _, k := range Kinds() {
			h.Publish(Event{Sandbox: s, Kind: k, ID: s + "/" + string(k)})
		}
	}
	if ids, _ := drain(all); len(ids) != 2*len(Kinds()) {
		t.Errorf("all are %v", ids)
	}
	if ids, _ := drain(one); len(ids) != len(Kinds()) || !strings.HasPrefix(ids[0], "b/") {
		t.Errorf("one sandbox's are %v", ids)
	}
	if ids, _ := drain(kinds); !slices.Equal(ids, []string{"a/payment", "a/clock"}) {
		t.Errorf("two kinds are %v", ids)
	}
	if kinds.Position() != all.Position() {
		t.Error("what a filter leaves out does not move the reader")
	}
}

func TestDroppedEvents(t *testing.T) {
	h := NewHub()
	slow, _ := h.Open("", Filter{})
	start := slow.Position()
	for range maxEvents + 3 {
		publish(h, "x")
	}
	if ids, lost := drain(slow); !lost || len(ids) != 0 {
		t.Errorf("the slow reader got %d, lost %v", len(ids), lost)
	}
	if got := h.Stats().Lost; got != 3 {
		t.Errorf("%d lost", got)
	}
	publish(h, "y")
	if ids, lost := drain(slow); lost || !slices.Equal(ids, []string{"y"}) {
		t.Errorf("afterwards it reads %v", ids)
	}
	if _, lost := h.Open(start, Filter{}); !lost {
		t.Error("a dropped position is replayed")
	}
}

func TestBytesAreBounded(t *testing.T) {
	h := NewHub()
	r, _ := h.Open("", Filter{})
	for i := range 30 {
		h.Publish(Event{Kind: Scenarios, ID: fmt.Sprint(i), Detail: strings.Repeat("x", maxBytes/10)})
	}
	if h.bytes > maxBytes || h.next-h.first > 10 || h.next == h.first {
		t.Errorf("%d bytes in %d events", h.bytes, h.next-h.first)
	}
	h.Publish(Event{Kind: Scenarios, Detail: strings.Repeat("x", 2*maxBytes)}) // larger than all there is
	if h.bytes != 0 || h.next != h.first {
		t.Errorf("%d bytes in %d events", h.bytes, h.next-h.first)
	}
	publish(h, "after")
	if _, lost := drain(r); !lost {
		t.Error("nothing was lost")
	}
}

// TestEveryReaderSeesTheSameOrder: writers and fifty readers at once.
func TestEveryReaderSeesTheSameOrder(t *testing.T) {
	h := NewHub()
	const writers, each, readers = 4, 250, 50
	var reading, writing sync.WaitGroup
	got := make([][]string, readers)
	for i := range readers {
		r, _ := h.Open("", Filter{})
		reading.Go(func() {
			defer r.Close()
			for len(got[i]) < writers*each {
				list, more, lost, fresh := r.Next()
				if lost {
					t.Error("events are lost")
					return
				}
				for _, told := range list {
					got[i] = append(got[i], string(told.Data))
				}
				if !more && len(got[i]) < writers*each {
					<-fresh
				}
			}
		})
	}
	for w := range writers {
		writing.Go(func() {
			for n := range each {
				publish(h, fmt.Sprintf("%d/%03d", w, n))
			}
		})
	}
	writing.Wait()
	reading.Wait()
	for i := range got {
		if !slices.Equal(got[i], got[0]) {
			t.Errorf("reader %d saw another order", i)
		}
	}
}

// TestReplayIsWhole: whatever is published, read and left behind, a reader who
// comes back has every event once and in order, or is told that some are lost.
func TestReplayIsWhole(t *testing.T) {
	const size = 300
	rapid.Check(t, func(t *rapid.T) {
		h := NewHub()
		h.ring = make([]*item, size)
		r, _ := h.Open("", Filter{})
		published, seen := 0, 0
		t.Repeat(map[string]func(*rapid.T){
			"publish": func(t *rapid.T) {
				for range rapid.SampledFrom([]int{1, 7, batch, size / 2}).Draw(t, "n") {
					publish(h, fmt.Sprint(published))
					published++
				}
			},
			"read": func(t *rapid.T) {
				ids, lost := drain(r)
				if lost {
					if published-seen <= size {
						t.Fatalf("lost with %d behind", published-seen)
					}
					seen = published
				}
				for _, id := range ids {
					if id != fmt.Sprint(seen) {
						t.Fatalf("read %s in place of %d", id, seen)
					}
					seen++
				}
			},
			"come back": func(t *rapid.T) {
				at := r.Position()
				r.Close()
				again, lost := h.Open(at, Filter{})
				if lost != (published-seen > size) {
					t.Fatalf("lost is %v with %d behind", lost, published-seen)
				}
				if lost {
					seen = published
				}
				r = again
			},
		})
	})
}

func BenchmarkPublish(b *testing.B) {
	e := Event{Sandbox: "s", Kind: Token, ID: "id", Action: Created}
	b.Run("nobody", func(b *testing.B) {
		h := NewHub()
		for b.Loop() {
			h.Publish(e)
		}
	})
	b.Run("ring", func(b *testing.B) {
		h := NewHub()
		r, _ := h.Open("", Filter{})
		r.Close()
		for b.Loop() {
			h.Publish(e)
		}
	})
}

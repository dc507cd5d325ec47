package sandbox

import (
	"iter"
	"sync"
)

// trailLength is how many ids a generation of trails has. Two are kept, of about
// 2 MB each when full.
const trailLength = 16_384

// trails remember whose the ids are that browsers bring, the newest of them. What is
// not there any more, or not yet after a start, is looked for.
type trails struct {
	mu         sync.Mutex
	young, old map[string]string // sandbox by id
}

func (t *trails) leave(sandbox string, ids []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, id := range ids {
		if t.young == nil || len(t.young) >= trailLength {
			t.young, t.old = map[string]string{}, t.young
		}
		t.young[id] = sandbox
	}
}

func (t *trails) follow(id string) (sandbox string, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if sandbox, ok = t.young[id]; !ok {
		sandbox, ok = t.old[id]
	}
	return sandbox, ok
}

// Remember notes that ids are of a world, for Search. The default world needs no
// note: it is asked first anyway.
func (r *Registry) Remember(w *World, ids ...string) {
	if w.ID != DefaultID {
		r.trails.leave(w.ID, ids)
	}
}

// Search goes through the worlds that may have an id which names none, the likeliest
// first: whoever it is remembered of, then all, the default one first.
func (r *Registry) Search(id string) iter.Seq[*World] {
	return func(yield func(*World) bool) {
		var first *World
		if name, ok := r.trails.follow(id); ok {
			first, _ = r.ByID(name)
		}
		if first != nil && !yield(first) {
			return
		}
		for _, w := range r.Worlds() {
			if w != first && !yield(w) {
				return
			}
		}
	}
}

package wire

import (
	"maps"
	"strings"
	"sync"
	"sync/atomic"
)

// most is how many shapes are remembered: a provider has far fewer, unless somebody
// sends fixed words where variables belong.
const most = 512

// shapes remembers which route a kind of path belongs to, because asking mux, with
// its patterns one after another, costs more than everything else in routing. Two
// paths have one shape when they differ only where no pattern has a fixed word: a
// variable takes any text that is not empty, so they have the same route.
type shapes struct {
	words map[string]bool // the fixed segments of all patterns; fixed before the first request

	mu     sync.Mutex                     // of who adds one
	routes atomic.Pointer[map[string]int] // their indices by method and shape; a map never changes
}

func newShapes() *shapes {
	s := &shapes{words: map[string]bool{"": true}}
	s.routes.Store(&map[string]int{})
	return s
}

func (s *shapes) word(segment string) { s.words[segment] = true }

// other stands for a segment that is no fixed word of any pattern; no fixed word can
// look like it, because a brace begins a variable.
const other = "/{}"

// appendShape writes method and shape.
func (s *shapes) appendShape(b []byte, method, path string) []byte {
	b = append(append(b, method...), ' ')
	for more := true; more; {
		var segment string
		segment, path, more = strings.Cut(path, "/")
		if s.words[segment] {
			b = append(append(b, '/'), segment...)
		} else {
			b = append(b, other...)
		}
	}
	return b
}

func (s *shapes) find(method, path string) (route int, known bool) {
	var room [160]byte
	shape := s.appendShape(room[:0], method, path)
	route, known = (*s.routes.Load())[string(shape)]
	return route, known
}

func (s *shapes) keep(method, path string, route int) {
	shape := s.appendShape(nil, method, path)
	s.mu.Lock()
	defer s.mu.Unlock()
	if former := *s.routes.Load(); len(former) < most {
		more := maps.Clone(former)
		more[string(shape)] = route
		s.routes.Store(&more)
	}
}

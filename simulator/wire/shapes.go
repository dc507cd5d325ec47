package wire

import (
	"strings"
	"sync"
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

	mu     *sync.RWMutex
	routes map[string]string // by method and shape
}

func newShapes() shapes {
	return shapes{words: map[string]bool{"": true}, mu: &sync.RWMutex{}, routes: map[string]string{}}
}

func (s shapes) word(segment string) { s.words[segment] = true }

// other stands for a segment that is no fixed word of any pattern; no fixed word can
// look like it, because a brace begins a variable.
const other = "/{}"

// appendShape writes method and shape.
func (s shapes) appendShape(b []byte, method, path string) []byte {
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

func (s shapes) find(method, path string) (route string, known bool) {
	var room [160]byte
	shape := s.appendShape(room[:0], method, path)
	s.mu.RLock()
	defer s.mu.RUnlock()
	route, known = s.routes[string(shape)]
	return route, known
}

func (s shapes) keep(method, path, route string) {
	shape := s.appendShape(nil, method, path)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.routes) < most {
		s.routes[string(shape)] = route
	}
}

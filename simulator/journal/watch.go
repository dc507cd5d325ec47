package journal

import (
	"sync"
	"sync/atomic"
)

// watchers wakes those who wait for entries.
type watchers struct {
	waiting   atomic.Int32 // how many there are: mostly nobody
	mu        sync.Mutex
	bySandbox map[string]map[chan struct{}]struct{}
}

// Watch returns a channel on which a value waits after every change of the
// sandbox's entries: one value, however many changes there were since it was last
// taken, so that a reader who lists after each value misses nothing. The empty
// sandbox stands for all of them. stop ends the watch; it leaves the channel open
// and may be called twice.
func (j *Journal) Watch(sandbox string) (changes <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	w := &j.watchers
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.bySandbox == nil {
		w.bySandbox = map[string]map[chan struct{}]struct{}{}
	}
	if w.bySandbox[sandbox] == nil {
		w.bySandbox[sandbox] = map[chan struct{}]struct{}{}
	}
	w.bySandbox[sandbox][c] = struct{}{}
	w.waiting.Add(1)
	return c, func() { w.remove(sandbox, c) }
}

func (w *watchers) remove(sandbox string, c chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, waits := w.bySandbox[sandbox][c]; waits {
		w.waiting.Add(-1)
	}
	delete(w.bySandbox[sandbox], c)
	if len(w.bySandbox[sandbox]) == 0 {
		delete(w.bySandbox, sandbox)
	}
}

// notify tells the watchers of a sandbox, and those of all. It never waits. Who begins to
// watch after the look whether there is anybody finds the change that it is about in the
// first list.
func (w *watchers) notify(sandbox string) {
	if w.waiting.Load() == 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, name := range [...]string{sandbox, ""} {
		for c := range w.bySandbox[name] {
			select {
			case c <- struct{}{}:
			default: // one is waiting already
			}
		}
		if sandbox == "" {
			return
		}
	}
}

package journal

import "sync"

// watchers wakes those who wait for entries.
type watchers struct {
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
	return c, func() { w.remove(sandbox, c) }
}

func (w *watchers) remove(sandbox string, c chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.bySandbox[sandbox], c)
	if len(w.bySandbox[sandbox]) == 0 {
		delete(w.bySandbox, sandbox)
	}
}

// notify tells the watchers of a sandbox, and those of all. It never waits.
func (w *watchers) notify(sandbox string) {
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

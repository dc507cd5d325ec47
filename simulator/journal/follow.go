package journal

import "slices"

// Feed hands on what comes and changes in the journal of one sandbox. It is one
// reader's: its methods are not for several goroutines at once.
type Feed struct {
	journal *Journal
	sandbox string
	changed <-chan struct{}
	stop    func()
	seen    uint64 // number of the last change that was handed on
}

// Follow begins a feed of a sandbox's entries. Close ends it.
func (j *Journal) Follow(sandbox string) *Feed {
	f := &Feed{journal: j, sandbox: sandbox}
	f.changed, f.stop = j.Watch(sandbox)
	return f
}

// Changed is the feed's watch: a value waits there after every change, so that a
// reader who calls Next after each value misses nothing.
func (f *Feed) Changed() <-chan struct{} { return f.changed }

// Next tells of the entries that came or changed since the call before, in the order
// of their changes; the first call tells of all there are. Those that the query
// chooses, whatever its Limit and After say, come whole, request and response
// included, and must not be changed; of the others the ids. What it costs depends on
// how many they are and not on how many the journal holds.
func (f *Feed) Next(q Query) (chosen []Entry, others []string) {
	for _, r := range f.records() {
		e := r.glance()
		if e.Sandbox != f.sandbox { // it has moved on meanwhile
			continue
		}
		fits := q.choosesOutside(e)
		if fits {
			r.whole(&e)
			fits = q.choosesInside(e)
		}
		if fits {
			chosen = append(chosen, e)
		} else {
			others = append(others, e.ID)
		}
	}
	return chosen, others
}

// records are those that changed since the last look, oldest change first.
func (f *Feed) records() []*Record {
	j := f.journal
	j.awaitFormer()
	j.mu.RLock()
	defer j.mu.RUnlock()
	var list []*Record
	if s := j.shelves[f.sandbox]; s != nil {
		for r := s.latest; r != nil && r.recent.change > f.seen; r = r.recent.older {
			list = append(list, r)
		}
	}
	f.seen = j.changes
	slices.Reverse(list)
	return list
}

// Holds says whether the entry with this id is still there.
func (f *Feed) Holds(id string) bool {
	seq, ok := parseID(id)
	if !ok {
		return false
	}
	j := f.journal
	j.awaitFormer()
	j.mu.RLock()
	defer j.mu.RUnlock()
	s := j.shelves[f.sandbox]
	if s == nil {
		return false
	}
	_, ok = s.find(seq)
	return ok
}

// Close ends the feed. It may be called twice.
func (f *Feed) Close() { f.stop() }

package journal

import (
	"cmp"
	"slices"
)

// shelf holds the entries of one sandbox, oldest first.
type shelf struct {
	sandbox string
	records []*Record // rising seq
	latest  *Record   // the last that changed
}

// shelf returns a sandbox's shelf and makes it when needed. journal.mu is held.
func (j *Journal) shelf(sandbox string) *shelf {
	s := j.shelves[sandbox]
	if s == nil {
		s = &shelf{sandbox: sandbox}
		j.shelves[sandbox] = s
	}
	return s
}

// place puts a record on a sandbox's shelf. journal.mu is held.
func (j *Journal) place(r *Record, sandbox string) {
	j.shelf(sandbox).add(r)
	j.ages.add(r)
}

// add puts a record in its place, which is nearly always the end.
func (s *shelf) add(r *Record) {
	r.shelf = s
	if n := len(s.records); n == 0 || s.records[n-1].seq < r.seq {
		s.records = append(s.records, r)
		return
	}
	i, _ := s.find(r.seq)
	s.records = slices.Insert(s.records, i, r)
}

// prepend puts records before all others, in the order of their receipt and in that of
// changes, in which each stands by its own number: those of new changes are higher.
func (s *shelf) prepend(records []*Record) {
	s.records = append(records, s.records...)
	var later *Record
	for r := s.latest; r != nil; r = r.recent.older {
		later = r
	}
	for _, r := range slices.Backward(records) {
		r.shelf = s
		r.recent = recency{change: r.seq, newer: later}
		if later == nil {
			s.latest = r
		} else {
			later.recent.older = r
		}
		later = r
	}
}

func (s *shelf) find(seq uint64) (int, bool) {
	if len(s.records) > 0 && s.records[0].seq == seq { // the oldest: the next to be dropped
		return 0, true
	}
	return slices.BinarySearchFunc(s.records, seq, func(r *Record, seq uint64) int { return cmp.Compare(r.seq, seq) })
}

// remove takes out the record at i. What is dropped is nearly always among the
// first, what moves to another sandbox among the last: the shorter side moves up.
func (s *shelf) remove(i int) {
	if last := len(s.records) - 1; i > last/2 {
		copy(s.records[i:], s.records[i+1:])
		s.records[last] = nil
		s.records = s.records[:last]
		return
	}
	copy(s.records[1:i+1], s.records[:i])
	s.records[0] = nil
	s.records = s.records[1:]
}

// oldestDone returns the oldest complete entry, nil when there is none.
func (s *shelf) oldestDone() *Record {
	for _, r := range s.records {
		if r.done {
			return r
		}
	}
	return nil
}

// unshelve takes a record off its shelf and throws away a shelf that is empty.
// journal.mu is held.
func (j *Journal) unshelve(r *Record) {
	s := r.shelf
	if i, found := s.find(r.seq); found {
		s.remove(i)
	}
	s.unlink(r)
	j.ages.remove(r)
	r.shelf = nil
	if len(s.records) == 0 {
		delete(j.shelves, s.sandbox)
	}
}

// enforce drops the oldest complete entries until the bounds hold: those of the
// sandbox that grew while it has too many, then the oldest of all while there are
// too many bytes. Entries in flight are never dropped; open connections bound
// them. journal.mu is held.
func (j *Journal) enforce(grown *shelf) {
	for len(grown.records) > j.maxEntries {
		oldest := grown.oldestDone()
		if oldest == nil {
			break
		}
		j.drop(oldest)
	}
	for j.bytes > j.maxBytes {
		oldest := j.ages.oldestDone()
		if oldest == nil {
			break
		}
		j.drop(oldest)
	}
}

func (j *Journal) drop(r *Record) {
	sandbox := r.shelf.sandbox
	j.unshelve(r)
	j.bytes -= r.weight
	j.dropped.Add(1)
	j.writer.discard(r, sandbox)
}

package journal

// recency is where a record stands in the order in which the entries of its shelf
// last changed: what a Feed hands on is found without a look at all the others.
// journal.mu guards it.
type recency struct {
	change       uint64 // number of its last change, over all sandboxes
	older, newer *Record
}

// touch makes a record the last of its shelf that changed. journal.mu is held.
func (j *Journal) touch(r *Record) {
	s := r.shelf
	s.unlink(r)
	j.changes++
	r.recent = recency{change: j.changes, older: s.latest}
	if s.latest != nil {
		s.latest.recent.newer = r
	}
	s.latest = r
}

// unlink takes a record out of the order of changes, if it is in it. journal.mu is
// held.
func (s *shelf) unlink(r *Record) {
	p := r.recent
	if p.newer != nil {
		p.newer.recent.older = p.older
	} else if s.latest == r {
		s.latest = p.older
	}
	if p.older != nil {
		p.older.recent.newer = p.newer
	}
	r.recent = recency{}
}

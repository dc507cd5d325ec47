package journal

// ages are the records on all shelves in the order of their receipt: which is the next
// to be dropped is found without a look at every sandbox. journal.mu guards them.
type ages struct{ oldest, newest *Record }

// age is a record's place among them.
type age struct{ before, after *Record }

// add puts a record in its place, which is nearly always the end: one that moves to
// another sandbox is not much older.
func (a *ages) add(r *Record) {
	before := a.newest
	for before != nil && before.seq > r.seq {
		before = before.age.before
	}
	a.insert(r, before)
}

func (a *ages) insert(r, before *Record) {
	r.age.before = before
	if before == nil {
		r.age.after, a.oldest = a.oldest, r
	} else {
		r.age.after, before.age.after = before.age.after, r
	}
	if r.age.after == nil {
		a.newest = r
	} else {
		r.age.after.age.before = r
	}
}

// remove takes a record out.
func (a *ages) remove(r *Record) {
	if r.age.before == nil {
		a.oldest = r.age.after
	} else {
		r.age.before.age.after = r.age.after
	}
	if r.age.after == nil {
		a.newest = r.age.before
	} else {
		r.age.after.age.before = r.age.before
	}
	r.age = age{}
}

// oldestDone is the oldest complete record, nil when there is none.
func (a *ages) oldestDone() *Record {
	for r := a.oldest; r != nil; r = r.age.after {
		if r.done {
			return r
		}
	}
	return nil
}

// prepend puts records before all others; they are in the order of their receipt.
func (a *ages) prepend(records []*Record) {
	var before *Record
	for _, r := range records {
		a.insert(r, before)
		before = r
	}
}

package journal

import "slices"

// change is one thing to be done to the disk.
type change struct {
	record  *Record // to be written; nil: the entry is to be removed
	seq     uint64
	sandbox string
}

// pointless says that nothing is to be done any more.
func (c change) pointless() bool { return c.record != nil && c.record.gone }

// queued notes whether a record stands in the queue.
func (c change) queued(is bool) {
	if c.record != nil {
		c.record.waits = is
	}
}

// waiting are the changes in their order. Whoever uses it holds its owner's lock.
type waiting struct {
	list  []change
	stale int // how many of them are pointless
}

// add puts a change at the end.
func (q *waiting) add(c change) {
	c.queued(true)
	q.list = append(q.list, c)
}

// next takes the first change away.
func (q *waiting) next() change {
	c := q.list[0]
	if q.list = q.list[1:]; len(q.list) == 0 {
		q.list = nil // its array would keep the records alive
	}
	c.queued(false)
	if c.pointless() {
		q.stale--
	}
	return c
}

// giveBack returns changes to the head.
func (q *waiting) giveBack(group []change) {
	for _, c := range group {
		c.queued(true)
		if c.pointless() {
			q.stale++
		}
	}
	q.list = append(group, q.list...)
}

// want says whether a record is still wanted on disk. Those that wait and are not leave
// in time, so that nothing keeps them alive.
func (q *waiting) want(r *Record, wanted bool) {
	if r.waits && wanted == r.gone {
		if wanted {
			q.stale--
		} else {
			q.stale++
		}
	}
	r.gone = !wanted
	for len(q.list) > 0 && q.list[0].pointless() { // the oldest go first, nearly always
		q.next()
	}
	if q.stale > maxGroup && q.stale > len(q.list)/2 {
		q.list = slices.DeleteFunc(q.list, change.leaves)
		q.stale = 0
	}
}

func (c change) leaves() bool {
	if !c.pointless() {
		return false
	}
	c.queued(false)
	return true
}

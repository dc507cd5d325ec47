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

// waiting are the changes in their order, those to be written and those to be removed: a
// removal is of an entry that was written before, and need not wait for others. Whoever
// uses it holds its owner's lock.
type waiting struct {
	puts, removals []change
	stale          int // how many of the puts are pointless
	dropped        int // how many have become so, ever
}

func (q *waiting) len() int { return len(q.puts) + len(q.removals) }

// add puts a change at the end.
func (q *waiting) add(c change) {
	c.queued(true)
	if c.record == nil {
		q.removals = append(q.removals, c)
	} else {
		q.puts = append(q.puts, c)
	}
}

// next takes the first change away, a removal where there is one.
func (q *waiting) next() change {
	if len(q.removals) > 0 {
		return pop(&q.removals)
	}
	c := pop(&q.puts)
	c.queued(false)
	if c.pointless() {
		q.stale--
	}
	return c
}

// pop takes the first change out of a list, whose array must not keep its record alive.
func pop(list *[]change) change {
	c := (*list)[0]
	(*list)[0] = change{}
	if *list = (*list)[1:]; len(*list) == 0 {
		*list = nil
	}
	return c
}

// giveBack returns changes to the head.
func (q *waiting) giveBack(group []change) {
	var puts, removals []change
	for _, c := range group {
		if c.record == nil {
			removals = append(removals, c)
			continue
		}
		puts = append(puts, c)
		c.queued(true)
		if c.pointless() {
			q.stale++
		}
	}
	q.puts, q.removals = append(puts, q.puts...), append(removals, q.removals...)
}

// want says whether a record is still wanted on disk. Those that wait and are not leave
// in time, so that nothing keeps them alive.
func (q *waiting) want(r *Record, wanted bool) {
	if r.waits && wanted == r.gone {
		if wanted {
			q.stale--
		} else {
			q.stale++
			q.dropped++
		}
	}
	r.gone = !wanted
	for len(q.puts) > 0 && q.puts[0].pointless() { // the oldest go first, nearly always
		pop(&q.puts).queued(false)
		q.stale--
	}
	if q.stale > maxGroup && q.stale > len(q.puts)/4 {
		q.puts = slices.DeleteFunc(q.puts, change.leaves)
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

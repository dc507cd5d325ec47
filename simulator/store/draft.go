package store

import bolt "go.etcd.io/bbolt"

// draft is what the writer writes for one commit: the rows as they will be, the record
// for the log, and how to take back what a closure wrote that fails.
type draft struct {
	rows     *young
	room     room     // where the rows are kept
	logs     bool     // the file has a log
	turn     uint64   // the number of the commit
	weight   int      // about how much is written, in bytes
	record   []byte   // the changes in their order, for the log
	straight []string // the places of rows that go to their tables at once
	undo     []undone // one for each write
	tracker  tracker  // of the closure that runs
}

// undone is what was there before a write.
type undone struct {
	at     string
	former row
	had    bool
}

// mark is a point to go back to.
type mark struct{ weight, record, straight, undo int }

func (d *draft) mark() mark { return mark{d.weight, len(d.record), len(d.straight), len(d.undo)} }

// set writes one row and returns the young one that was there.
func (d *draft) set(table string, full []byte, r row) (former row, had bool) {
	at := d.room.place(table, full)
	r.turn = d.turn
	former, had = d.rows.set(at, d.room.row(r))
	d.undo = append(d.undo, undone{at, former, had})
	d.weight += len(at) + len(r.value) + rowWeight/2
	switch {
	case r.straight:
		d.straight = append(d.straight, at)
	case d.logs:
		d.record = appendChange(d.record, at, r)
	}
	return former, had
}

// revert takes back what was written since the mark.
func (d *draft) revert(m mark) {
	for i := len(d.undo) - 1; i >= m.undo; i-- {
		if u := d.undo[i]; u.had {
			d.rows.set(u.at, &u.former)
		} else {
			d.rows.drop(u.at)
		}
	}
	d.forget(m)
}

// begin makes the draft ready for the next commit.
func (d *draft) begin() {
	d.turn++
	d.forget(mark{})
	if cap(d.record) > keptRecord {
		d.record = nil
	}
}

// keptRecord is how long a record may be for its room to be used again, in bytes.
const keptRecord = 1 << 20

func (d *draft) forget(m mark) {
	clear(d.undo[m.undo:])
	clear(d.straight[m.straight:])
	d.weight, d.record, d.straight, d.undo = m.weight, d.record[:m.record], d.straight[:m.straight], d.undo[:m.undo]
}

// settle puts the rows that do not wait into their tables.
func (d *draft) settle(tx *bolt.Tx) error {
	if len(d.straight) == 0 {
		return nil
	}
	tables := newBuckets(tx)
	for _, at := range d.straight {
		if r, ok := d.rows.get(at); ok {
			if err := settleRow(tables, at, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// settled takes the rows away that are in their tables now.
func (d *draft) settled() {
	for _, at := range d.straight {
		d.rows.drop(at)
	}
}

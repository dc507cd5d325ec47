package journal

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"cardsim/simulator/clock"
	"cardsim/simulator/store"
)

// What stands on entries of a former process that it could not finish, or that cannot be
// read any more.
const (
	interrupted = "the simulator ended before this request was answered"
	dropped     = "the journal has dropped what it kept of this request"
	unreadable  = "what the journal kept of this request is unreadable: cardsim doctor tells more"
)

// promise reads how far the ids of a former process went and promises the next ones on
// disk.
func (j *Journal) promise() error {
	if j.writer.off {
		return nil
	}
	err := j.writer.db.View(func(tx *store.Tx) error {
		mark, _, err := ids.Get(tx, ledger, lastID)
		j.last.Store(mark)
		j.changes = mark
		return err
	})
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	return j.writer.drain()
}

// restore takes up what a former process kept. A full journal would take long to read, so
// that requests are received meanwhile, once begin was called, and each entry stays on
// disk until somebody looks at it.
func (j *Journal) restore(begin func()) error {
	former := map[string][]*Record{}
	mark := j.changes
	err := j.writer.db.View(func(tx *store.Tx) error {
		begin() // what is written from now on is not in this view
		_ = clock.Wait(j.unasked, later)
		return sandboxes.Scan(tx, ledger, store.ScanOptions{}, func(sandbox string, _ bool) (bool, error) {
			return true, entries.Keys(tx, sandbox, func(id string, length int) error {
				seq, ok := parseID(id)
				if !ok || seq > mark {
					j.writer.log.Warn("the journal on disk holds an entry that is not its own", "sandbox", sandbox, "id", id)
					return nil
				}
				former[sandbox] = append(former[sandbox], j.onDisk(sandbox, seq, length))
				return nil
			})
		})
	})
	j.writer.know(maps.Keys(former))
	j.adopt(former)
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	return nil
}

// onDisk is a record of an entry that nobody has looked at in this process.
func (j *Journal) onDisk(sandbox string, seq uint64, length int) *Record {
	r := &Record{journal: j, seq: seq, sandbox: sandbox, folded: length, done: true, taken: true}
	r.weight = r.measure()
	return r
}

// adopt puts the entries of a former process, rising in each sandbox, on their shelves:
// before all that came meanwhile.
func (j *Journal) adopt(former map[string][]*Record) {
	all := slices.Concat(slices.Collect(maps.Values(former))...)
	slices.SortFunc(all, func(x, y *Record) int { return cmp.Compare(x.seq, y.seq) })
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ages.prepend(all)
	for sandbox, records := range former {
		s := j.shelf(sandbox)
		s.prepend(records)
		for _, r := range records {
			j.bytes += r.weight
		}
		j.enforce(s)
	}
}

// weigh counts an entry anew.
func (j *Journal) weigh(r *Record) {
	j.mu.Lock()
	defer j.mu.Unlock()
	former := r.weight
	r.weight = r.measure()
	if r.shelf != nil {
		j.bytes += r.weight - former
	}
}

// errLost says that an entry is not where it was when the journal was opened.
var errLost = errors.New("it is not there any more")

// unfold reads an entry that lies on disk only, and says whether it did; r.mu is held.
func (r *Record) unfold() bool {
	if r.folded == 0 {
		return false
	}
	var e Entry
	id := r.ID()
	err := r.journal.writer.db.View(func(tx *store.Tx) error {
		kept, found, err := entries.Fresh(tx, r.sandbox, id)
		if err == nil && !found {
			err = errLost
		}
		e = kept
		return err
	})
	switch {
	case errors.Is(err, errLost): // dropped a moment ago
		e = Entry{Warnings: []string{dropped}}
	case err != nil:
		r.journal.writer.log.Error("an entry of the journal is unreadable", "sandbox", r.sandbox, "id", id, "error", err)
		e = Entry{Warnings: []string{unreadable}}
	}
	if e.State == InFlight {
		e.Warnings = append(e.Warnings, interrupted)
		r.journal.writer.put(r, r.sandbox)
	}
	r.at, r.folded = e.At, 0
	r.pack(&e)
	return true
}

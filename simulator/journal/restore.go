package journal

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"cardsim/simulator/store"
)

// What stands on entries of a former process that it could not finish, or that cannot be
// read any more.
const (
	interrupted = "the simulator ended before this request was answered"
	dropped     = "the journal has dropped what it kept of this request"
	unreadable  = "what the journal kept of this request is unreadable: cardsim doctor tells more"
)

// restore takes up what a former process kept. A full journal would take long to read, so
// that each entry stays on disk until somebody looks at it.
func (j *Journal) restore() error {
	err := j.writer.db.View(func(tx *store.Tx) error {
		mark, _, err := ids.Get(tx, ledger, lastID)
		if err != nil {
			return err
		}
		j.last.Store(mark)
		return sandboxes.Scan(tx, ledger, store.ScanOptions{}, func(sandbox string, _ bool) (bool, error) {
			return true, entries.Keys(tx, sandbox, func(id string, length int) error {
				j.adopt(sandbox, id, length)
				return nil
			})
		})
	})
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	shelves := slices.Collect(maps.Values(j.shelves))
	var all []*Record
	for _, s := range shelves {
		all = append(all, s.records...)
	}
	j.ages.order(all)
	for _, s := range shelves {
		j.enforce(s)
	}
	return nil
}

// adopt puts an entry of a former process on its shelf.
func (j *Journal) adopt(sandbox, id string, length int) {
	seq, ok := parseID(id)
	if !ok {
		j.writer.log.Warn("the journal on disk holds an entry that is not its own", "sandbox", sandbox, "id", id)
		return
	}
	j.last.Store(max(j.last.Load(), seq))
	r := &Record{journal: j, seq: seq, folded: length, done: true, taken: true}
	r.entry = Entry{ID: id, Sandbox: sandbox, State: Done}
	j.writer.known[sandbox] = true
	j.shelf(sandbox).add(r)
	j.touch(r)
	r.weight = r.measure()
	j.bytes += r.weight
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
	err := r.journal.writer.db.View(func(tx *store.Tx) error {
		kept, found, err := entries.Fresh(tx, r.entry.Sandbox, r.entry.ID)
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
		r.journal.writer.log.Error("an entry of the journal is unreadable", "sandbox", r.entry.Sandbox, "id", r.entry.ID, "error", err)
		e = Entry{Warnings: []string{unreadable}}
	}
	underWay := e.State == InFlight
	e.ID, e.Sandbox, e.State = r.entry.ID, r.entry.Sandbox, Done
	r.entry, r.folded = e, 0
	if underWay {
		r.entry.Warnings = append(r.entry.Warnings, interrupted)
		r.journal.writer.put(r, e.Sandbox)
	}
	r.pack()
	return true
}

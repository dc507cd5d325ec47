package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"cardsim/simulator/store"
)

// What stands on entries of a former process that it could not finish, or that cannot be
// read any more.
const (
	interrupted = "the simulator ended before this request was answered"
	unreadable  = "what the journal kept of this request is unreadable: cardsim doctor tells more"
)

// restore takes up what a former process kept. A full journal would take long to read, so
// that an entry is read when somebody looks at it.
func (j *Journal) restore() error {
	err := j.writer.db.View(func(tx *store.Tx) error {
		mark, _, err := ids.Get(tx, ledger, lastID)
		if err != nil {
			return err
		}
		j.last.Store(mark)
		return sandboxes.Scan(tx, ledger, store.ScanOptions{}, func(sandbox string, _ bool) (bool, error) {
			return true, entries.Texts(tx, sandbox, func(id string, text []byte) error {
				j.adopt(sandbox, id, text)
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
func (j *Journal) adopt(sandbox, id string, text []byte) {
	seq, ok := parseID(id)
	if !ok {
		j.writer.log.Warn("the journal on disk holds an entry that is not its own", "sandbox", sandbox, "id", id)
		return
	}
	j.last.Store(max(j.last.Load(), seq))
	r := &Record{journal: j, seq: seq, folded: text, done: true, taken: true}
	r.entry = Entry{ID: id, Sandbox: sandbox, State: Done}
	j.writer.known[sandbox] = true
	j.shelf(sandbox).add(r)
	j.touch(r)
	if bytes.Contains(text, []byte(`"state":"in-flight"`)) {
		r.unfold()
	}
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

// unfold reads an entry that lies in memory as it lay on disk, and says whether it did;
// r.mu is held, or nobody else knows r.
func (r *Record) unfold() bool {
	if r.folded == nil {
		return false
	}
	var e Entry
	if err := json.Unmarshal(r.folded, &e); err != nil {
		r.journal.writer.log.Error("an entry of the journal is unreadable", "sandbox", r.entry.Sandbox, "id", r.entry.ID, "error", err)
		e = Entry{Warnings: []string{unreadable}}
	}
	underWay := e.State == InFlight
	e.ID, e.Sandbox, e.State = r.entry.ID, r.entry.Sandbox, Done
	r.entry, r.folded = e, nil
	if underWay {
		r.entry.Warnings = append(r.entry.Warnings, interrupted)
		r.journal.writer.put(r, e.Sandbox)
	}
	r.pack()
	return true
}

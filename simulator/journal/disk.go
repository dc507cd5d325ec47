package journal

import (
	"encoding/json"
	"fmt"
	"iter"

	"cardsim/simulator/store"
)

// Table is the name of the store's table that holds the entries, under their
// sandbox and id. An export leaves it out: the ids of two journals would collide.
const Table = "journal"

// ledger stands in place of a sandbox for what belongs to the journal as a whole. No
// sandbox can have this name.
const ledger = "*"

// lastID is the key under which the promised ids are kept.
const lastID = "last"

// The tables.
var (
	entries   = store.NewTable[Entry](Table).Rising()
	ids       = store.NewTable[uint64]("journal.ids")
	sandboxes = store.NewTable[bool]("journal.sandboxes")
)

// write commits one group, and the new mark of ids if it is not 0. w.committing is
// held.
func (w *writer) write(group []change, mark uint64) error {
	if len(group) == 0 && mark == 0 {
		return nil
	}
	kept, err := encoded(group)
	if err == nil {
		err = w.commit(group, kept, mark)
	}
	w.report(err)
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	for _, c := range group {
		if c.record != nil {
			w.known[c.sandbox] = true
		}
	}
	if mark != 0 {
		w.granted.Store(mark)
	}
	return nil
}

func (w *writer) commit(group []change, kept []store.Encoded[Entry], mark uint64) error {
	return w.db.Update(func(tx *store.Tx) error {
		for i, c := range group {
			if err := w.apply(tx, c, kept[i]); err != nil {
				return err
			}
		}
		if mark == 0 {
			return nil
		}
		return ids.Put(tx, ledger, lastID, mark)
	})
}

// encoded makes the texts of a group before its transaction, which the payments wait
// for.
func encoded(group []change) ([]store.Encoded[Entry], error) {
	kept := make([]store.Encoded[Entry], len(group))
	for i, c := range group {
		if c.record == nil {
			continue
		}
		text, err := encode(c.record.view())
		if err != nil {
			return nil, err
		}
		kept[i] = entries.Encoded(text)
	}
	return kept, nil
}

// encode is an entry's JSON. The record of its decision, the longest part of it, is put
// in as it stands: json.Marshal would read it all once more.
func encode(e Entry) ([]byte, error) {
	decision := e.Decision
	e.Decision = nil
	text, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode the entry %s: %w", e.ID, err)
	}
	if decision == nil {
		return text, nil
	}
	text = append(text[:len(text)-1], `,"decision":`...)
	return append(append(text, decision.text()...), '}'), nil
}

func (w *writer) apply(tx *store.Tx, c change, e store.Encoded[Entry]) error {
	id := formatID(c.seq)
	if c.record == nil {
		return entries.Delete(tx, c.sandbox, id)
	}
	if !w.known[c.sandbox] {
		if err := sandboxes.Put(tx, ledger, c.sandbox, true); err != nil {
			return err
		}
	}
	return entries.PutEncoded(tx, c.sandbox, id, e)
}

// know takes note of sandboxes that have entries on disk.
func (w *writer) know(names iter.Seq[string]) {
	w.committing.Lock()
	defer w.committing.Unlock()
	for name := range names {
		w.known[name] = true
	}
}

// report logs when the disk begins to refuse, and when it takes writes again.
func (w *writer) report(err error) {
	switch {
	case err != nil && !w.failing:
		w.log.Error("the journal cannot be written to disk; it goes on in memory", "error", err)
	case err == nil && w.failing:
		w.log.Info("the journal is written to disk again")
	}
	w.failing = err != nil
}

// erase deletes everything of a sandbox.
func (w *writer) erase(sandbox string) error {
	if w.off {
		return nil
	}
	w.committing.Lock()
	defer w.committing.Unlock()
	err := w.db.Update(func(tx *store.Tx) error {
		err := entries.Keys(tx, sandbox, func(id string, _ int) error { return entries.Delete(tx, sandbox, id) })
		if err != nil {
			return err
		}
		return sandboxes.Delete(tx, ledger, sandbox)
	})
	if err != nil {
		return fmt.Errorf("delete the journal of sandbox %s: %w", sandbox, err)
	}
	delete(w.known, sandbox)
	return nil
}

package store

import (
	"bytes"
	"encoding/json"
)

// Change is one value that a transaction wrote: what stood there before and what
// stands there now, as JSON; nil where there was, or is, nothing.
type Change struct {
	Table  string          `json:"table"`
	Key    string          `json:"key"` // without the sandbox
	Before json.RawMessage `json:"before"`
	After  json.RawMessage `json:"after"`
}

// Track makes a writing transaction remember what it writes from here on. It costs a
// read for each write.
func (tx *Tx) Track() {
	if tx.draft == nil {
		return
	}
	tx.tracked = &tx.draft.tracker
	tx.tracked.forget()
}

// Changes hands what was written since Track to fn, each key once, in the order of its
// first write: the key without the sandbox, and the JSON before and after, empty where
// there was, or is, nothing. The texts must neither be changed nor leave fn.
func (tx *Tx) Changes(fn func(table string, key, before, after []byte)) {
	if tx.tracked == nil {
		return
	}
	for _, c := range tx.tracked.changes {
		_, short, _ := bytes.Cut(c.key, []byte{separator})
		fn(c.table, short, c.before, c.after)
	}
}

// tracker collects the changes of one transaction: a few, so that looking through them
// costs less than a map. The writer has one for all its transactions.
type tracker struct{ changes []tracking }

// tracking is one change; its key is a full one.
type tracking struct {
	table              string
	key, before, after []byte
}

// note adds one write.
func (t *tracker) note(table string, key, before, after []byte) {
	for i := range t.changes {
		if c := &t.changes[i]; c.table == table && bytes.Equal(c.key, key) {
			c.after = after
			return
		}
	}
	t.changes = append(t.changes, tracking{table, key, before, after})
}

// forget makes room for the next, and lets go of a large one's.
func (t *tracker) forget() {
	clear(t.changes)
	if t.changes = t.changes[:0]; cap(t.changes) > keptChanges {
		t.changes = nil
	}
}

// keptChanges is how many changes may have been told for their room to be used again.
const keptChanges = 1024

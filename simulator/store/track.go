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

// Track makes the transaction remember what it writes from here on. It costs a
// read for each write.
func (tx *Tx) Track() {
	tx.tracked = &tracker{changes: make([]Change, 0, usualChanges), keys: make([][]byte, 0, usualChanges)}
}

// usualChanges is how many a request makes, or a few more.
const usualChanges = 16

// Changes lists what was written since Track, each key once, in the order of its
// first write. It may be asked for until the closure has returned.
func (tx *Tx) Changes() []Change {
	if tx.tracked == nil {
		return nil
	}
	return tx.tracked.changes
}

// tracker collects the changes of one transaction: a few, so that looking through
// them costs less than a map.
type tracker struct {
	changes []Change
	keys    [][]byte // their full keys
}

// note adds one write; before is copied, because it is bolt's own.
func (t *tracker) note(table string, key, before, after []byte) {
	for i := range t.changes {
		if c := &t.changes[i]; c.Table == table && bytes.Equal(t.keys[i], key) {
			c.After = after
			return
		}
	}
	t.keys = append(t.keys, key)
	_, short, _ := bytes.Cut(key, []byte{0})
	t.changes = append(t.changes, Change{Table: table, Key: string(short), Before: bytes.Clone(before), After: after})
}

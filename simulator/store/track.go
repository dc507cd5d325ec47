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
func (tx *Tx) Track() { tx.tracked = &tracker{at: map[string]int{}} }

// Changes lists what was written since Track, each key once, in the order of its
// first write. It may be asked for until the closure has returned.
func (tx *Tx) Changes() []Change {
	if tx.tracked == nil {
		return nil
	}
	return tx.tracked.changes
}

// tracker collects the changes of one transaction.
type tracker struct {
	changes []Change
	at      map[string]int // by table and full key
}

// note adds one write; before is copied, because it is bolt's own.
func (t *tracker) note(table string, key, before, after []byte) {
	id := table + "\x00" + string(key)
	if i, known := t.at[id]; known {
		t.changes[i].After = after
		return
	}
	t.at[id] = len(t.changes)
	_, short, _ := bytes.Cut(key, []byte{0})
	t.changes = append(t.changes, Change{Table: table, Key: string(short), Before: bytes.Clone(before), After: after})
}

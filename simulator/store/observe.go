package store

import (
	"bytes"
	"strings"
	"time"
)

// Observer is told of what the writer commits, in the order of the commits and
// before anybody whose closure was in them is answered. Its functions run in the
// writer's goroutine: they must be quick, and call nothing of this package. Every
// one of them may be nil.
type Observer struct {
	// Committed is told how many closures a commit held and how long it took.
	Committed func(closures int, took time.Duration)
	// Tables are those whose writes Written is told of.
	Tables []string
	// Listening says whether Written wants to be told; it is asked for every closure
	// and must cost nothing.
	Listening func() bool
	// Written is told of the writes of a commit, in order, each key once for each
	// closure. Clear and PutRaw are left out: they replace a sandbox as a whole.
	Written func([]Write)
}

// Write is a change that has been committed.
type Write struct {
	Sandbox string
	Change
}

// watch collects the writes of one closure for the observer.
type watch struct {
	tables []string
	writes []Write
	at     map[string]int // by table and full key
	quiet  bool           // inside Clear or PutRaw
}

// watching returns the collector for a closure, nil when nobody wants to be told.
func (o Observer) watching() *watch {
	if o.Written == nil || o.Listening == nil || !o.Listening() {
		return nil
	}
	return &watch{tables: o.Tables, at: map[string]int{}}
}

func (w *watch) wants(table string) bool {
	if w == nil || w.quiet {
		return false
	}
	for _, t := range w.tables {
		if t == table {
			return true
		}
	}
	return false
}

// note adds one write; before is copied, because it is bolt's own.
func (w *watch) note(table string, key, before, after []byte) {
	id := table + "\x00" + string(key)
	if i, known := w.at[id]; known {
		w.writes[i].After = after
		return
	}
	w.at[id] = len(w.writes)
	sandbox, short, _ := strings.Cut(string(key), "\x00")
	w.writes = append(w.writes, Write{Sandbox: sandbox, Change: Change{Table: table, Key: short, Before: bytes.Clone(before), After: after}})
}

// hushed runs fn without telling the observer of what it writes.
func (tx *Tx) hushed(fn func() error) error {
	if tx.watch == nil || tx.watch.quiet {
		return fn()
	}
	tx.watch.quiet = true
	defer func() { tx.watch.quiet = false }()
	return fn()
}

// written are the closure's writes so far.
func (tx *Tx) written() []Write {
	if tx.watch == nil {
		return nil
	}
	return tx.watch.writes
}

// tell hands a commit to the observer.
func (db *DB) tell(g *group, took time.Duration) {
	if db.observer.Committed != nil {
		db.observer.Committed(len(g.waiting), took)
	}
	if len(g.writes) > 0 {
		db.observer.Written(g.writes)
	}
	g.writes = nil
}

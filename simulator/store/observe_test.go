package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

// ear is an observer that keeps what it is told.
type ear struct {
	on      atomic.Bool
	told    []string // the writes
	commits []int
}

func (e *ear) observer(tables ...string) Observer {
	return Observer{
		Tables: tables, Listening: e.on.Load,
		Committed: func(n int, took time.Duration) {
			if took < 0 {
				n = -1
			}
			e.commits = append(e.commits, n)
		},
		Written: func(list []Write) {
			for _, w := range list {
				e.told = append(e.told, fmt.Sprintf("%s %s %s %s>%s", w.Sandbox, w.Table, w.Key, w.Before, w.After))
			}
		},
	}
}

func listen(t *testing.T, tables ...string) (*DB, *ear) {
	t.Helper()
	e := &ear{}
	e.on.Store(true)
	return openAt(t, filepath.Join(t.TempDir(), "cardsim.db"), Options{Ephemeral: true, Observer: e.observer(tables...)}), e
}

func (e *ear) heard(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(e.told, want) {
		t.Errorf("told\n%q, want\n%q", e.told, want)
	}
	e.told = nil
}

var (
	heard   = NewTable[int]("heard")
	unheard = NewTable[int]("unheard")
)

func TestObserverIsToldOfWhatIsCommitted(t *testing.T) {
	db, e := listen(t, "heard")
	update(t, db, func(tx *Tx) error {
		return errors.Join(heard.Put(tx, "s", "a", 1), unheard.Put(tx, "s", "a", 1), heard.Put(tx, "s", "a", 2), heard.Put(tx, "r", "b", 1))
	})
	e.heard(t, "s heard a >2", "r heard b >1")
	update(t, db, func(tx *Tx) error {
		return errors.Join(heard.Put(tx, "s", "a", 3), heard.Delete(tx, "r", "b"), heard.Delete(tx, "r", "none"))
	})
	e.heard(t, "s heard a 2>3", "r heard b 1>")
	view(t, db, func(tx *Tx) error { _, _, err := heard.Get(tx, "s", "a"); return err })
	if !slices.Equal(e.commits, []int{1, 1}) {
		t.Errorf("commits %v", e.commits)
	}
}

// TestObserverHearsNothingThatIsLost: neither a closure that failed nor an attempt
// that was rolled back because of it.
func TestObserverHearsNothingThatIsLost(t *testing.T) {
	db, e := listen(t, "heard")
	begun, hold := make(chan struct{}), make(chan struct{})
	done := make(chan error, 3)
	run := func(fn func(*Tx) error) { go func() { done <- db.Update(fn) }() }
	run(func(*Tx) error { close(begun); <-hold; return nil })
	<-begun
	queued := func(n int) {
		for {
			db.queue.mu.Lock()
			found := len(db.queue.calls)
			db.queue.mu.Unlock()
			if found == n {
				return
			}
		}
	}
	run(func(tx *Tx) error { return heard.Put(tx, "s", "good", 1) })
	queued(1)
	run(func(tx *Tx) error { return errors.Join(heard.Put(tx, "s", "bad", 1), errors.New("refused")) })
	queued(2)
	close(hold)
	failed := 0
	for range 3 {
		if <-done != nil {
			failed++
		}
	}
	if failed != 1 {
		t.Errorf("%d closures failed", failed)
	}
	e.heard(t, "s heard good >1")
}

// TestObserverIsSparedWholeSandboxes: a reset or an import is one thing, and not
// one for each row.
func TestObserverIsSparedWholeSandboxes(t *testing.T) {
	db, e := listen(t, "heard")
	update(t, db, func(tx *Tx) error {
		return errors.Join(heard.Put(tx, "s", "a", 1), PutRaw(tx, "s", "heard", "b", []byte("2")))
	})
	e.heard(t, "s heard a >1")
	update(t, db, func(tx *Tx) error { return errors.Join(Clear(tx, "s"), heard.Put(tx, "s", "c", 3)) })
	e.heard(t, "s heard c >3")
}

func TestObserverThatDoesNotListen(t *testing.T) {
	db, e := listen(t, "heard")
	e.on.Store(false)
	update(t, db, func(tx *Tx) error { return heard.Put(tx, "s", "a", 1) })
	e.heard(t)
	if len(e.commits) != 1 {
		t.Errorf("commits %v", e.commits)
	}
}

func TestSize(t *testing.T) {
	db := open(t)
	n, err := db.Size()
	if err != nil || n <= 0 {
		t.Errorf("%d %v", n, err)
	}
}

package journal

import (
	"errors"
	"testing"

	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// TestPrepare: a disk that is slow holds nobody up but Ready, which has everything then.
func TestPrepare(t *testing.T) {
	db := storetest.Open(t)
	first := open(t, db, Options{})
	kept := done(first, "default", "a")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	free, busy := make(chan bool), make(chan bool)
	go func() {
		_ = db.Update(func(*store.Tx) error { // the disk has something else to do
			close(busy)
			<-free
			return nil
		})
	}()
	<-busy
	j := New(db, Options{})
	j.Prepare()
	select {
	case <-j.prepared:
		t.Error("the promise was made while nothing could be written")
	default:
	}
	close(free)
	if err := j.Ready(); err != nil || j.writer.granted.Load() < idBlock {
		t.Errorf("%v, %d ids are promised", err, j.writer.granted.Load())
	}
	if _, ok := j.Get("default", kept.ID()); !ok {
		t.Error("the entry of the former process is not there")
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if err := j.Ready(); err != nil {
		t.Errorf("after Close: %v", err)
	}
}

// TestUnprepared: what was never read, or could not be, closes without a word, and leaves
// the disk as it is.
func TestUnprepared(t *testing.T) {
	db := storetest.Open(t)
	never := New(db, Options{})
	if err := never.Close(); err != nil {
		t.Error(err)
	}
	if err := never.Ready(); !errors.Is(err, errClosed) {
		t.Errorf("ready after it was closed: %v", err)
	}
	if got := db.Stats().Commits; got != 0 {
		t.Errorf("%d commits", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	failed := New(db, Options{})
	if err := failed.Ready(); !errors.Is(err, store.ErrClosed) {
		t.Errorf("ready without a disk: %v", err)
	}
	if err := failed.Close(); err != nil {
		t.Error(err)
	}
}

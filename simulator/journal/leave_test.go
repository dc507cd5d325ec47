package journal

import (
	"testing"

	"cardsim/simulator/store/storetest"
)

// TestLeave: an entry that left is in no journal, also when its request ends, and after a
// restart.
func TestLeave(t *testing.T) {
	db := storetest.Open(t)
	j := open(t, db, Options{})
	r := begin(j, "default")
	r.Identify("gone", noon)
	r.Leave()
	r.Leave()
	r.Complete(func(e *Entry) { e.Operation = "a" })
	if s := j.Stats(); s != (Stats{}) {
		t.Errorf("the journal holds %+v", s)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, db, Options{})
	wantIDs(t, j.List("gone", Query{}))
	wantIDs(t, j.List("default", Query{}))
}

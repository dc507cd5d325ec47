package journal

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// TestReceivedWhileRestoring: a request need not wait for what a former process kept;
// whoever asks for entries has them all in their order, and the bounds drop the oldest.
func TestReceivedWhileRestoring(t *testing.T) {
	db := storetest.Open(t)
	first := open(t, db, Options{})
	for range 3 {
		done(first, "default", "former")
	}
	done(first, "quiet", "former")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	j := New(db, Options{MaxEntries: 4})
	if err := j.promise(); err != nil {
		t.Fatal(err)
	}
	feed := j.Follow("default")
	var underWay *Record
	if err := j.restore(func() {
		done(j, "default", "new")
		underWay = j.Begin(Receipt{Sandbox: "default", Method: "GET", Path: "/under/way"})
		done(j, "other", "new")
	}); err != nil {
		t.Fatal(err)
	}
	close(j.restored)
	wantIDs(t, j.List("default", Query{}), "r-000006", "r-000005", "r-000003", "r-000002")
	wantIDs(t, j.List("quiet", Query{}), "r-000004")
	wantIDs(t, j.List("other", Query{}), "r-000007")
	changed, _ := feed.Next(Query{})
	wantIDs(t, Page{Items: changed}, "r-000002", "r-000003", "r-000005", "r-000006")
	underWay.Complete(nil)
	changed, _ = feed.Next(Query{})
	wantIDs(t, Page{Items: changed}, "r-000006")
	var ages []uint64
	for r := j.ages.oldest; r != nil; r = r.age.after {
		ages = append(ages, r.seq)
	}
	if !slices.Equal(ages, []uint64{2, 3, 4, 5, 6, 7}) {
		t.Errorf("in the order of receipt stand %v", ages)
	}
	if s := j.Stats(); s.Entries != 6 || s.Dropped != 1 {
		t.Errorf("%+v", s)
	}
}

// TestPartOfTheJournalIsUnreadable: the log tells, and the rest is there.
func TestPartOfTheJournalIsUnreadable(t *testing.T) {
	db := storetest.Open(t)
	first := open(t, db, Options{})
	done(first, "default", "a")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *store.Tx) error {
		return store.PutRaw(tx, ledger, "journal.sandboxes", "unreadable", []byte(`[]`))
	}); err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	j := New(db, Options{Log: slog.New(slog.NewTextHandler(&told, nil))})
	if err := j.Ready(); err != nil {
		t.Fatal(err)
	}
	done(j, "default", "b")
	wantIDs(t, j.List("default", Query{}), "r-000002", "r-000001")
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(told.String(), "cardsim doctor tells more") {
		t.Errorf("the log says %q", told.String())
	}
	if _, err := Open(db, Options{}); err == nil {
		t.Error("Open is content with a part")
	}
}

// TestFormerEntriesWait: a program that starts reads them in a quiet moment, and at once
// when somebody asks for them.
func TestFormerEntriesWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := storetest.Open(t)
		first := open(t, db, Options{})
		done(first, "default", "former")
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		kept := func(j *Journal) int {
			synctest.Wait()
			j.mu.RLock()
			defer j.mu.RUnlock()
			return len(j.shelves)
		}
		for name, look := range map[string]struct {
			wait func(j *Journal)
			took time.Duration
		}{
			"a quiet moment": {func(*Journal) { time.Sleep(later) }, later},
			"somebody asks":  {func(j *Journal) { wantIDs(t, j.List("default", Query{}), "r-000001") }, 0},
		} {
			j, begin := New(db, Options{}), time.Now()
			if err := j.Ready(); err != nil {
				t.Fatal(err)
			}
			if n := kept(j); n != 0 || !time.Now().Equal(begin) {
				t.Errorf("%s: %d sandboxes were read before anybody asked", name, n)
			}
			if look.wait(j); kept(j) != 1 {
				t.Errorf("%s: nothing was read", name)
			}
			if took := time.Since(begin); took != look.took {
				t.Errorf("%s: it took %v", name, took)
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

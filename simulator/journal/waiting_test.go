package journal

import (
	"testing"
	"testing/synctest"
	"time"

	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

// onDisk is how many entries of a sandbox are on disk.
func onDisk(t *testing.T, db *store.DB, sandbox string) (n int) {
	t.Helper()
	err := db.View(func(tx *store.Tx) error {
		return entries.Keys(tx, sandbox, func(string, int) error { n++; return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Under load entries are written every three seconds, so that those which are dropped
// before cost nothing; otherwise after a tenth of one.
func TestLoadIsGathered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := storetest.Open(t)
		j := open(t, db, Options{MaxEntries: 2000})
		for range 10 {
			done(j, "quiet", "a")
		}
		time.Sleep(linger + time.Millisecond)
		synctest.Wait()
		if n := onDisk(t, db, "quiet"); n != 10 {
			t.Errorf("after a linger there are %d entries on disk, want 10", n)
		}
		before := db.Stats().Commits
		for range 6000 {
			done(j, "busy", "a")
		}
		time.Sleep((lingers - 1) * linger)
		synctest.Wait()
		if n := onDisk(t, db, "busy"); n != 0 {
			t.Errorf("%d entries are on disk before the time is over", n)
		}
		if j.writer.short() {
			t.Error("meanwhile the promised ids run out")
		}
		time.Sleep(linger + time.Millisecond)
		synctest.Wait()
		if n, commits := onDisk(t, db, "busy"), db.Stats().Commits-before; n != 2000 || commits > 2000/maxGroup+2 {
			t.Errorf("then there are %d in %d commits, want the 2000 that were not dropped", n, commits)
		}
		if n := j.Stats().Unsaved; n != 0 {
			t.Errorf("%d were lost", n)
		}
		_ = j.Close() // within the bubble
		_ = db.Close()
	})
}

// Where nearly everything is dropped before it is written, that is done seldom.
func TestChurnIsGatheredLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := storetest.Open(t)
		j := open(t, db, Options{MaxEntries: 600})
		for range 600 * (churn + 2) {
			done(j, "busy", "a")
		}
		time.Sleep((churns - 1) * linger)
		synctest.Wait()
		if n := onDisk(t, db, "busy"); n != 0 {
			t.Errorf("%d entries are on disk before the time is over", n)
		}
		time.Sleep(linger + time.Millisecond)
		synctest.Wait()
		if n := onDisk(t, db, "busy"); n != 600 {
			t.Errorf("then there are %d, want 600", n)
		}
		_ = j.Close() // within the bubble
		_ = db.Close()
	})
}

// What was dropped does not stay in memory because it waits for the disk.
func TestDroppedEntriesDoNotWait(t *testing.T) {
	j := open(t, storetest.Open(t), Options{MaxEntries: 50})
	j.writer.committing.Lock() // the disk takes its time
	keep := done(j, "slow", "a")
	for range 5000 {
		done(j, "default", "a")
	}
	if left := j.writer.left(); left > 51+2*maxGroup {
		t.Errorf("%d changes wait for the disk", left)
	}
	j.writer.committing.Unlock()
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	if n := onDisk(t, j.writer.db, "default"); n != 50 || onDisk(t, j.writer.db, "slow") != 1 {
		t.Errorf("%d entries on disk", n)
	}
	if j.writer.queue.stale != 0 || keep.waits {
		t.Errorf("the queue is empty, and %d in it are of no use", j.writer.queue.stale)
	}
}

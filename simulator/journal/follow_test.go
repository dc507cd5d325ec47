package journal

import (
	"fmt"
	"testing"

	"cardsim/simulator/store/storetest"
)

// TestFeedTellsOnlyWhatIsNew: an entry that changes twice between two looks comes
// once, at its last place.
func TestFeedTellsOnlyWhatIsNew(t *testing.T) {
	j := open(t, storetest.Open(t), Options{})
	done(j, "default", "a")
	slow := begin(j, "default")
	f := j.Follow("default")
	defer f.Close()
	told(t, f, "r-000001 done", "r-000002 in-flight")
	told(t, f)
	done(j, "default", "b")
	done(j, "other", "c")
	slow.Update(func(e *Entry) { e.Operation = "d" })
	slow.Complete(nil)
	<-f.Changed()
	told(t, f, "r-000003 done", "r-000002 done")
	moving := begin(j, "default")
	moving.Identify("other", noon)
	told(t, f)
	if f.Holds(moving.ID()) || !f.Holds(slow.ID()) || f.Holds("nothing") {
		t.Error("Holds does not say what is there")
	}
	if err := j.Forget("default"); err != nil {
		t.Fatal(err)
	}
	if f.Holds(slow.ID()) {
		t.Error("what was forgotten is held")
	}
	f.Close()
	f.Close()
}

func told(t *testing.T, f *Feed, want ...string) {
	t.Helper()
	var got []string
	for _, e := range f.Next() {
		got = append(got, fmt.Sprint(e.ID, " ", e.State))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the feed told of %q, want %q", got, want)
	}
}

// BenchmarkFeed is one change in a full journal.
func BenchmarkFeed(b *testing.B) {
	j := open(b, storetest.Open(b), Options{})
	for range 10_000 {
		done(j, "default", "a")
	}
	f := j.Follow("default")
	defer f.Close()
	f.Next()
	for b.Loop() {
		done(j, "default", "a")
		if len(f.Next()) != 1 {
			b.Fatal("one entry came")
		}
	}
}

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
	entries, _ := f.Next(Query{})
	for _, e := range entries {
		got = append(got, fmt.Sprint(e.ID, " ", e.State))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the feed told of %q, want %q", got, want)
	}
}

// TestFeedChooses: of what the query does not want there is the id only.
func TestFeedChooses(t *testing.T) {
	j := searched(t)
	f := j.Follow("default")
	defer f.Close()
	chosen, others := f.Next(Query{Outcome: "declined", Text: "gamma", Limit: 1, After: "r-000001"})
	if len(chosen) != 1 || chosen[0].ID != "r-000001" || chosen[0].Response == nil || fmt.Sprint(others) != "[r-000002 r-000003]" {
		t.Errorf("%+v %v", chosen, others)
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
	f.Next(Query{})
	for b.Loop() {
		done(j, "default", "a")
		if entries, _ := f.Next(Query{}); len(entries) != 1 {
			b.Fatal("one entry came")
		}
	}
}

package journal

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"cardsim/simulator/store/storetest"
)

// TestManyAtOnce is for the race detector; what it asserts is that nothing gets lost.
func TestManyAtOnce(t *testing.T) {
	const requests, perRequester = 8, 60
	db := storetest.Open(t)
	j := open(t, db, Options{MaxEntries: 100})
	var serving, reading sync.WaitGroup
	ended := make(chan struct{})
	for n := range requests {
		serving.Go(func() { serve(j, n, perRequester) })
	}
	for n := range 2 {
		sandbox := fmt.Sprintf("s%d", n)
		changes, stop := j.Watch(sandbox)
		defer stop()
		reading.Go(func() {
			for {
				select {
				case <-changes:
					read(t, j, sandbox)
				case <-ended:
					return
				}
			}
		})
	}
	serving.Wait()
	close(ended)
	reading.Wait()
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	s := j.Stats()
	if s.InFlight != 0 || uint64(s.Entries)+s.Dropped != requests*perRequester || s.Entries != 200 {
		t.Errorf("stats %+v: entries and drops do not add up", s)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	before := s
	j = open(t, db, Options{MaxEntries: 100})
	for _, sandbox := range []string{"s0", "s1"} {
		for range j.All(sandbox, Query{}) { // what is looked at is weighed
		}
	}
	if s := j.Stats(); s.Entries != before.Entries || s.Bytes != before.Bytes {
		t.Errorf("on disk %+v, in memory %+v", s, before)
	}
}

func serve(j *Journal, n, times int) {
	for i := range times {
		r := begin(j, "default")
		r.Identify(fmt.Sprintf("s%d", (n+i)%2), noon)
		r.Update(func(e *Entry) {
			e.Warnings = append(e.Warnings, "first")
			e.Request = &Message{Headers: map[string]string{"A": "b"}}
		})
		r.Update(func(e *Entry) { e.Warnings = append(e.Warnings, "second "+plantedPAN) })
		r.Complete(func(e *Entry) { e.Response = &Message{Body: "{}"} })
	}
}

func read(t *testing.T, j *Journal, sandbox string) {
	page := j.List(sandbox, Query{Match: func(e Entry) bool { return len(e.Warnings) < 9 }})
	if _, err := json.Marshal(page); err != nil {
		t.Errorf("an entry is not JSON: %v", err)
	}
	for _, e := range page.Items {
		whole, ok := j.Get(sandbox, e.ID)
		if ok && whole.State == Done && (whole.Response == nil || len(whole.Warnings) != 2) {
			t.Errorf("a complete entry is not whole: %+v", whole)
		}
	}
	if s := j.Stats(); s.Bytes < 0 || s.InFlight < 0 {
		t.Errorf("stats %+v", s)
	}
}

func BenchmarkRequest(b *testing.B) {
	j := open(b, storetest.Open(b), Options{})
	b.ReportAllocs()
	for b.Loop() {
		r := begin(j, "default")
		r.Identify("team-a", noon)
		r.Complete(func(e *Entry) { e.Response = &Message{Body: benchBody} })
	}
}

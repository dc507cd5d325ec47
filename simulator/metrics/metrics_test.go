package metrics

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"cardsim/simulator/core"
	"cardsim/simulator/journal"
	"cardsim/simulator/store"
)

func small() *Metrics {
	return New(Options{Version: "1", Outcomes: []core.Outcome{
		{Operation: "acehub.payment.create", Name: "approved"}, {Operation: "acehub.payment.create", Name: "declined"},
		{Operation: "cardinal.lookup", Name: "frictionless"},
	}})
}

func scrape(t *testing.T, m *Metrics) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("HTTP %d %s", w.Code, w.Body)
	}
	return w.Body.Bytes()
}

func TestServed(t *testing.T) {
	pay := Request{Provider: "acehub", Operation: "acehub.payment.create", Outcome: "approved", Status: 200, Took: time.Millisecond}
	with := func(change func(*Request)) Request { q := pay; change(&q); return q }
	for _, c := range []struct {
		name, labels string
		in           Request
	}{
		{"plain", `operation="acehub.payment.create",outcome="approved",provider="acehub",status="200"`, pay},
		{"refused", `operation="acehub.payment.create",outcome="none",provider="acehub",status="401"`, with(func(q *Request) { q.Outcome, q.Status = "", 401 })},
		{"made-up outcome", `operation="acehub.payment.create",outcome="other",provider="acehub",status="200"`, with(func(q *Request) { q.Outcome = "my very own" })},
		{"noted", `operation="acehub.payment.create",outcome="refused",provider="acehub",status="200"`, with(func(q *Request) { q.Outcome = "refused" })},
		{"made-up status", `operation="acehub.payment.create",outcome="approved",provider="acehub",status="other"`, with(func(q *Request) { q.Status = 799 })},
		{"cut off", `operation="acehub.payment.create",outcome="fault reset",provider="acehub",status="0"`, with(func(q *Request) { q.Outcome, q.Status = "fault reset", 0 })},
		{"no operation", `operation="none",outcome="none",provider="acehub",status="404"`, Request{Provider: "acehub", Status: 404}},
		{"nobody's", `operation="none",outcome="none",provider="none",status="404"`, Request{Status: 404}},
		{"made-up operation", `operation="none",outcome="none",provider="none",status="200"`, Request{Provider: "x", Operation: "y", Status: 200}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := small()
			m.Served(c.in)
			m.Served(c.in)
			if want := "cardsim_requests_total{" + c.labels + "} 2\n"; !bytes.Contains(scrape(t, m), []byte(want)) {
				t.Errorf("%s is not in\n%s", want, scrape(t, m))
			}
		})
	}
}

func TestRulesAndFaults(t *testing.T) {
	m := small()
	m.Served(Request{Provider: "cardinal", Operation: "cardinal.lookup", Ruled: true, Fault: core.Fault{Kind: core.FaultHTTP, At: core.AfterCommit, Status: 503}})
	m.Served(Request{Provider: "cardinal", Operation: "cardinal.lookup", Ruled: true, Fault: core.Fault{Kind: "own", At: "anywhere"}})
	m.Committed(3, 2*time.Millisecond)
	text := scrape(t, m)
	for _, want := range []string{
		`cardsim_rules_matched_total{operation="cardinal.lookup"} 2`, `cardsim_faults_total{at="after-commit",kind="http"} 1`,
		`cardsim_store_commit_size_bucket{le="4"} 1`, `cardsim_store_commit_size_sum 3`, `cardsim_store_commit_duration_seconds_count 1`,
	} {
		if !bytes.Contains(text, []byte(want+"\n")) {
			t.Errorf("%s is not there", want)
		}
	}
	if bytes.Contains(text, []byte("anywhere")) {
		t.Error("a made-up place became a label")
	}
}

// TestSeriesAreBounded: whatever comes, the number of series depends on the
// catalogue alone.
func TestSeriesAreBounded(t *testing.T) {
	m := small()
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 1000 {
				m.Served(Request{
					Provider: fmt.Sprint("p", i%7), Operation: "acehub.payment.create", Outcome: fmt.Sprint("o", i, g), Status: i,
				})
				m.Served(Request{Provider: "acehub", Operation: "acehub.payment.create", Outcome: fmt.Sprint("o", i), Status: 700 + i})
			}
		})
	}
	all.Wait()
	text := scrape(t, m)
	if n := bytes.Count(text, []byte("\ncardsim_requests_total{")); n == 0 || n > 100 {
		t.Errorf("%d series", n)
	}
	want := `cardsim_requests_total{operation="acehub.payment.create",outcome="other",provider="acehub",status="other"} 8000`
	if !bytes.Contains(text, []byte(want)) {
		t.Errorf("%s is not there", want)
	}
}

func TestSources(t *testing.T) {
	m := small()
	m.Watch(Sources{
		Journal: func() journal.Stats {
			return journal.Stats{Entries: 7, Bytes: 9, InFlight: 1, Dropped: 2, Unsaved: 3}
		},
		Store:     func() store.Stats { return store.Stats{Commits: 5, Closures: 8} },
		StoreSize: func() (int64, error) { return 0, http.ErrMissingFile },
		Sandboxes: func() int { return 4 }, Challenges: func() (int, error) { return 11, nil },
		Streams: func() (int, uint64) { return 6, 10 },
	})
	text := scrape(t, m)
	for _, want := range []string{
		"cardsim_journal_entries 7", "cardsim_journal_bytes 9", "cardsim_journal_in_flight 1", "cardsim_journal_dropped_total 2",
		"cardsim_journal_unsaved_total 3", "cardsim_store_commits_total 5", "cardsim_store_transactions_total 8", "cardsim_sandboxes 4",
		"cardsim_events_subscribers 6", "cardsim_challenges_running 11", "cardsim_events_dropped_total 10",
	} {
		if !bytes.Contains(text, []byte("\n"+want+"\n")) {
			t.Errorf("%s is not there", want)
		}
	}
	if bytes.Contains(text, []byte("cardsim_store_file_bytes ")) {
		t.Error("a file that cannot be looked at has a size")
	}
	m.Served(Request{Provider: "acehub", Operation: "acehub.payment.create", Status: 200})
	problems, err := promlint.New(bytes.NewReader(scrape(t, m))).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("promlint: %v, %v", problems, err)
	}
}

func TestServedAllocatesNothing(t *testing.T) {
	m := small()
	q := Request{Provider: "acehub", Operation: "acehub.payment.create", Outcome: "approved", Status: 200, Took: time.Millisecond, Ruled: true}
	if n := testing.AllocsPerRun(100, func() { m.Served(q) }); n != 0 {
		t.Errorf("%v allocations for each request", n)
	}
}

func BenchmarkServed(b *testing.B) {
	m := small()
	q := Request{Provider: "acehub", Operation: "acehub.payment.create", Outcome: "approved", Status: 200, Took: time.Millisecond}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			m.Served(q)
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		small()
	}
}

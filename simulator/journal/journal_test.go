package journal

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// open opens a journal that is closed when the test ends, unless the test did.
func open(t testing.TB, db *store.DB, o Options) *Journal {
	t.Helper()
	j, err := Open(db, o)
	if err != nil {
		t.Fatalf("open a journal: %v", err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Errorf("close the journal: %v", err)
		}
	})
	return j
}

func begin(j *Journal, sandbox string) *Record {
	return j.Begin(Receipt{Sandbox: sandbox, At: noon, Method: "POST", Path: "/api/token"})
}

func done(j *Journal, sandbox, operation string) *Record {
	r := begin(j, sandbox)
	r.Complete(func(e *Entry) { e.Operation = operation })
	return r
}

func idsOf(p Page) []string {
	ids := []string{}
	for _, e := range p.Items {
		ids = append(ids, e.ID)
	}
	return ids
}

func wantIDs(t *testing.T, p Page, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), idsOf(p)); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

func TestEntryFromReceiptToAnswer(t *testing.T) {
	j := open(t, storetest.Open(t), Options{})
	r := j.Begin(Receipt{Sandbox: "default", At: noon, Method: "GET", Path: "/x/" + plantedPAN, Query: "otp=123456&page=2"})

	e, ok := j.Get("default", r.ID())
	if !ok || e.State != InFlight || e.Path != "/x/"+cutPAN || e.Query != "otp=[OTP]&page=2" {
		t.Fatalf("at receipt: %v %+v", ok, e)
	}
	r.Identify("team-a", noon.Add(time.Hour))
	if _, ok := j.Get("default", r.ID()); ok {
		t.Error("an identified request is still in the default sandbox")
	}
	r.Update(func(e *Entry) { e.Operation, e.ID, e.Sandbox, e.State = "acehub.payment.find", "x", "x", Done })
	r.Complete(func(e *Entry) {
		e.Status = 200
		e.Reference = plantedPAN
		e.Warnings = []string{"odd: " + plantedPAN}
		e.Refusal = core.Refusef("x", "no %s", plantedPAN)
		e.Response = &Message{Body: "{}"}
	})
	r.Complete(func(e *Entry) { e.Status = 500 })
	r.Update(func(e *Entry) { e.Status = 501 })
	r.Identify("team-b", noon)

	e, ok = j.Get("team-a", r.ID())
	if !ok || e.State != Done || e.Status != 200 || e.ID != r.ID() || e.Operation != "acehub.payment.find" || !e.At.Equal(noon.Add(time.Hour)) {
		t.Errorf("at the end: %v %+v", ok, e)
	}
	for _, text := range []string{e.Reference, e.Warnings[0], e.Refusal.Detail} {
		if !strings.Contains(text, cutPAN) {
			t.Errorf("a card number is not masked in %q", text)
		}
	}
	if items := j.List("team-a", Query{}).Items; len(items) != 1 || items[0].Response != nil {
		t.Errorf("a list holds the bodies: %+v", items)
	}
}

func TestReadersGetCopies(t *testing.T) {
	j := open(t, storetest.Open(t), Options{})
	r := begin(j, "default")
	amount, warnings := 1.0, []string{"w"}
	r.Complete(func(e *Entry) {
		e.Card, e.Amount, e.Warnings = &Card{Bin: "400000"}, &amount, warnings
		e.Refusal = core.Refusef("x", "x")
		e.Request = &Message{Headers: map[string]string{"A": "b"}}
	})
	before, _ := j.Get("default", r.ID())
	mine, _ := j.Get("default", r.ID())
	mine.Card.Bin, *mine.Amount, mine.Warnings[0], mine.Refusal.Code, mine.Request.Headers["A"] = "x", 2, "x", "y", "x"
	inList := j.List("default", Query{}).Items[0]
	inList.Card.Bin, inList.Warnings[0] = "x", "x"
	if after, _ := j.Get("default", r.ID()); !cmp.Equal(before, after) {
		t.Errorf("a reader changed the entry:\n%s", cmp.Diff(before, after))
	}
}

func TestList(t *testing.T) {
	j := open(t, storetest.Open(t), Options{})
	for i := range 5 {
		r := j.Begin(Receipt{Sandbox: "default", At: noon.Add(time.Duration(i) * time.Minute)})
		r.Update(func(e *Entry) {
			e.Operation = []string{"acehub.payment.create", "acehub.payment.get", "cardinal.lookup"}[i%3]
			e.Flow = fmt.Sprintf("f%d", i%2)
			e.Request = &Message{Body: fmt.Sprint(i)}
		})
		if i != 3 {
			r.Complete(nil)
		}
	}
	done(j, "other", "cardinal.lookup")
	tests := []struct {
		name string
		q    Query
		want []string
	}{
		{"all, newest first", Query{}, []string{"r-000005", "r-000004", "r-000003", "r-000002", "r-000001"}},
		{"an operation", Query{Operation: "acehub.payment.get"}, []string{"r-000005", "r-000002"}},
		{"a pattern", Query{Operation: "acehub.*.create"}, []string{"r-000004", "r-000001"}},
		{"a flow", Query{Flow: "f1"}, []string{"r-000004", "r-000002"}},
		{"since, that instant included", Query{Since: noon.Add(3 * time.Minute)}, []string{"r-000005", "r-000004"}},
		{"in flight", Query{State: InFlight}, []string{"r-000004"}},
		{"by body", Query{Match: func(e Entry) bool { return e.Request.Body == "2" }}, []string{"r-000003"}},
		{"behind one", Query{After: "r-000003", Limit: 1}, []string{"r-000002"}},
		{"behind what is no id", Query{After: "x"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { wantIDs(t, j.List("default", tt.q), tt.want...) })
	}
	wantIDs(t, j.List("nobody", Query{}))
}

func TestListInPages(t *testing.T) {
	j := open(t, storetest.Open(t), Options{})
	for range 5 {
		done(j, "default", "acehub.payment.get")
	}
	q, pages := Query{Limit: 2}, [][]string{}
	for range 4 {
		page := j.List("default", q)
		pages = append(pages, idsOf(page))
		if page.Next == nil {
			break
		}
		q.After = *page.Next
	}
	want := [][]string{{"r-000005", "r-000004"}, {"r-000003", "r-000002"}, {"r-000001"}}
	if diff := cmp.Diff(want, pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

func TestClearKeepsWhatIsInFlight(t *testing.T) {
	db := storetest.Open(t)
	j := open(t, db, Options{})
	done(j, "default", "a")
	hanging := begin(j, "default")
	done(j, "default", "b")
	done(j, "other", "c")
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := j.Clear("default"); err != nil {
		t.Fatal(err)
	}
	wantIDs(t, j.List("default", Query{}), hanging.ID())
	wantIDs(t, j.List("other", Query{}), "r-000004")
	if s := j.Stats(); s.Entries != 2 || s.InFlight != 1 || s.Dropped != 0 {
		t.Errorf("after Clear: %+v", s)
	}
	hanging.Complete(nil)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, db, Options{})
	wantIDs(t, j.List("default", Query{}), hanging.ID())
}

func TestForget(t *testing.T) {
	db := storetest.Open(t)
	j := open(t, db, Options{})
	done(j, "default", "a")
	hanging, moving := begin(j, "default"), begin(j, "default")
	if err := j.Forget("default"); err != nil {
		t.Fatal(err)
	}
	wantIDs(t, j.List("default", Query{}))
	hanging.Complete(nil)
	moving.Identify("team-a", noon)
	moving.Complete(nil)
	wantIDs(t, j.List("default", Query{}))
	wantIDs(t, j.List("team-a", Query{}), moving.ID())
	one, _ := j.Get("team-a", moving.ID())
	if s := j.Stats(); s != (Stats{Entries: 1, Bytes: one.size()}) {
		t.Errorf("after Forget: %+v", s)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, db, Options{})
	wantIDs(t, j.List("default", Query{}))
	wantIDs(t, j.List("team-a", Query{}), moving.ID())
}

func TestWatch(t *testing.T) {
	j := open(t, storetest.Open(t), Options{})
	changes, stop := j.Watch("team-a")
	all, stopAll := j.Watch("")
	defer stopAll()
	woken := func(c <-chan struct{}) bool {
		select {
		case <-c:
			return true
		default:
			return false
		}
	}
	r := begin(j, "default")
	if woken(changes) || !woken(all) {
		t.Error("Begin in another sandbox woke the wrong watcher")
	}
	steps := map[string]func(){
		"Identify": func() { r.Identify("team-a", noon) },
		"Update":   func() { r.Update(nil) },
		"Complete": func() { r.Complete(nil) },
		"Clear":    func() { _ = j.Clear("team-a") },
	}
	for _, name := range []string{"Identify", "Update", "Complete", "Clear"} {
		steps[name]()
		if !woken(changes) || !woken(all) {
			t.Errorf("%s woke nobody", name)
		}
	}
	stop()
	stop()
	begin(j, "team-a")
	if woken(changes) {
		t.Error("a stopped watch goes on")
	}
}

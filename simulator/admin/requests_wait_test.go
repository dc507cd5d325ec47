package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cardsim/scenarios"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store/storetest"
)

const waitWorld = "default"

// waiting is an API with a journal and one sandbox.
func waiting(t testing.TB) *API {
	t.Helper()
	j, err := journal.Open(storetest.Open(t), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	w, err := sandbox.New(sandbox.Spec{ID: waitWorld, Merchants: []*sandbox.Merchant{{ID: "own"}}})
	if err != nil {
		t.Fatal(err)
	}
	worlds := sandbox.NewRegistry(false)
	if err := worlds.Add(w); err != nil {
		t.Fatal(err)
	}
	return &API{Options: Options{Journal: j, Worlds: worlds}}
}

// looking is a search without an operation, which needs no catalogue.
func looking(t testing.TB, in Search) search {
	t.Helper()
	s := search{asked: in, query: journal.Query{Limit: defaultLimit}, count: 1, timeout: defaultWait}
	if wrong := s.check(nil); len(wrong) > 0 {
		t.Fatalf("%+v", wrong)
	}
	return s
}

func (a *API) began(reference string) *journal.Record {
	r := a.Journal.Begin(journal.Receipt{Sandbox: waitWorld, Method: "POST", Path: "/" + reference})
	r.Update(func(e *journal.Entry) { e.Reference = reference })
	return r
}

func (a *API) did(reference, outcome string) {
	a.began(reference).Complete(func(e *journal.Entry) { e.Operation, e.Outcome = "acehub.payment.create", outcome })
}

func two() *int { n := 2; return &n }

func TestWaitFindsWhatIsThere(t *testing.T) {
	a := waiting(t)
	a.did("A-1", "declined")
	a.did("A-2", "approved")
	a.began("A-3") // never answered
	f, err := a.await(t.Context(), waitWorld, looking(t, Search{Count: two()}))
	if err != nil || f.Count != 2 || len(f.Items) != 2 || f.Items[0].Reference != "A-2" || f.Items[0].Warnings == nil {
		t.Errorf("%+v %v", f, err)
	}
	f, err = a.await(t.Context(), waitWorld, looking(t, Search{Where: `state == "in-flight"`}))
	if err != nil || f.Count != 1 || f.Items[0].Reference != "A-3" {
		t.Errorf("%+v %v", f, err)
	}
}

// TestWaitIsWoken: many waits for different things, each answered when its own comes.
func TestWaitIsWoken(t *testing.T) {
	a := waiting(t)
	const waits = 500
	var all sync.WaitGroup
	for n := range waits {
		s := looking(t, Search{Where: fmt.Sprintf(`reference == "W-%d" && outcome == "approved"`, n%10), Count: two()})
		s.timeout = time.Minute
		all.Go(func() {
			f, err := a.await(t.Context(), waitWorld, s)
			if err != nil || f.Count < 2 {
				t.Errorf("wait %d: %+v %v", n, f, err)
			}
		})
	}
	for range 2 {
		for n := range 10 {
			a.did(fmt.Sprintf("W-%d", n), "declined")
			a.did(fmt.Sprintf("W-%d", n), "approved")
		}
	}
	all.Wait()
}

// TestWaitCountsWhatIsStillThere: what was cleared meanwhile, or turned out to be
// something else, does not count.
func TestWaitCountsWhatIsStillThere(t *testing.T) {
	a := waiting(t)
	feed := a.Journal.Follow(waitWorld)
	defer feed.Close()
	h := hits{feed: feed, search: looking(t, Search{Count: two()}), found: map[string]journal.Entry{}}
	step := func(what string, want bool) {
		t.Helper()
		if h.look(); h.enough() != want {
			t.Errorf("%s: enough is %v", what, !want)
		}
	}
	a.did("A-1", "approved")
	step("one", false)
	if err := a.Journal.Clear(waitWorld); err != nil {
		t.Fatal(err)
	}
	a.did("A-2", "approved")
	step("one, after clearing", false)
	slow := a.began("A-3")
	step("one under way", false)
	slow.Complete(nil)
	step("two", true)

	h = hits{feed: feed, search: looking(t, Search{Where: `state == "in-flight" || outcome == "late"`}), found: map[string]journal.Entry{}}
	slow = a.began("A-4")
	h.look()
	slow.Complete(nil)
	step("no longer under way", false)
}

func TestWaitTimesOut(t *testing.T) {
	a := waiting(t)
	a.did("A-1", "declined")
	a.did("A-2", "approved")
	for timeout, in := range map[string]Search{
		"0s": {Where: `outcome == "approved" && reference == "A-1"`}, "1ms": {Where: `outcome == "approved" && reference == "A-1"`, Flow: ""},
	} {
		in.Timeout = timeout
		_, err := a.await(t.Context(), waitWorld, looking(t, in))
		var late *WaitTimeout
		if !errors.As(err, &late) || late.Status != http.StatusRequestTimeout || late.Count != 0 || late.Items == nil || len(late.Closest) != 2 {
			t.Fatalf("%s: %+v", timeout, err)
		}
		want := []scenarios.Difference{{Field: "reference", Want: `reference == "A-1"`, Got: "A-2"}}
		if diff := cmp.Diff(want, late.Closest[0].Differences); diff != "" {
			t.Errorf("differences (-want +got):\n%s", diff)
		}
		if want := `requests where outcome == "approved" && reference == "A-1": wanted 1 within ` + timeout + ", found 0"; late.Detail != want {
			t.Errorf("detail %q, want %q", late.Detail, want)
		}
	}
	_, err := a.await(t.Context(), waitWorld, looking(t, Search{Flow: "f1", Where: `outcome == "approved"`, Timeout: "0s"}))
	var late *WaitTimeout
	if !errors.As(err, &late) || late.Closest[0].Differences[0].Field != "flow" {
		t.Errorf("%+v", err)
	}
}

func TestWaitEndsWithTheCaller(t *testing.T) {
	a := waiting(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := a.await(ctx, waitWorld, looking(t, Search{Timeout: "5m"}))
		ended <- err
	}()
	cancel()
	var p *Problem
	if err := <-ended; !errors.As(err, &p) || p.Status != http.StatusServiceUnavailable {
		t.Errorf("%v", err)
	}
}

func TestWaitEndsWithTheSandbox(t *testing.T) {
	a := waiting(t)
	ended := make(chan error)
	go func() {
		_, err := a.await(t.Context(), waitWorld, looking(t, Search{Timeout: "5m"}))
		ended <- err
	}()
	a.Worlds.Remove(a.Worlds.Default())
	var err error
	for err == nil { // the wait may not have begun when the first word comes
		select {
		case err = <-ended:
		default:
			if forget := a.Journal.Forget(waitWorld); forget != nil {
				t.Fatal(forget)
			}
		}
	}
	var p *Problem
	if !errors.As(err, &p) || p.Status != http.StatusNotFound {
		t.Errorf("%v", err)
	}
}

// BenchmarkWaitWakes is one change for 1000 waits on a full journal.
func BenchmarkWaitWakes(b *testing.B) {
	a := waiting(b)
	for range 10_000 {
		a.did("A", "approved")
	}
	var all []hits
	for range 1000 {
		feed := a.Journal.Follow(waitWorld)
		defer feed.Close()
		h := hits{feed: feed, search: looking(b, Search{Where: `reference == "B"`}), found: map[string]journal.Entry{}}
		h.look()
		all = append(all, h)
	}
	for b.Loop() {
		a.did("A", "approved")
		for _, h := range all {
			h.look()
		}
	}
}

// BenchmarkCount is a search through a full journal.
func BenchmarkCount(b *testing.B) {
	a := waiting(b)
	for range 10_000 {
		a.did("A", "approved")
	}
	s := looking(b, Search{Where: `reference == "B" && status == 200`})
	for b.Loop() {
		for range a.Journal.All(waitWorld, s.query) {
			b.Fatal("nothing fits")
		}
	}
}

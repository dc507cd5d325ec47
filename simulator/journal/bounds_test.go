package journal

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cardsim/simulator/store/storetest"
)

func TestBoundByCount(t *testing.T) {
	db := storetest.Open(t)
	j := open(t, db, Options{MaxEntries: 3})
	hanging := begin(j, "default")
	for range 5 {
		done(j, "default", "a")
		if err := j.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	done(j, "other", "a")
	wantIDs(t, j.List("default", Query{}), "r-000006", "r-000005", hanging.ID())
	if s := j.Stats(); s.Dropped != 3 || s.Entries != 4 {
		t.Errorf("stats %+v, want 3 dropped", s)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	// On disk there is no more than in memory: nothing is left to be dropped.
	j = open(t, db, Options{MaxEntries: 3})
	wantIDs(t, j.List("default", Query{}), "r-000006", "r-000005", hanging.ID())
	if s := j.Stats(); s.Dropped != 0 {
		t.Errorf("after the restart %+v", s)
	}
}

func TestBoundByBytes(t *testing.T) {
	j := open(t, storetest.Open(t), Options{MaxBytes: 50_000})
	for range 10 {
		for _, sandbox := range []string{"a", "b"} {
			begin(j, sandbox).Complete(func(e *Entry) { e.Request = &Message{Body: strings.Repeat("x", 9500)} })
		}
	}
	s := j.Stats()
	if s.Bytes > 50_000 || s.Bytes < 30_000 || s.Dropped != uint64(20-s.Entries) {
		t.Errorf("stats %+v", s)
	}
	wantIDs(t, j.List("b", Query{}), "r-000020", "r-000018")
	wantIDs(t, j.List("a", Query{}), "r-000019", "r-000017")
}

func TestOneEntryAboveTheBound(t *testing.T) {
	j := open(t, storetest.Open(t), Options{MaxBytes: 10})
	r := begin(j, "default")
	if s := j.Stats(); s.Entries != 1 {
		t.Errorf("an entry in flight was dropped: %+v", s)
	}
	r.Complete(nil)
	if s := j.Stats(); s != (Stats{Dropped: 1}) {
		t.Errorf("stats %+v, want one dropped and nothing else", s)
	}
}

func TestBoundsAtOpen(t *testing.T) {
	db := storetest.Open(t)
	j := open(t, db, Options{})
	for range 6 {
		done(j, "default", "a")
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, db, Options{MaxEntries: 2})
	if s := j.Stats(); s.Dropped != 4 {
		t.Errorf("stats %+v, want 4 dropped", s)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, db, Options{})
	wantIDs(t, j.List("default", Query{}), "r-000006", "r-000005")
}

func TestLongBodyIsCut(t *testing.T) {
	j := open(t, storetest.Open(t), Options{})
	r := begin(j, "default")
	long := strings.Repeat("ø", maxBody)
	r.Update(func(e *Entry) { e.Response = &Message{Body: long} })
	first, _ := j.Get("default", r.ID())
	r.Complete(nil)
	e, _ := j.Get("default", r.ID())
	body := e.Response.Body
	if len(body) > maxBody || len(body) < maxBody-4 || !utf8.ValidString(body) || !strings.HasSuffix(body, "ø\n[cut: the body has 131072 bytes]") {
		t.Errorf("%d bytes, ending in %q", len(body), body[len(body)-50:])
	}
	if first.Response.Body != body {
		t.Error("a body is cut twice")
	}
}

// An ephemeral journal works like any other and leaves the file alone.
func TestEphemeralLeavesTheDiskAlone(t *testing.T) {
	db := storetest.Open(t)
	j, err := Open(db, Options{MaxEntries: 3, Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	before := db.Stats().Commits
	for range 20_000 {
		j.Begin(Receipt{Sandbox: "default"}).Complete(nil)
	}
	if n := len(j.List("default", Query{}).Items); n != 3 {
		t.Errorf("%d entries are kept, want 3", n)
	}
	for name, err := range map[string]error{"Flush": j.Flush(), "Clear": j.Clear("default"), "Close": j.Close()} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s := j.Stats(); s.Unsaved != 0 || s.Entries != 0 {
		t.Errorf("%+v, want no entries and none unsaved", s)
	}
	if after := db.Stats().Commits; after != before {
		t.Errorf("%d commits, want %d", after, before)
	}
}

// TestRestartDropsNothing: what was within the bounds is within them afterwards, whatever
// the entries are like.
func TestRestartDropsNothing(t *testing.T) {
	for _, body := range []int{0, 100, 700, 3000, 20_000} {
		db := storetest.Open(t)
		const most = 300_000
		j := open(t, db, Options{MaxBytes: most})
		for range 400 {
			begin(j, "default").Complete(func(e *Entry) {
				e.Operation, e.Merchant = "acehub.payment.create", "shop"
				if body > 0 {
					e.Request = &Message{Headers: map[string]string{"Content-Type": "application/json"}, Body: strings.Repeat(`{"a":1}`, body/14)}
					e.Response = &Message{Body: strings.Repeat("x", body/2)}
				}
			})
		}
		before := j.Stats()
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		j = open(t, db, Options{MaxBytes: most})
		after := j.Stats()
		if after.Entries != before.Entries || after.Dropped != 0 || after.Bytes > before.Bytes {
			t.Errorf("bodies of %d: before %+v, after %+v", body, before, after)
		}
	}
}

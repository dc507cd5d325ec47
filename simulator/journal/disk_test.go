package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"

	"github.com/google/go-cmp/cmp"
)

// golden is an entry that has everything.
func golden() Entry {
	amount := 12.5
	return Entry{
		ID: "r-000001", At: noon, Sandbox: "team-a", Flow: "f-1", Operation: "acehub.payment.create", Provider: "acehub",
		Method: "POST", Path: "/gateway/v3/payments", Query: "businessId=334455", Status: 200, Outcome: "declined", Result: "2",
		Card: &Card{Brand: "visa", Bin: "400000", Last4: "1091"}, Merchant: "demo-shop", Amount: &amount, Currency: "EUR",
		Reference: "ORDER-1", Rule: "large amounts", State: Done, DurationMs: 1.25, Warnings: []string{"no User-Agent"},
		Refusal:  &core.Refusal{Code: "cavv-used", Detail: "the CAVV has been used"},
		Request:  &Message{Headers: map[string]string{"Authorization": "Basic [masked]"}, Body: `{"cvv":"***"}`},
		Response: &Message{Headers: map[string]string{"Content-Type": "application/json"}, Body: "{}"},
	}
}

// TestEntryFormat pins the JSON of an entry: users and their files rely on it.
func TestEntryFormat(t *testing.T) {
	for name, e := range map[string]Entry{
		"entry.json": golden(), "entry-in-list.json": golden().Brief(), "entry-empty.json": Entry{State: InFlight, Request: &Message{}}.clone(),
	} {
		path := filepath.Join("testdata", name)
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.MarshalIndent(e, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(bytes.TrimSpace(want)), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
		var back Entry
		if err := json.Unmarshal(want, &back); err != nil || !cmp.Equal(e, back) {
			t.Errorf("%s does not read back: %v\n%s", path, err, cmp.Diff(e, back))
		}
	}
}

func TestRestart(t *testing.T) {
	db := storetest.Open(t)
	j := open(t, db, Options{})
	whole := begin(j, "default")
	whole.Identify("team-a", noon)
	whole.Complete(func(e *Entry) {
		g := golden()
		g.Path, g.Query = e.Path, e.Query
		*e = g
	})
	hanging := begin(j, "team-a")
	before, _ := j.Get("team-a", whole.ID())
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}

	j = open(t, db, Options{})
	after, ok := j.Get("team-a", whole.ID())
	if !ok || !cmp.Equal(before, after) {
		t.Errorf("an entry came back changed: %v\n%s", ok, cmp.Diff(before, after))
	}
	left, ok := j.Get("team-a", hanging.ID())
	if !ok || left.State != Done || !cmp.Equal(left.Warnings, []string{interrupted}) {
		t.Errorf("the entry left in flight: %v %+v", ok, left)
	}
	if s := j.Stats(); s.Entries != 2 || s.InFlight != 0 || s.Bytes == 0 {
		t.Errorf("stats %+v", s)
	}
	if id := begin(j, "default").ID(); id != "r-000003" {
		t.Errorf("the next id is %s", id)
	}
}

// TestIDsAfterCrash opens a second journal over a file that the first never closed.
func TestIDsAfterCrash(t *testing.T) {
	db := storetest.Open(t)
	crashed := open(t, db, Options{})
	var last string
	for range 3 {
		last = done(crashed, "default", "a").ID()
	}
	next := begin(open(t, db, Options{}), "default").ID()
	lastSeq, _ := parseID(last)
	if seq, ok := parseID(next); !ok || seq <= lastSeq {
		t.Errorf("after a crash behind %s the next id is %s", last, next)
	}
}

func TestIDsArePromisedAhead(t *testing.T) {
	db := storetest.Open(t)
	j := open(t, db, Options{MaxEntries: 1})
	for range 2 * idBlock {
		begin(j, "default").Complete(nil)
		if j.writer.short() {
			if err := j.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	var mark uint64
	err := db.View(func(tx *store.Tx) (err error) {
		mark, _, err = ids.Get(tx, ledger, lastID)
		return err
	})
	if err != nil || mark <= j.last.Load() {
		t.Errorf("id %d is given out, %d are promised (%v)", j.last.Load(), mark, err)
	}
}

func TestDiskThatRefuses(t *testing.T) {
	db := storetest.Open(t)
	j, err := Open(db, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	r := done(j, "default", "a")
	if err := j.Flush(); err == nil {
		t.Error("Flush hides that the disk refuses")
	}
	if err := j.Clear("default"); err == nil {
		t.Error("Clear hides that the disk refuses")
	}
	if _, ok := j.Get("default", r.ID()); ok {
		t.Error("Clear left the entry in memory")
	}
	done(j, "default", "b")
	if err := j.Close(); err == nil {
		t.Error("Close hides that the disk refuses")
	}
	if err := j.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}

func TestSlowDiskLosesTheOldest(t *testing.T) {
	j := open(t, storetest.Open(t), Options{MaxEntries: 2 * maxQueue, MaxBytes: 1 << 30})
	j.writer.committing.Lock() // the disk takes its time
	for range maxQueue + 10 {
		done(j, "default", "a")
	}
	if s := j.Stats(); s.Unsaved != 10 || s.Dropped != 0 || s.Entries != maxQueue+10 {
		t.Errorf("stats %+v, want 10 unsaved", s)
	}
	j.writer.committing.Unlock()
	if err := j.Flush(); err != nil {
		t.Error(err)
	}
}

func TestForeignEntriesOnDisk(t *testing.T) {
	db := storetest.Open(t)
	err := db.Update(func(tx *store.Tx) error {
		if err := sandboxes.Put(tx, ledger, "default", true); err != nil {
			return err
		}
		return entries.Put(tx, "default", "x", Entry{ID: "x"})
	})
	if err != nil {
		t.Fatal(err)
	}
	wantIDs(t, open(t, db, Options{}).List("default", Query{}))

	err = db.Update(func(tx *store.Tx) error { return store.PutRaw(tx, "default", Table, "r-000007", []byte(`[]`)) })
	if err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	j := open(t, db, Options{Log: slog.New(slog.NewTextHandler(&told, nil))})
	e, ok := j.Get("default", "r-000007")
	if !ok || !slices.Equal(e.Warnings, []string{unreadable}) || e.State != Done || e.Sandbox != "default" {
		t.Errorf("an entry that is none shows as %+v", e)
	}
	if !strings.Contains(told.String(), "r-000007") {
		t.Errorf("the log says %q", told.String())
	}
	wantIDs(t, j.List("default", Query{}), "r-000007")
}

// An entry that goes while somebody is about to look at it is nothing to report.
func TestEntryThatGoesOnDisk(t *testing.T) {
	db := storetest.Open(t)
	err := db.Update(func(tx *store.Tx) error {
		return errors.Join(sandboxes.Put(tx, ledger, "default", true), entries.Put(tx, "default", "r-000008", Entry{ID: "r-000008"}), ids.Put(tx, ledger, lastID, 8))
	})
	if err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	j := open(t, db, Options{Log: slog.New(slog.NewTextHandler(&told, nil))})
	if err := db.Update(func(tx *store.Tx) error { return entries.Delete(tx, "default", "r-000008") }); err != nil {
		t.Fatal(err)
	}
	e, ok := j.Get("default", "r-000008")
	if !ok || !slices.Equal(e.Warnings, []string{dropped}) || told.Len() > 0 {
		t.Errorf("an entry that went shows as %+v, the log says %q", e, told.String())
	}
}

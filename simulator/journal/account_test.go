package journal

import (
	"testing"

	"cardsim/simulator/store/storetest"
)

// TestAccountSurvivesARestart: the record of a decision is read back as it was
// written, counts in the journal's bytes, and stands in no list and no Get.
func TestAccountSurvivesARestart(t *testing.T) {
	db := storetest.Open(t)
	j := open(t, db, Options{})
	r := j.Begin(Receipt{Sandbox: "team-a", At: noon, Method: "GET", Path: "/x"})
	before := j.Stats().Bytes
	r.Complete(func(e *Entry) { e.Decision = new(AccountOf(map[string]any{"rule": "a", "n": 1}, 5000)) })
	if grown := j.Stats().Bytes - before; grown < 5000 {
		t.Errorf("the record counts %d bytes", grown)
	}
	check := func(j *Journal) {
		t.Helper()
		record, ok := j.Decision("team-a", r.ID())
		if !ok || string(record) != `{"n":1,"rule":"a"}` {
			t.Errorf("%s %v", record, ok)
		}
		if e, _ := j.Get("team-a", r.ID()); e.Decision != nil {
			t.Error("Get shows the record")
		}
		for _, e := range j.List("team-a", Query{}).Items {
			if e.Decision != nil {
				t.Error("a list shows the record")
			}
		}
	}
	check(j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, db, Options{})
	check(again)
	if _, ok := again.Decision("team-a", "r-999999"); ok {
		t.Error("an unknown request has a record")
	}
	bad := again.Begin(Receipt{Sandbox: "team-a", At: noon})
	bad.Complete(func(e *Entry) { e.Decision = new(AccountOf(func() {}, 0)) })
	if record, ok := again.Decision("team-a", bad.ID()); !ok || string(record) != "null" {
		t.Errorf("a value that cannot be written is %s", record)
	}
	if err := again.Flush(); err != nil {
		t.Errorf("it keeps the journal from the disk: %v", err)
	}
}

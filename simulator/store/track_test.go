package store_test

import (
	"bytes"
	"errors"
	"strconv"
	"testing"

	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

var tracked = store.NewTable[string]("tracked")

func TestTrackTellsBeforeAndAfter(t *testing.T) {
	db := storetest.Open(t)
	put := func(tx *store.Tx, key, value string) {
		if err := tracked.Put(tx, "s", key, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Update(func(tx *store.Tx) error { put(tx, "old", "1"); put(tx, "gone", "1"); return nil }); err != nil {
		t.Fatal(err)
	}
	var changes []store.Change
	err := db.Update(func(tx *store.Tx) error {
		put(tx, "untracked", "1")
		tx.Track()
		put(tx, "old", "2")
		put(tx, "new", "1")
		put(tx, "old", "3")
		if err := tracked.Add(tx, "s", "added", "1"); err != nil {
			return err
		}
		if err := tracked.Delete(tx, "s", "gone"); err != nil {
			return err
		}
		_, err := store.Next(tx, "s", "n")
		tx.Changes(func(table string, key, before, after []byte) {
			changes = append(changes, store.Change{Table: table, Key: string(key), Before: bytes.Clone(before), After: bytes.Clone(after)})
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []store.Change{
		{Table: "tracked", Key: "old", Before: []byte(`"1"`), After: []byte(`"3"`)},
		{Table: "tracked", Key: "new", After: []byte(`"1"`)},
		{Table: "tracked", Key: "added", After: []byte(`"1"`)},
		{Table: "tracked", Key: "gone", Before: []byte(`"1"`)},
		{Table: store.CountersTable, Key: "n", After: []byte("1")},
	}
	if len(changes) != len(want) {
		t.Fatalf("%d changes: %+v", len(changes), changes)
	}
	for i, w := range want {
		got := changes[i]
		if got.Table != w.Table || got.Key != w.Key || string(got.Before) != string(w.Before) || string(got.After) != string(w.After) {
			t.Errorf("change %d is %s %s %s -> %s", i, got.Table, got.Key, got.Before, got.After)
		}
	}
	untracked := func(tx *store.Tx) error {
		if tx.Writable() {
			put(tx, "old", "4")
		}
		tx.Changes(func(_ string, key, _, _ []byte) { t.Errorf("an untracked transaction has changed %s", key) })
		return nil
	}
	if err := db.Update(untracked); err != nil {
		t.Fatal(err)
	}
	if err := db.View(untracked); err != nil {
		t.Fatal(err)
	}
}

func TestResetCounters(t *testing.T) {
	db := storetest.Open(t)
	err := db.Update(func(tx *store.Tx) error {
		for _, name := range []string{"scenario:a", "scenario:b", "other"} {
			for _, sandbox := range []string{"s", "t"} {
				if _, err := store.Next(tx, sandbox, name); err != nil {
					return err
				}
			}
		}
		return store.ResetCounters(tx, "s", "scenario:")
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]uint64{"s scenario:a": 0, "s scenario:b": 0, "s other": 1, "t scenario:a": 1, "t scenario:b": 1}
	err = db.View(func(tx *store.Tx) error {
		var errs []error
		for name, n := range want {
			got, err := store.Count(tx, name[:1], name[2:])
			if errs = append(errs, err); got != n {
				t.Errorf("%s is %d, want %d", name, got, n)
			}
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Scenarios are changed in the middle of a test run: that must not cost more, the more
// the sandbox holds.
func TestResetCountersReadsCountersOnly(t *testing.T) {
	db, table := storetest.Open(t), store.NewTable[string]("t")
	reset := func() float64 {
		return testing.AllocsPerRun(10, func() {
			err := db.Update(func(tx *store.Tx) error { return store.ResetCounters(tx, "s", "scenario:") })
			if err != nil {
				t.Fatal(err)
			}
		})
	}
	before := reset()
	err := db.Update(func(tx *store.Tx) error {
		for i := range 1000 {
			if err := table.Put(tx, "s", strconv.Itoa(i), "a value"); err != nil {
				return err
			}
			if _, err := store.Next(tx, "s", "other"+strconv.Itoa(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if after := reset(); after > before+100 {
		t.Errorf("a reset makes %.0f allocations in an empty sandbox and %.0f in one with 1,000 rows", before, after)
	}
}

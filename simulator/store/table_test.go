package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
)

func TestValuesAreCopies(t *testing.T) {
	db, table := open(t), NewTable[item]("items")
	kept := item{Name: "first", Tags: []string{"a"}, More: map[string]string{"k": "v"}}
	update(t, db, func(tx *Tx) error {
		if err := table.Put(tx, "s", "one", kept); err != nil {
			return err
		}
		kept.Tags[0], kept.More["k"] = "changed", "changed"
		got, ok, err := table.Get(tx, "s", "one")
		if err != nil || !ok || got.Tags[0] != "a" || got.More["k"] != "v" {
			t.Errorf("inside the transaction: %+v, %v, %v", got, ok, err)
		}
		got.Tags[0] = "changed"
		return nil
	})
	got, ok := find(t, db, table, "s", "one")
	if !ok || got.Name != "first" || got.Tags[0] != "a" || got.More["k"] != "v" {
		t.Errorf("after the commit: %+v, %v", got, ok)
	}
}

func TestRawMessageOutlivesTheTransaction(t *testing.T) {
	db, table := open(t), NewTable[json.RawMessage]("raw")
	update(t, db, func(tx *Tx) error { return table.Put(tx, "s", "k", json.RawMessage(`{"a":1}`)) })
	got, _ := find(t, db, table, "s", "k")
	update(t, db, func(tx *Tx) error { return table.Put(tx, "s", "k", json.RawMessage(`{"b":2}`)) })
	if string(got) != `{"a":1}` {
		t.Errorf("the value handed out became %s", got)
	}
}

func TestAbsentThings(t *testing.T) {
	db, table := open(t), NewTable[item]("items")
	for _, key := range []string{"nothing", ""} {
		if v, ok := find(t, db, table, "s", key); ok || v.Name != "" {
			t.Errorf("Get(%q) = %+v, %v", key, v, ok)
		}
		update(t, db, func(tx *Tx) error { return table.Delete(tx, "s", key) })
	}
	if got := keys(t, db, table, "s", ScanOptions{Reverse: true}); got != nil {
		t.Errorf("Scan of a table that was never written: %v", got)
	}
	if commits := db.Stats().Commits; commits != 0 {
		t.Errorf("%d commits for closures that changed nothing", commits)
	}
}

func TestBadNames(t *testing.T) {
	long := strings.Repeat("k", 40_000)
	good, empty, reserved := NewTable[int]("t"), NewTable[int](""), NewTable[int](CountersTable)
	tests := []struct {
		name string
		call func(tx *Tx) error
		part string
	}{
		{"put, no sandbox", func(tx *Tx) error { return good.Put(tx, "", "k", 1) }, "sandbox"},
		{"put, zero in sandbox", func(tx *Tx) error { return good.Put(tx, "a\x00b", "k", 1) }, "sandbox"},
		{"put, no key", func(tx *Tx) error { return good.Put(tx, "s", "", 1) }, "key"},
		{"put, zero in key", func(tx *Tx) error { return good.Put(tx, "s", "a\x00b", 1) }, "key"},
		{"put, long key", func(tx *Tx) error { return good.Put(tx, "s", long, 1) }, "key"},
		{"put, no table", func(tx *Tx) error { return empty.Put(tx, "s", "k", 1) }, "table"},
		{"put, reserved table", func(tx *Tx) error { return reserved.Put(tx, "s", "k", 1) }, "table"},
		{"get, no sandbox", func(tx *Tx) error { _, _, err := good.Get(tx, "", "k"); return err }, "sandbox"},
		{"get, zero in key", func(tx *Tx) error { _, _, err := good.Get(tx, "s", "\x00"); return err }, "key"},
		{"delete, no sandbox", func(tx *Tx) error { return good.Delete(tx, "", "k") }, "sandbox"},
		{"scan, no sandbox", func(tx *Tx) error { return good.Scan(tx, "", ScanOptions{}, nil) }, "sandbox"},
		{"scan, zero in prefix", func(tx *Tx) error { return good.Scan(tx, "s", ScanOptions{Prefix: "\x00"}, nil) }, "prefix"},
		{"scan, zero in position", func(tx *Tx) error { return good.Scan(tx, "s", ScanOptions{After: "\x00"}, nil) }, "position"},
		{"scan, no table", func(tx *Tx) error { return empty.Scan(tx, "s", ScanOptions{}, nil) }, "table"},
		{"next, no counter", func(tx *Tx) error { _, err := Next(tx, "s", ""); return err }, "counter"},
		{"count, no sandbox", func(tx *Tx) error { _, err := Count(tx, "", "c"); return err }, "sandbox"},
		{"clear, no sandbox", func(tx *Tx) error { return Clear(tx, "") }, "sandbox"},
		{"each, no sandbox", func(tx *Tx) error { return Each(tx, "", nil) }, "sandbox"},
		{"raw, no sandbox", func(tx *Tx) error { return PutRaw(tx, "", "t", "k", []byte(`1`)) }, "sandbox"},
		{"raw, zero in table", func(tx *Tx) error { return PutRaw(tx, "s", "\x00", "k", []byte(`1`)) }, "table"},
	}
	db := open(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var wrong *KeyError
			if err := db.Update(tt.call); !errors.As(err, &wrong) || wrong.Part != tt.part {
				t.Errorf("got %v, want a KeyError about the %s", err, tt.part)
			}
		})
	}
}

func TestWritingInViewIsRefused(t *testing.T) {
	db, table := open(t), NewTable[int]("t")
	writes := map[string]func(tx *Tx) error{
		"Put":    func(tx *Tx) error { return table.Put(tx, "s", "k", 1) },
		"Delete": func(tx *Tx) error { return table.Delete(tx, "s", "k") },
		"Next":   func(tx *Tx) error { _, err := Next(tx, "s", "c"); return err },
		"Clear":  func(tx *Tx) error { return Clear(tx, "s") },
		"PutRaw": func(tx *Tx) error { return PutRaw(tx, "s", "t", "k", []byte(`1`)) },
	}
	for name, write := range writes {
		err := db.View(func(tx *Tx) error {
			if tx.Writable() {
				t.Error("a View says it is writable")
			}
			return write(tx)
		})
		if !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s in View: %v", name, err)
		}
	}
}

func TestTxEndsWithItsClosure(t *testing.T) {
	db, table := open(t), NewTable[int]("t")
	var leaked *Tx
	keep := func(tx *Tx) error { leaked = tx; return nil }
	for name, run := range map[string]func(func(*Tx) error) error{"View": db.View, "Update": db.Update} {
		if err := run(keep); err != nil {
			t.Fatal(err)
		}
		_, _, err := table.Get(leaked, "s", "k")
		if !errors.Is(err, ErrEnded) || leaked.Writable() {
			t.Errorf("Get after %s: %v", name, err)
		}
		if err := table.Put(leaked, "s", "k", 1); !errors.Is(err, ErrEnded) {
			t.Errorf("Put after %s: %v", name, err)
		}
		if err := table.Scan(leaked, "s", ScanOptions{}, nil); !errors.Is(err, ErrEnded) {
			t.Errorf("Scan after %s: %v", name, err)
		}
	}
}

func TestScan(t *testing.T) {
	db, table := open(t), NewTable[int]("t")
	update(t, db, func(tx *Tx) error {
		for sandbox, names := range map[string]string{"s": "a ab abc b b\xff b\xff\xff c", "r": "z", "t": "a", "s2": "a"} {
			for _, key := range strings.Fields(names) {
				if err := table.Put(tx, sandbox, key, 1); err != nil {
					return err
				}
			}
		}
		return nil
	})
	tests := []struct {
		o    ScanOptions
		want string
	}{
		{ScanOptions{}, "a ab abc b b\xff b\xff\xff c"},
		{ScanOptions{Prefix: "a"}, "a ab abc"},
		{ScanOptions{Prefix: "b\xff"}, "b\xff b\xff\xff"},
		{ScanOptions{Prefix: "bb"}, ""},
		{ScanOptions{After: "ab"}, "abc b b\xff b\xff\xff c"},
		{ScanOptions{After: "aa"}, "ab abc b b\xff b\xff\xff c"},
		{ScanOptions{After: "c"}, ""},
		{ScanOptions{Prefix: "b", After: "a"}, "b b\xff b\xff\xff"},
		{ScanOptions{Prefix: "a", After: "b"}, ""},
	}
	for _, tt := range tests {
		if got := keys(t, db, table, "s", tt.o); !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%+v: %q", tt.o, got)
		}
	}
	for _, tt := range []struct {
		o    ScanOptions
		want string
	}{
		{ScanOptions{}, "c b\xff\xff b\xff b abc ab a"},
		{ScanOptions{Prefix: "a"}, "abc ab a"},
		{ScanOptions{Prefix: "b\xff"}, "b\xff\xff b\xff"},
		{ScanOptions{After: "abc"}, "ab a"},
		{ScanOptions{After: "a"}, ""},
		{ScanOptions{Prefix: "a", After: "b"}, "abc ab a"},
		{ScanOptions{Prefix: "b", After: "a"}, ""},
	} {
		tt.o.Reverse = true
		if got := keys(t, db, table, "s", tt.o); !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%+v: %q", tt.o, got)
		}
	}
}

func TestScanStops(t *testing.T) {
	db, table, stop := open(t), NewTable[int]("t"), errors.New("stop")
	update(t, db, func(tx *Tx) error {
		for i := range 5 {
			if err := table.Put(tx, "s", fmt.Sprint(i), i); err != nil {
				return err
			}
		}
		return nil
	})
	seen := 0
	err := db.View(func(tx *Tx) error {
		return table.Scan(tx, "s", ScanOptions{}, func(_ string, v int) (bool, error) { seen++; return v < 2, nil })
	})
	if err != nil || seen != 3 {
		t.Errorf("more == false: %d calls, %v", seen, err)
	}
	err = db.View(func(tx *Tx) error {
		return table.Scan(tx, "s", ScanOptions{}, func(string, int) (bool, error) { return true, stop })
	})
	if !errors.Is(err, stop) {
		t.Errorf("an error of fn: %v", err)
	}
}

func TestScanWhileWriting(t *testing.T) {
	for _, reverse := range []bool{false, true} {
		db, table := open(t), NewTable[string]("t")
		const n = 2000
		update(t, db, func(tx *Tx) error {
			for i := range n {
				if err := table.Put(tx, "s", fmt.Sprintf("%05d", i), strings.Repeat("x", 50)); err != nil {
					return err
				}
			}
			return nil
		})
		var seen []string
		update(t, db, func(tx *Tx) error {
			seen = nil
			return table.Scan(tx, "s", ScanOptions{Reverse: reverse}, func(key, _ string) (bool, error) {
				seen = append(seen, key)
				return true, table.Delete(tx, "s", key)
			})
		})
		if len(seen) != n || len(slices.Compact(slices.Sorted(slices.Values(seen)))) != n {
			t.Errorf("reverse %v: a scan that deletes saw %d keys of %d", reverse, len(seen), n)
		}
		if left := keys(t, db, table, "s", ScanOptions{}); left != nil {
			t.Errorf("reverse %v: %d keys are left", reverse, len(left))
		}
	}
}

// A scan meets what its own writes have put ahead, and not what they have taken away.
func TestScanMeetsItsOwnWrites(t *testing.T) {
	for _, tt := range []struct {
		reverse bool
		want    string
	}{{false, "b c1 d"}, {true, "d c1 b"}} {
		db, table := open(t), NewTable[int]("t")
		var seen []string
		update(t, db, func(tx *Tx) error {
			seen = nil
			for _, key := range []string{"b", "c", "d"} {
				if err := table.Put(tx, "s", key, 1); err != nil {
					return err
				}
			}
			return table.Scan(tx, "s", ScanOptions{Reverse: tt.reverse}, func(key string, _ int) (bool, error) {
				seen = append(seen, key)
				return true, errors.Join(table.Put(tx, "s", "c1", 1), table.Delete(tx, "s", "c"), table.Delete(tx, "s", key))
			})
		})
		if got := strings.Join(seen, " "); got != tt.want {
			t.Errorf("reverse %v: %s, want %s", tt.reverse, got, tt.want)
		}
	}
}

// A reverse scan must find its way over pages that the same transaction has emptied.
func TestReverseScanOverEmptiedPages(t *testing.T) {
	db, table := open(t), NewTable[string]("t")
	update(t, db, func(tx *Tx) error {
		for i := range 2000 {
			if err := table.Put(tx, "s", fmt.Sprintf("%05d", i), strings.Repeat("x", 50)); err != nil {
				return err
			}
		}
		return nil
	})
	var seen []string
	collect := func(key, _ string) (bool, error) { seen = append(seen, key); return true, nil }
	update(t, db, func(tx *Tx) error {
		seen = nil
		for i := range 2000 {
			if i != 1 && i != 1998 {
				if err := table.Delete(tx, "s", fmt.Sprintf("%05d", i)); err != nil {
					return err
				}
			}
		}
		return table.Scan(tx, "s", ScanOptions{Reverse: true}, collect)
	})
	if !slices.Equal(seen, []string{"01998", "00001"}) {
		t.Errorf("got %q", seen)
	}
	update(t, db, func(tx *Tx) error {
		seen = nil
		return errors.Join(Clear(tx, "s"), table.Scan(tx, "s", ScanOptions{Reverse: true}, collect))
	})
	if seen != nil {
		t.Errorf("after Clear: %q", seen)
	}
}

func TestUnreadableValueIsNamed(t *testing.T) {
	db, table := open(t), NewTable[item]("items")
	update(t, db, func(tx *Tx) error { return PutRaw(tx, "s", "items", "k", []byte(`"text"`)) })
	err := db.View(func(tx *Tx) error { _, _, err := table.Get(tx, "s", "k"); return err })
	var typed *jsonv2.SemanticError
	if !errors.As(err, &typed) || !strings.Contains(fmt.Sprint(err), `"s/k"`) {
		t.Errorf("got %v", err)
	}
	if err := db.Update(func(tx *Tx) error {
		return NewTable[func()]("t").Put(tx, "s", "k", func() {})
	}); err == nil {
		t.Error("a value that is no JSON was accepted")
	}
}

package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// export lists a sandbox as Each gives it.
func export(t *testing.T, db *DB, sandbox string) (lines []string) {
	t.Helper()
	view(t, db, func(tx *Tx) error {
		return Each(tx, sandbox, func(table, key string, value []byte) error {
			lines = append(lines, fmt.Sprintf("%s %s %s", table, key, value))
			return nil
		})
	})
	return lines
}

func TestEachPutRawRoundTrip(t *testing.T) {
	db, other := open(t), open(t)
	update(t, db, fill)
	want := export(t, db, "default")
	tables := []string{"counters", "items", "items", "names", "names"}
	if len(want) != len(tables) {
		t.Fatalf("exported %q", want)
	}
	for i, line := range want {
		if !strings.HasPrefix(line, tables[i]+" ") {
			t.Errorf("line %d is %q, want table %s", i, line, tables[i])
		}
	}
	type row struct {
		table, key string
		value      []byte
	}
	var rows []row
	view(t, db, func(tx *Tx) error {
		return Each(tx, "default", func(table, key string, value []byte) error {
			rows = append(rows, row{table, key, value})
			return nil
		})
	})
	update(t, db, func(tx *Tx) error { return Clear(tx, "default") }) // the copies do not mind
	update(t, other, func(tx *Tx) error {
		for _, r := range rows {
			if err := PutRaw(tx, "renamed", r.table, r.key, r.value); err != nil {
				return err
			}
		}
		return nil
	})
	if got := export(t, other, "renamed"); !slices.Equal(got, want) {
		t.Errorf("imported %q, want %q", got, want)
	}
	update(t, other, func(tx *Tx) error {
		if n, err := Next(tx, "renamed", "payments"); n != 13 || err != nil {
			t.Errorf("the imported counter goes on at %d, %v", n, err)
		}
		return nil
	})
}

func TestEachStopsAtAnError(t *testing.T) {
	db, stop, calls := open(t), errors.New("stop"), 0
	update(t, db, fill)
	err := db.View(func(tx *Tx) error {
		return Each(tx, "default", func(string, string, []byte) error { calls++; return stop })
	})
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func TestPutRawRefuses(t *testing.T) {
	db := open(t)
	for _, tt := range []struct{ table, value string }{
		{"items", ``}, {"items", `{`}, {"items", `{} {}`}, {"items", `text`},
		{CountersTable, `"1"`}, {CountersTable, `-1`}, {CountersTable, `1.5`}, {CountersTable, `007`},
		{CountersTable, `18446744073709551616`},
	} {
		if err := db.Update(func(tx *Tx) error { return PutRaw(tx, "s", tt.table, "k", []byte(tt.value)) }); err == nil {
			t.Errorf("%s accepted %s", tt.table, tt.value)
		}
	}
	if got := export(t, db, "s"); got != nil {
		t.Errorf("kept %q", got)
	}
}

func TestPutRawTakesACopy(t *testing.T) {
	db, value := open(t), []byte(`"one"`)
	update(t, db, func(tx *Tx) error {
		err := PutRaw(tx, "s", "t", "k", value)
		copy(value, `"two"`)
		return err
	})
	if got, _ := find(t, db, NewTable[string]("t"), "s", "k"); got != "one" {
		t.Errorf("stored %q", got)
	}
}

func TestClear(t *testing.T) {
	db, big := open(t), NewTable[string]("big")
	update(t, db, fill)
	update(t, db, func(tx *Tx) error {
		for i := range 3 * clearChunk {
			if err := big.Put(tx, "default", fmt.Sprintf("%06d", i), "value"); err != nil {
				return err
			}
		}
		return nil
	})
	neighbour := export(t, db, "shop-b")
	update(t, db, func(tx *Tx) error { return Clear(tx, "default", "names", CountersTable) })
	want := []string{"counters payments 12", "names k\xff \"value\"", "names raw {\"a\":[1,2]}"}
	got := export(t, db, "default")
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("after Clear with tables to keep: %q", got)
	}
	update(t, db, func(tx *Tx) error { return Clear(tx, "default") })
	if got := export(t, db, "default"); got != nil {
		t.Errorf("after Clear: %q", got)
	}
	if got := export(t, db, "shop-b"); !slices.Equal(got, neighbour) || len(got) == 0 {
		t.Errorf("the neighbour has become %q", got)
	}
}

func TestCounters(t *testing.T) {
	db := open(t)
	for want := uint64(1); want <= 3; want++ {
		update(t, db, func(tx *Tx) error {
			if n, err := Count(tx, "s", "c"); n != want-1 || err != nil {
				t.Errorf("Count = %d, %v, want %d", n, err, want-1)
			}
			if n, err := Next(tx, "s", "c"); n != want || err != nil {
				t.Errorf("Next = %d, %v, want %d", n, err, want)
			}
			return nil
		})
	}
	view(t, db, func(tx *Tx) error {
		for _, other := range [][2]string{{"s", "d"}, {"r", "c"}, {"s", ""}} {
			if n, err := Count(tx, other[0], other[1]); n != 0 || err != nil {
				t.Errorf("Count(%q) = %d, %v", other, n, err)
			}
		}
		return nil
	})
	update(t, db, func(tx *Tx) error { return PutRaw(tx, "s", CountersTable, "c", []byte("18446744073709551615")) })
	if err := db.Update(func(tx *Tx) error { _, err := Next(tx, "s", "c"); return err }); err == nil {
		t.Error("the counter went round")
	}
}

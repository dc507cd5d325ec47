package store

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

const loggedGolden = "testdata/logged.golden"

// killed is a file whose process was killed after two commits and the making of their
// tables; the log holds them.
func killed(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "killed.db")
	db := openAt(t, path, Options{})
	update(t, db, fill)
	update(t, db, func(tx *Tx) error {
		return errors.Join(NewTable[item]("items").Delete(tx, "shop-b", "0001"), NewTable[int]("rising").Rising().Put(tx, "default", "1", 7))
	})
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(t.TempDir(), "left.db")
	if err := os.WriteFile(left, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return left
}

func TestLogIsPinned(t *testing.T) {
	got := dump(t, killed(t))
	if *updateGolden {
		if err := os.WriteFile(loggedGolden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(loggedGolden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the log has changed; killed files that users keep would be misread. Got:\n%s\nWant:\n%s", got, want)
	}
}

// A file that is closed has everything in its tables, as every older program reads it.
func TestClosedFileHasNoLog(t *testing.T) {
	path := killed(t)
	db := openAt(t, path, Options{})
	if v, ok := find(t, db, NewTable[int]("rising"), "default", "1"); !ok || v != 7 {
		t.Errorf("found %d, %v", v, ok)
	}
	update(t, db, func(tx *Tx) error { return NewTable[int]("rising").Put(tx, "default", "2", 8) })
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	layout := string(dump(t, path))
	if strings.Contains(layout, "log ") || !strings.Contains(layout, `"schema" = 1`) || !strings.Contains(layout, `"default\x002" = 8`) {
		t.Errorf("the closed file holds:\n%s", layout)
	}
}

// alterLog changes a record in a file.
func alterLog(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	b, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = b.Update(func(tx *bolt.Tx) error {
		log := tx.Bucket([]byte(logBucket))
		number, record := log.Cursor().First()
		return log.Put(bytes.Clone(number), change(bytes.Clone(record)))
	})
	if err := errors.Join(err, b.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestDamagedLog(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"a flipped bit":          func(b []byte) []byte { b[len(b)/2] ^= 4; return b },
		"cut off":                func(b []byte) []byte { return b[:len(b)-3] },
		"no check sum":           func([]byte) []byte { return []byte("x") },
		"nonsense with a sum":    func([]byte) []byte { return sealed([]byte("\x00\x03abc\x01x")) },
		"a flag nobody gave":     func([]byte) []byte { return sealed([]byte("\x08\x05t\x00s\x00k\x01x")) },
		"a value of no bytes":    func([]byte) []byte { return sealed([]byte("\x00\x05t\x00s\x00k\x00")) },
		"longer than the record": func([]byte) []byte { return sealed([]byte("\x00\x05t\x00s\x00k\x7fx")) },
	} {
		t.Run(name, func(t *testing.T) {
			path := killed(t)
			alterLog(t, path, change)
			var damaged *DamagedError
			if err := refuse(t, path); !errors.As(err, &damaged) || !strings.Contains(err.Error(), "log") {
				t.Errorf("got %v", err)
			}
			if _, err := examine(t, path); !errors.As(err, &damaged) {
				t.Errorf("the reader: %v", err)
			}
		})
	}
}

// Rows that cannot be folded stay where they are: in the log of a file that lasts.
// Only when there are too many of them is writing refused, and it goes on as soon as
// the cause is gone.
func TestFoldThatFails(t *testing.T) {
	for name, o := range map[string]Options{"ephemeral": {Ephemeral: true}, "durable": {}} {
		t.Run(name, func(t *testing.T) {
			o.limits = &limits{foldAt: 100_000, spent: 100_000, most: 400_000, slice: 5, large: 1 << 30, chunk: 30}
			db, table := openAt(t, filepath.Join(t.TempDir(), "cardsim.db"), o), NewTable[string]("t")
			// Bolt refuses the empty key, which only a test can write.
			update(t, db, func(tx *Tx) error { tx.set("a", nil, row{value: []byte("1")}); return nil })
			put := func(n int) error {
				return db.Update(func(tx *Tx) error {
					return table.Put(tx, "s", strings.Repeat("k", n), strings.Repeat("v", 5000))
				})
			}
			var refused error
			n := 0
			for refused == nil && n < 200 {
				n++
				refused = put(n)
			}
			if n < 60 || n > 100 || !errors.Is(refused, berrors.ErrKeyRequired) {
				t.Errorf("the put %d was refused: %v", n, refused)
			}
			if got := len(keys(t, db, table, "s", ScanOptions{})); got != n-1 {
				t.Errorf("%d rows of %d acknowledged", got, n-1)
			}
			update(t, db, func(tx *Tx) error { tx.set("a", nil, row{}); return nil })
			for n := range 100 {
				if err := put(200 + n); err != nil {
					t.Fatal(err)
				}
			}
			if size := waiting(db).size; size > db.limits.most {
				t.Errorf("%d bytes wait to be folded", size)
			}
		})
	}
}

// The log of a row that is written again and again does not grow for ever.
func TestLogIsBounded(t *testing.T) {
	const foldAt = 20_000
	path := filepath.Join(t.TempDir(), "cardsim.db")
	db := openAt(t, path, Options{limits: &limits{foldAt: foldAt, spent: foldAt, most: 1 << 20, slice: 3, large: 1 << 20, chunk: 10}})
	longest := int64(0)
	for range 300 {
		update(t, db, func(tx *Tx) error { return NewTable[string]("t").Put(tx, "s", "hot", strings.Repeat("x", 1000)) })
		view(t, db, func(tx *Tx) error {
			length := int64(0)
			if b := tx.bolt.Bucket([]byte(logBucket)); b != nil {
				_ = b.ForEach(func(_, record []byte) error { length += int64(len(record)); return nil })
			}
			longest = max(longest, length)
			return nil
		})
	}
	if longest < foldAt*3/4 || longest > 2*foldAt {
		t.Errorf("the log grew to %d bytes", longest)
	}
}

// FuzzRecord: whatever stands in a record is read, or refused; what was read is the
// same after it was written anew.
func FuzzRecord(f *testing.F) {
	record := appendChange(nil, place("items", []byte("default\x00a")), row{value: []byte(`{"name":"x"}`)})
	record = appendChange(record, place("items", []byte("default\x00b")), row{})
	f.Add(appendChange(record, place("rising", []byte("s\x00001")), row{value: []byte("7"), rising: true}))
	f.Add([]byte("\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, record []byte) {
		type change struct {
			value  string
			there  bool
			rising bool
		}
		read := func(record []byte) (found map[string]change, again []byte, err error) {
			found = map[string]change{}
			err = eachChange(record, func(at string, r row) {
				found[at] = change{string(r.value), r.value != nil, r.rising}
				again = appendChange(again, at, r)
			})
			return found, again, err
		}
		first, again, err := read(record)
		if err != nil {
			return
		}
		second, _, err := read(again)
		if err != nil || !maps.Equal(first, second) {
			t.Errorf("%q became %q: %v", record, again, err)
		}
	})
}

package store

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

var updateGolden = flag.Bool("update", false, "write the golden files anew (a change of them breaks files that users keep)")

const (
	layoutGolden = "testdata/layout.golden"
	schema1File  = "testdata/schema1.db"
)

// fill writes what the golden files hold.
func fill(tx *Tx) error {
	items, names := NewTable[item]("items"), NewTable[string]("names")
	steps := []func() error{
		func() error {
			return items.Put(tx, "default", "0001", item{Name: "Zoë <&>", Cents: -5, Tags: []string{"a", "b"}})
		},
		func() error {
			return items.Put(tx, "default", "0002/é", item{More: map[string]string{"z": "1", "a": "2"}})
		},
		func() error { return items.Put(tx, "shop-b", "0001", item{Name: "other world"}) },
		func() error { return names.Put(tx, "default", "k\xff", "value") },
		func() error { return PutRaw(tx, "default", "names", "raw", []byte("{\n  \"a\": [1, 2]\n}")) },
		func() error { _, err := Next(tx, "shop-b", "payments"); return err },
	}
	for range 12 {
		steps = append(steps, func() error { _, err := Next(tx, "default", "payments"); return err })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// dump prints everything in the file as bolt sees it.
func dump(t *testing.T, path string) []byte {
	t.Helper()
	b, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}()
	var out bytes.Buffer
	err = b.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(bucket []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				form := "%s %q = %s\n"
				if string(bucket) == logBucket {
					form = "%s %q = %q\n"
				}
				_, err := fmt.Fprintf(&out, form, bucket, k, v)
				return err
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestLayoutIsPinned(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cardsim.db")
	db := openAt(t, path, Options{Ephemeral: true})
	update(t, db, fill)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	got := dump(t, path)
	if *updateGolden {
		writeGolden(t, path, got)
	}
	want, err := os.ReadFile(layoutGolden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the layout has changed; files that users keep would be misread. Got:\n%s\nWant:\n%s", got, want)
	}
}

func writeGolden(t *testing.T, path string, layout []byte) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(schema1File, file, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(layoutGolden, layout, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A file that a user made with schema version 1 stays readable and writable.
func TestSchema1FileOpens(t *testing.T) {
	kept, err := os.ReadFile(schema1File)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "kept.db")
	if err := os.WriteFile(path, kept, 0o600); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(layoutGolden)
	if err != nil {
		t.Fatal(err)
	}
	if got := dump(t, path); !bytes.Equal(got, want) {
		t.Errorf("the kept file holds:\n%s", got)
	}
	db := openAt(t, path, Options{Ephemeral: true})
	if v, ok := find(t, db, NewTable[item]("items"), "default", "0001"); !ok || v.Name != "Zoë <&>" || v.Cents != -5 {
		t.Errorf("got %+v, %v", v, ok)
	}
	update(t, db, func(tx *Tx) error {
		if n, err := Next(tx, "default", "payments"); n != 13 || err != nil {
			t.Errorf("the counter went on at %d, %v", n, err)
		}
		return nil
	})
}

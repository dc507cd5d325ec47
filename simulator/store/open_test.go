package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// sample writes a database of several hundred pages and returns its path.
func sample(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.db")
	db, err := Open(path, Options{Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	table := NewTable[string]("t")
	for round := range 3 { // several commits leave a free list behind
		update(t, db, func(tx *Tx) error {
			for i := range 1000 {
				key := string(rune('a'+round)) + strings.Repeat("k", i%50) + string(rune('a'+i%26))
				if err := table.Put(tx, "s", key, strings.Repeat("v", 100)); err != nil {
					return err
				}
			}
			_, err := Next(tx, "s", "c")
			return err
		})
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// refuse opens a file that must be refused, and checks that it is left as it was.
func refuse(t *testing.T, path string) error {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db, refusal := Open(path, Options{})
	if refusal == nil {
		_ = db.Close()
		t.Fatal("the file was opened")
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the refused file was changed: %d bytes before, %d after, %v", len(before), len(after), err)
	}
	if !strings.Contains(refusal.Error(), path) {
		t.Errorf("the error does not name the file: %v", refusal)
	}
	return refusal
}

func TestDamagedFiles(t *testing.T) {
	whole, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	blank := func(from, to int) []byte {
		b := bytes.Clone(whole)
		clear(b[from:to])
		return b
	}
	// Each meta page names the page of its free list 48 bytes in.
	first := int(binary.NativeEndian.Uint64(whole[48:])) * page
	second := int(binary.NativeEndian.Uint64(whole[page+48:])) * page
	noFreeList := blank(first, first+page)
	clear(noFreeList[second : second+page])
	tests := map[string][]byte{
		"free list blank":           noFreeList,
		"one byte":                  []byte("x"),
		"text":                      []byte(strings.Repeat("cardsim: {}\n", 50)),
		"long text":                 []byte(strings.Repeat("cardsim: {}\n", 50_000)),
		"zeroes":                    make([]byte, 4*page),
		"cut in the first page":     whole[:page/2],
		"cut after the first page":  whole[:page],
		"cut after the meta pages":  whole[:2*page],
		"cut after three pages":     whole[:3*page],
		"cut in the middle":         whole[:len(whole)/2],
		"cut by one page":           whole[:len(whole)-page],
		"both meta pages blank":     blank(0, 2*page),
		"all but the metas blank":   blank(2*page, len(whole)),
		"SQLite":                    append([]byte("SQLite format 3\x00"), make([]byte, 3*page)...),
		"meta magic, broken digest": append(bytes.Clone(whole[:24]), make([]byte, 4*page)...),
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bad.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			var damaged *DamagedError
			if err := refuse(t, path); !errors.As(err, &damaged) {
				t.Errorf("got %v, want a DamagedError", err)
			}
			// The lock went with the refusal: a sound copy opens at once.
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			openAt(t, path, Options{Ephemeral: true})
		})
	}
}

// Whatever page is hit: an error at some point is fine, a crash or a silent change of a
// refused file is not.
func TestEveryPageDamaged(t *testing.T) {
	whole, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	path, page := filepath.Join(t.TempDir(), "bad.db"), os.Getpagesize()
	refusals, noticed := 0, 0
	for at := 0; at+page <= len(whole); at += page {
		fill := []byte{0x00, 0xff, 'x'}[at/page%3]
		bad := bytes.Clone(whole)
		copy(bad[at:], bytes.Repeat([]byte{fill}, page))
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := Open(path, Options{Ephemeral: true})
		if err != nil {
			refusals++
			var damaged *DamagedError
			if !errors.As(err, &damaged) { // a LockedError would be the lock of the page before
				t.Fatalf("page %d, fill %#x: %v", at/page, fill, err)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, bad) {
				t.Fatalf("page %d, fill %#x: the refused file was changed (%v)", at/page, fill, err)
			}
			continue
		}
		if useAll(db) != nil {
			noticed++
		}
		if err := db.Close(); err != nil {
			t.Fatalf("page %d, fill %#x: Close: %v", at/page, fill, err)
		}
	}
	if refusals == 0 || noticed == 0 {
		t.Errorf("%d files refused, %d noticed in use: the test does not reach both", refusals, noticed)
	}
}

// A file that is cut off while it is open faults in bolt's mapping: an error, no crash.
func TestFileCutOffInUse(t *testing.T) {
	db, err := Open(sample(t), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(db.Path(), int64(2*os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	table := NewTable[string]("t")
	for name, err := range map[string]error{
		"View": db.View(func(tx *Tx) error { _, _, err := table.Get(tx, "s", "k"); return err }),
		"walk": db.View(func(tx *Tx) error {
			return table.Scan(tx, "s", ScanOptions{}, func(string, string) (bool, error) { return true, nil })
		}),
		"Update": db.Update(func(tx *Tx) error { return table.Put(tx, "s", "k", "v") }),
		"Update that ignores the error": db.Update(func(tx *Tx) error {
			_, _, _ = table.Get(tx, "s", "k")
			return nil
		}),
	} {
		var damaged *DamagedError
		if !errors.As(err, &damaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// useAll reads and writes all over a database.
func useAll(db *DB) error {
	table := NewTable[string]("t")
	all := func(string, string) (bool, error) { return true, nil }
	return errors.Join(
		db.View(func(tx *Tx) error { return table.Scan(tx, "s", ScanOptions{}, all) }),
		db.View(func(tx *Tx) error { return table.Scan(tx, "s", ScanOptions{Reverse: true}, all) }),
		db.View(func(tx *Tx) error { _, err := Count(tx, "s", "c"); return err }),
		db.Update(func(tx *Tx) error { return table.Put(tx, "s", "new", "value") }),
		db.Update(func(tx *Tx) error { return Clear(tx, "s") }),
	)
}

func TestNewerAndForeignFiles(t *testing.T) {
	write := func(t *testing.T, bucket, key, value string) string {
		path := filepath.Join(t.TempDir(), "other.db")
		b, err := bolt.Open(path, 0o600, &bolt.Options{NoFreelistSync: true}) // bolt rewrites such a file on opening
		if err != nil {
			t.Fatal(err)
		}
		err = b.Update(func(tx *bolt.Tx) error {
			made, err := tx.CreateBucket([]byte(bucket))
			return errors.Join(err, made.Put([]byte(key), []byte(value)))
		})
		if err := errors.Join(err, b.Close()); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var newer *VersionError
	if err := refuse(t, write(t, metaBucket, schemaKey, "7")); !errors.As(err, &newer) ||
		newer.Found != 7 || newer.Supported != schemaVersion || !strings.Contains(err.Error(), "newer cardsim") {
		t.Errorf("a newer file: %v", err)
	}
	for name, path := range map[string]string{
		"another program's": write(t, "widgets", "a", "b"),
		"no version":        write(t, metaBucket, "other", "1"),
		"version zero":      write(t, metaBucket, schemaKey, "0"),
		"version text":      write(t, metaBucket, schemaKey, "one"),
	} {
		var damaged *DamagedError
		if err := refuse(t, path); !errors.As(err, &damaged) {
			t.Errorf("%s file: %v", name, err)
		}
	}
}

func TestUnfinishedFilesAreFinished(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	bare := filepath.Join(t.TempDir(), "bare.db") // its maker died before the first commit
	b, err := bolt.Open(bare, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{empty, bare} {
		db := openAt(t, path, Options{})
		update(t, db, func(tx *Tx) error { _, err := Next(tx, "s", "c"); return err })
	}
}

func TestLocked(t *testing.T) {
	db := open(t)
	for _, o := range []Options{{}, {Timeout: time.Millisecond}} {
		_, err := Open(db.Path(), o)
		var locked *LockedError
		if !errors.As(err, &locked) || !strings.Contains(err.Error(), "used by another cardsim") {
			t.Errorf("%+v: %v", o, err)
		}
	}
	update(t, db, func(tx *Tx) error { _, err := Next(tx, "s", "c"); return err })
}

func TestPathsThatCannotBe(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(folder, "missing")
	tests := map[string]string{
		folder:                         "it is a folder",
		filepath.Join(missing, "a.db"): "its folder",
		filepath.Join(file, "a.db"):    "not a directory",
		os.DevNull:                     "not a regular file",
	}
	for path, want := range tests {
		_, err := Open(path, Options{})
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := Open(filepath.Join(missing, "a.db"), Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing folder: %v", err)
	}
	if _, err := os.Stat(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the missing folder was made: %v", err)
	}
}

func TestUnwritableFile(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	path := sample(t)
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if err := refuse(t, path); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
}

func TestDurableFileStaysSmall(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "cardsim.db"), Options{})
	update(t, db, func(tx *Tx) error { _, err := Next(tx, "s", "c"); return err })
	info, err := os.Stat(db.Path())
	if err != nil || info.Size() > 2*growth || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// examine reads everything of a file as the doctor does: what is wrong with it, and
// how many rows it has. The file must be left as it was.
func examine(t *testing.T, path string) (rows int, wrong error) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("the file was changed: %d bytes before, %d after, %v", len(before), len(after), err)
		}
	}()
	r, err := OpenReader(path)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	found, err := r.Pages()
	if err != nil || len(found) > 0 {
		return 0, errors.Join(append(found, err)...)
	}
	return rows, r.View(func(tx *Tx) error {
		return Rows(tx, func(Row) error { rows++; return nil })
	})
}

func TestReaderReadsASoundFile(t *testing.T) {
	path := sample(t)
	rows, err := examine(t, path)
	if err != nil || rows < 1000 {
		t.Errorf("%d rows, %v", rows, err)
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := examine(t, path); err != nil {
		t.Errorf("a file that may only be read: %v", err)
	}
}

func TestReaderOfFilesWithoutContent(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := OpenReader(empty)
	if err != nil || !r.Empty() {
		t.Fatalf("%+v, %v", r, err)
	}
	if rows, err := examine(t, empty); rows != 0 || err != nil {
		t.Errorf("%d rows, %v", rows, err)
	}
	missing := filepath.Join(t.TempDir(), "missing.db")
	if _, err := OpenReader(missing); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), missing) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("the missing file was made")
	}
	if _, err := OpenReader(t.TempDir()); err == nil {
		t.Error("a folder was opened")
	}
	var locked *LockedError
	if _, err := OpenReader(open(t).Path()); !errors.As(err, &locked) {
		t.Errorf("a file in use: %v", err)
	}
}

// Whatever page is hit, and with whatever: the reader says so or the page is free; it
// never ends the program and never changes the file.
func TestReaderFindsEveryDamagedPage(t *testing.T) {
	whole, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	path, page := filepath.Join(t.TempDir(), "bad.db"), os.Getpagesize()
	sound := 0
	for at := 0; at+page <= len(whole); at += page {
		bad := bytes.Clone(whole)
		copy(bad[at:], bytes.Repeat([]byte{[]byte{0x00, 0xff, 'x'}[at/page%3]}, page))
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := examine(t, path); err == nil {
			sound++
		}
	}
	// The sample has free pages, and pages beyond those in use.
	if pages := len(whole) / page; sound > pages*9/10 {
		t.Errorf("%d of %d pages were damaged unnoticed", sound, pages)
	}
}

// A single flipped bit in the part of a page that says where things stand: bolt
// trusts it, the reader does not.
func TestReaderSurvivesFlippedBits(t *testing.T) {
	whole, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	path, page := filepath.Join(t.TempDir(), "bad.db"), os.Getpagesize()
	noticed := 0
	for at := 0; at < len(whole); at += 251 {
		if at%page > 256 { // heads of pages and their first entries
			continue
		}
		bad := bytes.Clone(whole)
		bad[at] ^= 1 << (at % 8)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := examine(t, path); err != nil {
			noticed++
		}
	}
	if noticed == 0 {
		t.Error("no flipped bit was noticed: the test does not reach the pages")
	}
}

// A page that points to itself would send bolt round for ever.
func TestReaderFindsACircle(t *testing.T) {
	whole, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	path, page := filepath.Join(t.TempDir(), "bad.db"), os.Getpagesize()
	circles := 0
	for at := 2 * page; at+page <= len(whole); at += page {
		if whole[at+8] != branchPage {
			continue
		}
		bad := bytes.Clone(whole)
		copy(bad[at+pageHeader+8:], whole[at:at+8]) // its first entry leads to itself
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := examine(t, path); err != nil && strings.Contains(err.Error(), "more than once") {
			circles++
		}
	}
	if circles == 0 {
		t.Error("no circle was found")
	}
}

func TestReaderRefusesWhatOpenRefuses(t *testing.T) {
	whole, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	for name, content := range map[string][]byte{
		"text":                []byte(strings.Repeat("cardsim: {}\n", 50_000)),
		"cut in the middle":   whole[:len(whole)/2],
		"cut by one page":     whole[:len(whole)-page],
		"cut in the heads":    whole[:page],
		"heads blank":         append(make([]byte, 2*page), whole[2*page:]...),
		"one byte":            []byte("x"),
		"everything but head": append(bytes.Clone(whole[:2*page]), make([]byte, len(whole)-2*page)...),
	} {
		path := filepath.Join(t.TempDir(), "bad.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		var damaged *DamagedError
		if _, err := examine(t, path); !errors.As(err, &damaged) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// One head that is damaged is lived with, and said.
func TestReaderNamesADamagedHead(t *testing.T) {
	path := sample(t)
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.WriteAt([]byte("damage"), 32)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := examine(t, path); err == nil || !strings.Contains(err.Error(), "head page 0 is damaged") {
		t.Errorf("got %v", err)
	}
}

func TestAudit(t *testing.T) {
	db := open(t)
	numbers := NewTable[int]("numbers")
	update(t, db, func(tx *Tx) error {
		return errors.Join(
			numbers.Put(tx, "a", "00001", 1), numbers.Put(tx, "a", "00002", -2),
			PutRaw(tx, "a", "numbers", "00003", []byte(`"three"`)), numbers.Put(tx, "b", "00004", -4))
	})
	err := db.View(func(tx *Tx) error {
		var found []Finding
		err := numbers.Audit(tx, "a", func(f Finding) { found = append(found, f) }, func(_ string, n int) string {
			if n < 0 {
				return "is below zero"
			}
			return ""
		})
		want := []Finding{{"a", "numbers", "00002", "is below zero"}, {"a", "numbers", "00003", "is no int"}}
		if len(found) != 2 || found[0] != want[0] || found[1] != want[1] {
			t.Errorf("found %+v", found)
		}
		if !numbers.Has(tx, "a", "00003") || numbers.Has(tx, "b", "00003") || numbers.Has(tx, "", "x") {
			t.Error("Has does not tell the keys apart")
		}
		for ordinal, want := range map[string]string{"0": "", "00000001": "lies beyond the counter c, which stands at 0", "x": "is no ordinal"} {
			if got := Behind(tx, "a", "c", ordinal); got != want {
				t.Errorf("ordinal %s: %q", ordinal, got)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

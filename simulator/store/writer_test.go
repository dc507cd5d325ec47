package store

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	berrors "go.etcd.io/bbolt/errors"
)

// grouped runs the closures as one group: they queue up while the writer is held, in
// order. It returns their errors.
func grouped(db *DB, fns ...func(*Tx) error) []error {
	gate, errs := make(chan struct{}), make([]error, len(fns))
	var all sync.WaitGroup
	all.Go(func() { _ = db.Update(func(*Tx) error { <-gate; return nil }) })
	synctest.Wait()
	for i, fn := range fns {
		all.Go(func() { errs[i] = db.Update(fn) })
		synctest.Wait()
	}
	close(gate)
	all.Wait()
	return errs
}

func TestGroupSharesOneCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, table := open(t), NewTable[int]("t")
		var fns []func(*Tx) error
		for i := range 100 {
			fns = append(fns, func(tx *Tx) error {
				n, err := Next(tx, "s", "c")
				if n != uint64(i)+1 {
					t.Errorf("closure %d got %d: closures do not see each other in order", i, n)
				}
				return errors.Join(err, table.Put(tx, "s", fmt.Sprint(i), i))
			})
		}
		if err := errors.Join(grouped(db, fns...)...); err != nil {
			t.Fatal(err)
		}
		if got, want := db.Stats(), (Stats{Commits: 1, Closures: 100, LargestGroup: 100}); got != want {
			t.Errorf("stats %+v, want %+v", got, want)
		}
	})
}

// What is folded is not mixed with what is written: a large commit would have to go to its
// tables in the one transaction that it is in.
func TestFoldingIsAGroupOfItsOwn(t *testing.T) {
	q, fn := newQueue(), func(*Tx) error { return nil }
	for _, fold := range []bool{false, false, true, true, false} {
		if err := q.add(&call{fn: fn, fold: fold}); err != nil {
			t.Fatal(err)
		}
	}
	var sizes []int
	for range 4 {
		sizes = append(sizes, len(q.take()))
	}
	if !slices.Equal(sizes, []int{2, 1, 1, 1}) {
		t.Errorf("groups of %v", sizes)
	}
}

func TestGroupIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := open(t)
		fns := make([]func(*Tx) error, 2*maxGroup+10)
		for i := range fns {
			fns[i] = func(tx *Tx) error { _, err := Next(tx, "s", "c"); return err }
		}
		if err := errors.Join(grouped(db, fns...)...); err != nil {
			t.Fatal(err)
		}
		if got := db.Stats(); got.Commits != 3 || got.LargestGroup != maxGroup {
			t.Errorf("stats %+v", got)
		}
	})
}

func TestFailuresLeaveTheOthersAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, table, refused := open(t), NewTable[int]("t"), errors.New("refused")
		runs := 0
		put := func(key string, end func() error) func(*Tx) error {
			return func(tx *Tx) error {
				if _, err := Next(tx, "s", "c"); err != nil {
					return err
				}
				return errors.Join(table.Put(tx, "s", key, 1), end())
			}
		}
		fine := func() error { return nil }
		errs := grouped(db,
			put("a", func() error { runs++; return nil }),
			put("b", func() error { return refused }),
			put("c", fine),
			put("d", func() error { panic("boom") }),
			func(*Tx) error { return refused }, // wrote nothing
			put("e", fine),
			put("f", func() error { runtime.Goexit(); return nil }),
			put("g", fine),
		)
		if !errors.Is(errs[1], refused) || !errors.Is(errs[4], refused) {
			t.Errorf("refusals: %v, %v", errs[1], errs[4])
		}
		var panicked, exited *PanicError
		if !errors.As(errs[3], &panicked) || panicked.Value != "boom" || !bytes.Contains(panicked.Stack, []byte("writer_test.go")) {
			t.Errorf("panic: %v", errs[3])
		}
		if !strings.Contains(errs[3].Error(), "boom") {
			t.Errorf("panic: %v", errs[3])
		}
		if !errors.As(errs[6], &exited) || !errors.Is(errs[6], errExit) {
			t.Errorf("exit: %v", errs[6])
		}
		if err := errors.Join(errs[0], errs[2], errs[5], errs[7]); err != nil {
			t.Error(err)
		}
		if got := fmt.Sprint(keys(t, db, table, "s", ScanOptions{})); got != "[a c e g]" {
			t.Errorf("kept %s", got)
		}
		want := Stats{Commits: 1, Closures: 4, LargestGroup: 4, Failed: 4}
		if got := db.Stats(); got != want || runs != 1 {
			t.Errorf("stats %+v, want %+v; the first closure ran %d times, want once", got, want, runs)
		}
		view(t, db, func(tx *Tx) error {
			n, err := Count(tx, "s", "c")
			if n != 4 {
				t.Errorf("the counter is at %d, want 4", n)
			}
			return err
		})
	})
}

// A failing commit acknowledges nobody, and the next group works when the cause is gone.
func TestFailedCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db, table, refused := open(t), NewTable[string]("t"), errors.New("refused")
		update(t, db, func(tx *Tx) error { return table.Put(tx, "s", "before", "x") })
		big := func(key string) func(*Tx) error {
			return func(tx *Tx) error { return table.Put(tx, "s", key, strings.Repeat("x", 4<<20)) }
		}
		db.bolt.MaxSize = 1 << 20 // bolt's own stand-in for a full disk
		errs := grouped(db, big("a"), func(*Tx) error { return refused }, big("b"))
		for i, err := range errs {
			if !errors.Is(err, berrors.ErrMaxSizeReached) {
				t.Errorf("closure %d: %v", i, err)
			}
		}
		if !errors.Is(errs[1], refused) {
			t.Errorf("the refused closure lost its own error: %v", errs[1])
		}
		if got := keys(t, db, table, "s", ScanOptions{}); fmt.Sprint(got) != "[before]" {
			t.Errorf("after the failed commit: %q", got)
		}
		update(t, db, func(tx *Tx) error { return table.Put(tx, "s", "small", "x") })
		db.bolt.MaxSize = 0
		update(t, db, big("a"))
		if got := keys(t, db, table, "s", ScanOptions{}); fmt.Sprint(got) != "[a before small]" {
			t.Errorf("after the cause has gone: %q", got)
		}
		if got := db.Stats(); got.FailedCommits != 1 || got.Commits != 3 {
			t.Errorf("stats %+v", got)
		}
	})
}

func TestCloseDrains(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := open(t)
		gate, errs := make(chan struct{}), make([]error, 20)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				errs[i] = db.Update(func(tx *Tx) error { <-gate; _, err := Next(tx, "s", "c"); return err })
			})
		}
		synctest.Wait()
		closed := make(chan error, 1)
		go func() { closed <- db.Close() }()
		synctest.Wait()
		if err := db.Update(func(*Tx) error { return nil }); !errors.Is(err, ErrClosed) {
			t.Errorf("Update after Close has begun: %v", err)
		}
		close(gate)
		all.Wait()
		if err := errors.Join(append(errs, <-closed)...); err != nil {
			t.Error(err)
		}
		reopened := openAt(t, db.Path(), Options{Ephemeral: true})
		view(t, reopened, func(tx *Tx) error {
			n, err := Count(tx, "s", "c")
			if n != 20 {
				t.Errorf("%d of 20 accepted closures were kept", n)
			}
			return err
		})
	})
}

func TestAfterClose(t *testing.T) {
	db := open(t)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"Update": db.Update(func(*Tx) error { return nil }),
		"View":   db.View(func(*Tx) error { return nil }),
		"Check":  db.Check(),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s after Close: %v", name, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Errorf("the second Close: %v", err)
	}
}

func TestPanicOfViewReachesTheCaller(t *testing.T) {
	db := open(t)
	func() {
		defer func() {
			if p := recover(); p != "boom" {
				t.Errorf("recovered %v", p)
			}
		}()
		_ = db.View(func(*Tx) error { panic("boom") })
	}()
	update(t, db, func(tx *Tx) error { _, err := Next(tx, "s", "c"); return err })
}

func TestManyWriters(t *testing.T) {
	db, table, refused := open(t), NewTable[int]("t"), errors.New("refused")
	const writers, each = 64, 25
	acknowledged := make([][]string, writers)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range each {
				key := fmt.Sprintf("%02d-%02d", w, i)
				err := db.Update(func(tx *Tx) error {
					if _, err := Next(tx, "s", "c"); err != nil {
						return err
					}
					if err := table.Put(tx, "s", key, i); err != nil {
						return err
					}
					switch (w + i) % 7 {
					case 0:
						return refused
					case 1:
						panic(refused)
					}
					return nil
				})
				if err == nil {
					acknowledged[w] = append(acknowledged[w], key)
				} else if !errors.Is(err, refused) {
					t.Errorf("%s: %v", key, err)
				}
			}
		})
	}
	all.Wait()
	want := map[string]bool{}
	for _, keys := range acknowledged {
		for _, key := range keys {
			want[key] = true
		}
	}
	got := keys(t, db, table, "s", ScanOptions{})
	for _, key := range got {
		if !want[key] {
			t.Errorf("%s failed, yet it is there", key)
		}
	}
	if len(got) != len(want) || len(want) == 0 || len(want) == writers*each {
		t.Errorf("%d acknowledged, %d kept", len(want), len(got))
	}
	view(t, db, func(tx *Tx) error {
		n, err := Count(tx, "s", "c")
		if n != uint64(len(want)) {
			t.Errorf("the counter is at %d, %d closures moved it", n, len(want))
		}
		return err
	})
}

package agenda

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cardsim/simulator/store"
	"cardsim/simulator/store/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func do(t testing.TB, db *store.DB, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Update(fn); err != nil {
		t.Fatal(err)
	}
}

func item(at time.Time, rank string) Item {
	return Item{At: at, Kind: "k", Rank: rank, ID: "id-" + rank}
}

// take returns the ranks of what is taken.
func take(t testing.TB, db *store.DB, until time.Time, more func(tx *store.Tx, i Item) (bool, error)) []string {
	t.Helper()
	var got []string
	do(t, db, func(tx *store.Tx) error {
		got = nil
		return Take(tx, "one", until, func(i Item) (bool, error) {
			got = append(got, i.Rank)
			return more(tx, i)
		})
	})
	return got
}

func all(*store.Tx, Item) (bool, error) { return true, nil }

func TestTakeIsInOrderAndOnce(t *testing.T) {
	db := storetest.Open(t)
	early := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	late := time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	do(t, db, func(tx *store.Tx) error {
		for _, i := range []Item{
			item(late, "7"), item(noon.Add(1), "5"), item(noon, "4"), item(noon, "3"), item(early, "1"),
			item(time.Date(1969, 12, 31, 23, 59, 59, 1, time.UTC), "2"), item(noon.Add(time.Second).In(time.FixedZone("", 3600)), "6"),
		} {
			if err := Put(tx, "one", i); err != nil {
				return err
			}
			if err := Put(tx, "one", i); err != nil { // noting it again changes nothing
				return err
			}
		}
		return Put(tx, "two", item(noon, "of another sandbox"))
	})
	if got := take(t, db, noon.Add(-1), all); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("before noon: %v", got)
	}
	if got := take(t, db, noon, all); !slices.Equal(got, []string{"3", "4"}) {
		t.Errorf("at noon: %v", got)
	}
	if got := take(t, db, late, func(_ *store.Tx, i Item) (bool, error) { return i.Rank != "5", nil }); !slices.Equal(got, []string{"5"}) {
		t.Errorf("until it wants no more: %v", got)
	}
	if got := take(t, db, late, all); !slices.Equal(got, []string{"6", "7"}) {
		t.Errorf("the rest: %v", got)
	}
}

// TestTakeMeetsWhatIsNotedMeanwhile: a retry that falls due within the time is
// taken in its turn, one beyond it is not.
func TestTakeMeetsWhatIsNotedMeanwhile(t *testing.T) {
	db := storetest.Open(t)
	do(t, db, func(tx *store.Tx) error {
		if err := Put(tx, "one", item(noon, "first")); err != nil {
			return err
		}
		return Put(tx, "one", item(noon.Add(3*time.Minute), "between"))
	})
	got := take(t, db, noon.Add(5*time.Minute), func(tx *store.Tx, i Item) (bool, error) {
		if i.Rank == "between" {
			return true, nil
		}
		return true, Put(tx, "one", item(i.At.Add(2*time.Minute), i.Rank+"+"))
	})
	if diff := cmp.Diff([]string{"first", "first+", "between", "first++"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := take(t, db, noon.Add(time.Hour), all); !slices.Equal(got, []string{"first+++"}) {
		t.Errorf("left: %v", got)
	}
}

func TestCovered(t *testing.T) {
	db := storetest.Open(t)
	do(t, db, func(tx *store.Tx) error {
		if ok, err := Covered(tx, "one", "k"); ok || err != nil {
			t.Errorf("covered from the start, %v", err)
		}
		if err := Cover(tx, "one", "k"); err != nil {
			return err
		}
		for where, want := range map[[2]string]bool{{"one", "k"}: true, {"one", "l"}: false, {"two", "k"}: false} {
			if ok, err := Covered(tx, where[0], where[1]); ok != want || err != nil {
				t.Errorf("%v: %v, %v", where, ok, err)
			}
		}
		return nil
	})
}

// TestAhead counts one kind of one sandbox, strictly behind the instant.
func TestAhead(t *testing.T) {
	db := storetest.Open(t)
	do(t, db, func(tx *store.Tx) error {
		other, longer := item(noon.Add(time.Hour), "1"), item(noon.Add(time.Hour), "1")
		other.Kind, longer.Kind = "l", "kk"
		for _, i := range []Item{
			item(noon.Add(-1), "1"), item(noon, "2"), item(noon.Add(1), "3"), item(noon.Add(9), "4"), item(noon.Add(10), "5"), item(noon.AddDate(7000, 0, 0), "6"), other, longer,
		} {
			if err := Put(tx, "one", i); err != nil {
				return err
			}
		}
		for now, want := range map[time.Time]int{
			noon.Add(-2): 6, noon.Add(-1): 5, noon: 4, noon.Add(1): 3, noon.Add(9): 2, noon.Add(time.Minute): 1, noon.AddDate(7000, 0, 0): 0, {}: 6,
		} {
			if n, err := Ahead(tx, "one", "k", now); n != want || err != nil {
				t.Errorf("behind %v: %d, %v, want %d", now, n, err, want)
			}
		}
		n, err := Ahead(tx, "two", "k", noon)
		if n != 0 {
			t.Errorf("another sandbox has %d", n)
		}
		return err
	})
}

// BenchmarkAhead is what a reading of the metrics costs with so many running.
func BenchmarkAhead(b *testing.B) {
	const running = 10_000
	db := storetest.Open(b)
	do(b, db, func(tx *store.Tx) error {
		for i := range running {
			if err := Put(tx, "one", item(noon.Add(time.Duration(i)*time.Millisecond), fmt.Sprintf("%020d", i))); err != nil {
				return err
			}
		}
		return nil
	})
	for b.Loop() {
		if err := db.View(func(tx *store.Tx) error {
			n, err := Ahead(tx, "one", "k", noon.Add(-1))
			if n != running {
				b.Fatalf("%d are ahead", n)
			}
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAgainstAList holds the agenda to a plain sorted list.
func TestAgainstAList(t *testing.T) {
	db := storetest.Open(t)
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		sandbox := fmt.Sprint("s", round)
		var model []Item
		drawn := func() Item {
			i := item(noon.Add(time.Duration(rapid.Int64Range(-3, 3).Draw(r, "at"))), fmt.Sprint(rapid.IntRange(0, 3).Draw(r, "rank")))
			return i
		}
		r.Repeat(map[string]func(*rapid.T){
			"put": func(*rapid.T) {
				i := drawn()
				do(t, db, func(tx *store.Tx) error { return Put(tx, sandbox, i) })
				if !slices.Contains(model, i) {
					model = append(model, i)
				}
			},
			"remove": func(*rapid.T) {
				i := drawn()
				do(t, db, func(tx *store.Tx) error { return Remove(tx, sandbox, i) })
				model = slices.DeleteFunc(model, func(o Item) bool { return o == i })
			},
			"take": func(r *rapid.T) {
				until := noon.Add(time.Duration(rapid.Int64Range(-3, 3).Draw(r, "until")))
				var got, want []Item
				do(t, db, func(tx *store.Tx) error {
					got = nil
					return Take(tx, sandbox, until, func(i Item) (bool, error) { got = append(got, i); return true, nil })
				})
				slices.SortFunc(model, func(a, b Item) int {
					if c := a.At.Compare(b.At); c != 0 {
						return c
					}
					return cmpText(a.Rank, b.Rank)
				})
				for len(model) > 0 && !model[0].At.After(until) {
					want, model = append(want, model[0]), model[1:]
				}
				if diff := cmp.Diff(want, got); diff != "" {
					r.Fatalf("(-want +got):\n%s", diff)
				}
			},
		})
	})
}

func cmpText(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

// TestStoredForm pins the JSON and the keys: users keep these files.
func TestStoredForm(t *testing.T) {
	db := storetest.Open(t)
	do(t, db, func(tx *store.Tx) error {
		if err := Put(tx, "one", item(noon.Add(7), "3")); err != nil {
			return err
		}
		return store.Each(tx, "one", func(table, key string, value []byte) error {
			const want = `agenda.dates 063962568000.000000007/k/3/id-3 {"at":"2026-11-22T12:00:00.000000007Z","kind":"k","rank":"3","id":"id-3"}`
			if got := table + " " + key + " " + string(value); got != want {
				t.Errorf("stored as\n%s, want\n%s", got, want)
			}
			return nil
		})
	})
}

package journal

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cardsim/simulator/store/storetest"
)

// TestAges: however requests come, move, end and are dropped, the order of receipt is
// that of all that is kept, and a restart restores it.
func TestAges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db := storetest.Open(t)
		j, err := Open(db, Options{MaxEntries: 4, MaxBytes: 12_000})
		if err != nil {
			rt.Fatal(err)
		}
		sandboxes := rapid.SampledFrom([]string{"a", "b", "c"})
		var underWay []*Record
		rt.Repeat(map[string]func(*rapid.T){
			"begin": func(rt *rapid.T) {
				underWay = append(underWay, j.Begin(Receipt{Sandbox: sandboxes.Draw(rt, "sandbox")}))
			},
			"move": func(rt *rapid.T) {
				if len(underWay) == 0 {
					rt.Skip("nothing is under way")
				}
				rapid.SampledFrom(underWay).Draw(rt, "record").Identify(sandboxes.Draw(rt, "sandbox"), time.Unix(1, 0))
			},
			"end": func(rt *rapid.T) {
				if len(underWay) == 0 {
					rt.Skip("nothing is under way")
				}
				i := rapid.IntRange(0, len(underWay)-1).Draw(rt, "which")
				underWay[i].Complete(nil)
				underWay = slices.Delete(underWay, i, i+1)
			},
			"forget": func(rt *rapid.T) {
				if err := j.Forget(sandboxes.Draw(rt, "sandbox")); err != nil {
					rt.Fatal(err)
				}
			},
			"": func(rt *rapid.T) { agesHold(rt, j) },
		})
		if err := j.Close(); err != nil {
			rt.Fatal(err)
		}
		if j, err = Open(db, Options{}); err != nil {
			rt.Fatal(err)
		}
		agesHold(rt, j)
		if err := j.Close(); err != nil {
			rt.Fatal(err)
		}
	})
}

func agesHold(t *rapid.T, j *Journal) {
	var want, got, back []uint64
	for _, s := range j.shelves {
		for _, r := range s.records {
			want = append(want, r.seq)
		}
	}
	slices.Sort(want)
	for r := j.ages.oldest; r != nil; r = r.age.after {
		got = append(got, r.seq)
	}
	for r := j.ages.newest; r != nil; r = r.age.before {
		back = append(back, r.seq)
	}
	slices.Reverse(back)
	if !slices.Equal(want, got) || !slices.Equal(want, back) {
		t.Fatalf("kept are %d, in order of receipt %d, backwards %d", want, got, back)
	}
}

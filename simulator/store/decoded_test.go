package store

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rich has everything that a row may hold.
type rich struct {
	Name   string
	At     time.Time
	Deep   *rich
	List   []rich
	Words  map[string][]string
	Fixed  [2]int
	Bytes  []byte
	hidden int //nolint:unused // an unexported plain field does no harm
}

func openDecoded(t *testing.T) *DB {
	t.Helper()
	db, err := Open(filepath.Join(t.TempDir(), "decoded.db"), Options{Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// flatter has no type inside itself, so that its copies can be planned.
type flatter struct {
	Name  string
	At    time.Time
	Deep  *struct{ Words []string }
	List  []struct{ Tags map[string]string }
	Bytes []byte
}

func sampleFlatter() flatter {
	return flatter{
		Name: "a", At: time.Unix(1, 0).UTC(), Deep: &struct{ Words []string }{[]string{"x", "y"}},
		List: []struct{ Tags map[string]string }{{map[string]string{"k": "v"}}, {nil}}, Bytes: []byte("b"),
	}
}

// What a reader does to the value it was given is seen by no other.
func TestReadersGetTheirOwnCopies(t *testing.T) {
	db, table := openDecoded(t), NewTable[flatter]("decoded.rows")
	if err := db.Update(func(tx *Tx) error { return table.Put(tx, "s", "k", sampleFlatter()) }); err != nil {
		t.Fatal(err)
	}
	for range 5 {
		err := db.View(func(tx *Tx) error {
			v, ok, err := table.Get(tx, "s", "k")
			if diff := cmp.Diff(sampleFlatter(), v); !ok || diff != "" {
				t.Errorf("found %t: %s", ok, diff)
			}
			v.Deep.Words[0], v.Bytes[0] = "spoiled", '!'
			v.List[0].Tags["k"] = "spoiled"
			v.List[1].Tags = map[string]string{"new": "one"}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if p := db.decoded.copying(reflect.TypeFor[flatter]()); !p.possible {
		t.Error("flatter is never remembered")
	}
}

func TestWhatIsCopied(t *testing.T) {
	for name, c := range map[string]struct {
		plan           copyPlan
		possible, none bool
	}{
		"string":         {planCopy(reflect.TypeFor[string](), 0), true, true},
		"plain struct":   {planCopy(reflect.TypeFor[struct{ A, b int }](), 0), true, true},
		"instant":        {planCopy(reflect.TypeFor[time.Time](), 0), true, true},
		"list":           {planCopy(reflect.TypeFor[[]string](), 0), true, false},
		"interface":      {planCopy(reflect.TypeFor[struct{ V any }](), 0), false, true},
		"hidden pointer": {planCopy(reflect.TypeFor[struct{ p *int }](), 0), false, true},
		"recursive":      {planCopy(reflect.TypeFor[rich](), 0), false, true},
		"map by number":  {planCopy(reflect.TypeFor[map[int]string](), 0), false, true},
	} {
		if c.plan.possible != c.possible || (c.plan.copy == nil) != c.none {
			t.Errorf("%s: possible %t, nothing to copy %t", name, c.plan.possible, c.plan.copy == nil)
		}
	}
}

// A reader never sees anything but what its transaction holds, whatever was
// written, rolled back or deleted before, and by whichever type it reads.
func TestRememberedIsWhatIsThere(t *testing.T) {
	db := openDecoded(t)
	table, other := NewTable[flatter]("decoded.rows"), NewTable[struct{ Name string }]("decoded.rows")
	undo := fmt.Errorf("undo")
	rapid.Check(t, func(rt *rapid.T) {
		want := map[string]string{}
		if err := db.Update(func(tx *Tx) error {
			for k := range 3 {
				if err := table.Delete(tx, "s", fmt.Sprint("k", k)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			rt.Fatal(err)
		}
		key := rapid.SampledFrom([]string{"k0", "k1", "k2"})
		rt.Repeat(map[string]func(*rapid.T){
			"write": func(rt *rapid.T) {
				k, v, fails := key.Draw(rt, "key"), rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "value"), rapid.Bool().Draw(rt, "fails")
				err := db.Update(func(tx *Tx) error {
					if err := table.Put(tx, "s", k, flatter{Name: v}); err != nil {
						return err
					}
					if got, _, err := table.Get(tx, "s", k); err != nil || got.Name != v {
						rt.Errorf("%v: %q inside, want %q", err, got.Name, v)
					}
					if fails {
						return undo
					}
					return nil
				})
				if fails != (err != nil) {
					rt.Fatal(err)
				}
				if !fails {
					want[k] = v
				}
			},
			"delete": func(rt *rapid.T) {
				k := key.Draw(rt, "key")
				if err := db.Update(func(tx *Tx) error { return table.Delete(tx, "s", k) }); err != nil {
					rt.Fatal(err)
				}
				delete(want, k)
			},
			"": func(rt *rapid.T) {
				_ = db.View(func(tx *Tx) error {
					for _, k := range []string{"k0", "k1", "k2"} {
						v, ok, err := table.Get(tx, "s", k)
						o, _, errOther := other.Get(tx, "s", k)
						if w, there := want[k]; err != nil || errOther != nil || ok != there || v.Name != w || o.Name != w {
							rt.Errorf("%s: %q and %q, found %t, %v %v; want %q", k, v.Name, o.Name, ok, err, errOther, w)
						}
					}
					return nil
				})
			},
		})
	})
}

// TestDecodedIsBounded reads far more than is remembered, from several sides.
func TestDecodedIsBounded(t *testing.T) {
	db := openDecoded(t)
	table := NewTable[string]("long")
	const rows = 4 * decodedRoom / 3 / 3000
	err := db.Update(func(tx *Tx) error {
		for n := range rows {
			if err := table.Put(tx, "s", fmt.Sprint(n), strings.Repeat("x", 3000)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for side := range 4 {
		wg.Go(func() {
			err := db.View(func(tx *Tx) error {
				for n := range rows {
					if _, ok, err := table.Get(tx, "s", fmt.Sprint((n+side*97)%rows)); err != nil || !ok {
						return fmt.Errorf("%d %t %w", n, ok, err)
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	var held int64
	for i := range db.decoded.slots {
		held += db.decoded.slots[i].Load().weight()
	}
	if told := db.decoded.held.Load(); told != held || held > decodedRoom || held < decodedRoom/2 {
		t.Errorf("%d bytes are remembered and %d told, of %d", held, told, decodedRoom)
	}
}

// TestDecodedNeighbours: of rows that meet in one pair of places two are remembered,
// that which was asked for before that which was not; and a former value of a row makes
// room for the next, not for ever for none.
func TestDecodedNeighbours(t *testing.T) {
	d := newDecoded()
	pair := d.hash("t", []byte("0")) % decodedSlots / 2
	var meet [][]byte
	for n := 1; len(meet) < 3; n++ {
		if key := []byte(strconv.Itoa(n)); d.hash("t", key)%decodedSlots/2 == pair {
			meet = append(meet, key)
		}
	}
	keep := func(row int, raw string) {
		d.keep(d.hash("t", meet[row]), &remembered{table: "t", key: meet[row], raw: []byte(raw)})
	}
	finds := func(row int, raw string) bool {
		return d.find(d.hash("t", meet[row]), "t", meet[row], []byte(raw)) != nil
	}
	keep(0, "former")
	keep(1, "present")
	keep(0, "present")
	if finds(0, "former") || !finds(0, "present") {
		t.Error("a former value is remembered, or the present one is not")
	}
	keep(2, "present")
	if finds(1, "present") || !finds(0, "present") || !finds(2, "present") {
		t.Error("of three rows it is not the one that nobody asked for which is forgotten")
	}
	keep(1, "present") // both others were asked for
	if !finds(1, "present") || finds(0, "present") == finds(2, "present") {
		t.Error("the last row is not remembered, or both others, or neither")
	}
	var want int64
	for i := range d.slots {
		want += d.slots[i].Load().weight()
	}
	if held := d.held.Load(); held != want {
		t.Errorf("they take %d, %d are told", want, held)
	}
}

package store

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

var errRefused = errors.New("refused")

// world is the model: sandbox, table and key joined by a slash, to the value.
type world map[string]string

// op is one step of a closure, to be done alike to the store and to the model.
type op struct {
	kind                string
	sandbox, table, key string
	value               string
}

func (o op) at() string { return o.sandbox + "/" + o.table + "/" + o.key }

func (o op) apply(tx *Tx) error {
	table := NewTable[string](o.table)
	switch o.kind {
	case "put":
		return table.Put(tx, o.sandbox, o.key, o.value)
	case "add": // as those do who know that nothing is there
		if _, there, err := table.Get(tx, o.sandbox, o.key); there || err != nil {
			return errors.Join(err, table.Put(tx, o.sandbox, o.key, o.value))
		}
		return table.Add(tx, o.sandbox, o.key, o.value)
	case "get":
		_, _, err := table.Get(tx, o.sandbox, o.key)
		return err
	case "delete":
		return table.Delete(tx, o.sandbox, o.key)
	case "next":
		_, err := Next(tx, o.sandbox, o.key)
		return err
	default:
		return Clear(tx, o.sandbox, o.table)
	}
}

func (o op) model(w world) {
	switch o.kind {
	case "put", "add":
		w[o.at()] = `"` + o.value + `"`
	case "delete":
		delete(w, o.at())
	case "next":
		at, n := o.sandbox+"/"+CountersTable+"/"+o.key, 0
		_, _ = fmt.Sscan(w[at], &n) // absent is zero
		w[at] = fmt.Sprint(n + 1)
	case "clear":
		maps.DeleteFunc(w, func(at, _ string) bool {
			return strings.HasPrefix(at, o.sandbox+"/") && !strings.HasPrefix(at, o.sandbox+"/"+o.table+"/")
		})
	}
}

// program is one closure: its steps and how it ends.
type program struct {
	ops []op
	end string
}

func (p program) run(tx *Tx) error {
	for _, o := range p.ops {
		if err := o.apply(tx); err != nil {
			return err
		}
	}
	switch p.end {
	case "error":
		return errRefused
	case "panic":
		panic(errRefused)
	}
	return nil
}

// drawProgram draws a closure that stays within the given sandboxes.
func drawProgram(t *rapid.T, sandboxes ...string) program {
	step := rapid.Custom(func(t *rapid.T) op {
		return op{
			kind:    rapid.SampledFrom([]string{"put", "put", "put", "add", "get", "delete", "delete", "next", "clear"}).Draw(t, "kind"),
			sandbox: rapid.SampledFrom(sandboxes).Draw(t, "sandbox"),
			table:   rapid.SampledFrom([]string{"t", "u"}).Draw(t, "table"),
			key:     rapid.StringMatching(`[abc\x{7f}]{1,3}`).Draw(t, "key"),
			// Long values spread a few keys over many pages.
			value: strings.Repeat("v", rapid.SampledFrom([]int{0, 10, 700}).Draw(t, "length")),
		}
	})
	return program{
		ops: rapid.SliceOfN(step, 0, 12).Draw(t, "ops"),
		end: rapid.SampledFrom([]string{"", "", "", "error", "panic"}).Draw(t, "end"),
	}
}

// machine drives a store and its model side by side.
type machine struct {
	db      *DB
	model   world
	options Options
}

// one runs a closure alone.
func (m *machine) one(t *rapid.T) {
	p := drawProgram(t, "a", "b", "aa")
	m.judge(t, p, m.db.Update(p.run))
}

// tracked runs a closure alone and compares what it tells of its writes.
func (m *machine) tracked(t *rapid.T) {
	p, before, told := drawProgram(t, "a"), maps.Clone(m.model), map[string]Change{}
	m.judge(t, p, m.db.Update(func(tx *Tx) error {
		tx.Track()
		err := p.run(tx)
		tx.Changes(func(table string, key, before, after []byte) {
			told["a/"+table+"/"+string(key)] = Change{Before: bytes.Clone(before), After: bytes.Clone(after)}
		})
		return err
	}))
	if p.end != "" {
		return
	}
	for at, c := range told {
		if string(c.Before) != before[at] || string(c.After) != m.model[at] {
			t.Fatalf("%q is told to have become %q from %q, where it is %q and was %q", at, c.After, c.Before, m.model[at], before[at])
		}
	}
	for at := range m.model {
		if _, known := told[at]; !known && before[at] != m.model[at] {
			t.Fatalf("nothing is told of %q, which was %q", at, before[at])
		}
	}
}

// together runs closures at the same time, each in sandboxes of its own, so that their
// order does not matter.
func (m *machine) together(t *rapid.T) {
	programs := make([]program, rapid.IntRange(2, 8).Draw(t, "closures"))
	for i := range programs {
		programs[i] = drawProgram(t, fmt.Sprintf("p%d", i))
	}
	errs := make([]error, len(programs))
	var all sync.WaitGroup
	for i, p := range programs {
		all.Go(func() { errs[i] = m.db.Update(p.run) })
	}
	all.Wait()
	for i, p := range programs {
		m.judge(t, p, errs[i])
	}
}

// reopen closes the file and opens it again.
func (m *machine) reopen(t *rapid.T) {
	path := m.db.Path()
	if err := errors.Join(m.db.Check(), m.db.Close()); err != nil {
		t.Fatal(err)
	}
	m.open(t, path)
}

// crash goes on with the file as it is at this moment, as if the process were killed.
func (m *machine) crash(t *rapid.T) {
	if m.options.Ephemeral {
		t.Skip("what is in memory only is not meant to last")
	}
	path := m.db.Path()
	content, err := os.ReadFile(path)
	if err := errors.Join(err, m.db.Close(), os.WriteFile(path, content, 0o600)); err != nil {
		t.Fatal(err)
	}
	m.examine(t, path)
	m.open(t, path)
}

// examine looks at the file as the doctor would.
func (m *machine) examine(t *rapid.T, path string) {
	r, err := OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	got := world{}
	found, err := r.Pages()
	err = errors.Join(append(found, err, r.View(func(tx *Tx) error {
		return Rows(tx, func(r Row) error {
			got[op{sandbox: r.Sandbox, table: r.Table, key: r.Key}.at()] = string(r.Value)
			return nil
		})
	}), r.Close())...)
	if err != nil || !maps.Equal(got, m.model) {
		t.Fatalf("%v: the killed file holds %d keys, the model %d, or they differ", err, len(got), len(m.model))
	}
}

// open has limits so small that everything that happens to large files happens here.
func (m *machine) open(t *rapid.T, path string) {
	o := m.options
	o.limits = &limits{foldAt: 1500, spent: 1500, most: 100_000, slice: 3, large: 5000, chunk: 4}
	db, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	m.db = db
}

// scan compares a random scan, inside a writing transaction with changes that are
// then thrown away.
func (m *machine) scan(t *rapid.T) {
	o := ScanOptions{
		Prefix:  rapid.StringMatching(`[abc]{0,2}`).Draw(t, "prefix"),
		After:   rapid.StringMatching(`[abc]{0,3}`).Draw(t, "after"),
		Reverse: rapid.Bool().Draw(t, "reverse"),
	}
	p, trial := drawProgram(t, "a"), maps.Clone(m.model)
	for _, step := range p.ops {
		step.model(trial)
	}
	p.end = ""
	var got []string
	err := m.db.Update(func(tx *Tx) error {
		got = nil
		if err := p.run(tx); err != nil {
			return err
		}
		return errors.Join(errRefused, NewTable[string]("t").Scan(tx, "a", o, func(key, v string) (bool, error) {
			got = append(got, key+`="`+v+`"`)
			return true, nil
		}))
	})
	if !errors.Is(err, errRefused) {
		t.Fatal(err)
	}
	if want := trial.scan("a/t/", o); !slices.Equal(got, want) {
		t.Fatalf("%+v gave %q, want %q", o, got, want)
	}
}

func (w world) scan(prefix string, o ScanOptions) (lines []string) {
	found := slices.Sorted(maps.Keys(w))
	if o.Reverse {
		slices.Reverse(found)
	}
	for _, at := range found {
		key, ok := strings.CutPrefix(at, prefix)
		behind := o.After == "" || !o.Reverse && key > o.After || o.Reverse && key < o.After
		if ok && behind && strings.HasPrefix(key, o.Prefix) {
			lines = append(lines, key+"="+w[at])
		}
	}
	return lines
}

// judge moves the model when the closure was to succeed, and checks its error.
func (m *machine) judge(t *rapid.T, p program, err error) {
	if p.end != "" {
		if !errors.Is(err, errRefused) {
			t.Fatalf("a closure that ends in %s gave %v", p.end, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range p.ops {
		o.model(m.model)
	}
}

// compare is the invariant: the store holds the model and nothing else.
func (m *machine) compare(t *rapid.T) {
	got := world{}
	err := m.db.View(func(tx *Tx) error {
		for _, sandbox := range []string{"a", "b", "aa", "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"} {
			err := Each(tx, sandbox, func(table, key string, value []byte) error {
				got[op{sandbox: sandbox, table: table, key: key}.at()] = string(value)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, m.model) {
		t.Fatalf("the store holds %d keys, the model %d, or they differ", len(got), len(m.model))
	}
}

func TestAgainstAModel(t *testing.T) {
	for name, o := range map[string]Options{
		"ephemeral": {Ephemeral: true}, "durable": {}, "straight": {Straight: []string{"u"}},
	} {
		t.Run(name, func(t *testing.T) { againstAModel(t, o) })
	}
}

func againstAModel(t *testing.T, o Options) {
	folder, runs := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		runs++
		m := &machine{model: world{}, options: o}
		m.open(t, filepath.Join(folder, fmt.Sprintf("%d.db", runs)))
		defer func() {
			if err := errors.Join(m.db.Check(), m.db.Close()); err != nil {
				t.Error(err)
			}
		}()
		t.Repeat(map[string]func(*rapid.T){
			"one": m.one, "tracked": m.tracked, "together": m.together, "scan": m.scan, "reopen": m.reopen, "crash": m.crash, "": m.compare,
		})
	})
}

package journal

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"cardsim/simulator/store"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// model is the journal as one would explain it: a list of requests.
type model struct {
	journal *Journal
	db      *store.DB
	under   []*Record
	all     []modelEntry // oldest first
	feeds   map[string]*follower
}

// follower knows a sandbox by what its feed has handed on.
type follower struct {
	feed  *Feed
	state map[string]State
}

// follow begins a feed of every sandbox.
func (m *model) follow() {
	m.feeds = map[string]*follower{}
	for _, s := range modelSandboxes {
		m.feeds[s] = &follower{m.journal.Follow(s), map[string]State{}}
	}
}

// told is what a follower knows after what is new, without what is gone.
func (f *follower) told() map[string]State {
	entries, _ := f.feed.Next(Query{})
	for _, e := range entries {
		f.state[e.ID] = e.State
	}
	maps.DeleteFunc(f.state, func(id string, _ State) bool { return !f.feed.Holds(id) })
	return f.state
}

func (f *follower) check(t *rapid.T, want []string, m *model) {
	told := f.told()
	if len(told) != len(want) {
		t.Fatalf("the feed told of %v, there are %v", told, want)
	}
	for _, id := range want {
		state := InFlight
		if m.all[slices.IndexFunc(m.all, func(e modelEntry) bool { return e.id == id })].done {
			state = Done
		}
		if told[id] != state {
			t.Fatalf("the feed says %s is %q, it is %s", id, told[id], state)
		}
	}
	if again, _ := f.feed.Next(Query{}); len(again) > 0 {
		t.Fatalf("nothing changed, and the feed tells of %d", len(again))
	}
}

type modelEntry struct {
	id, sandbox string
	done, gone  bool
}

const modelMax = 4

// TestJournalAgainstModel does what requests, people and restarts do, in any order.
func TestJournalAgainstModel(t *testing.T) {
	db, err := store.Open(filepath.Join(t.TempDir(), "cardsim.db"), store.Options{Ephemeral: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	rapid.Check(t, func(t *rapid.T) {
		m := &model{db: db}
		m.reopen(t)
		for _, s := range modelSandboxes {
			if err := m.journal.Forget(s); err != nil {
				t.Fatal(err)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"begin": m.begin, "identify": m.identify, "complete": m.complete,
			"clear": m.clear, "forget": m.forget, "reopen": m.reopen, "": m.check,
		})
		if err := m.journal.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

var modelSandboxes = []string{"a", "b", "c"}

func sandboxOf(t *rapid.T) string { return rapid.SampledFrom(modelSandboxes).Draw(t, "sandbox") }

func (m *model) record(t *rapid.T) *Record {
	if len(m.under) == 0 {
		t.Skip("nothing is under way")
	}
	return rapid.SampledFrom(m.under).Draw(t, "record")
}

func (m *model) entry(r *Record) *modelEntry {
	i := slices.IndexFunc(m.all, func(e modelEntry) bool { return e.id == r.ID() })
	return &m.all[i]
}

func (m *model) begin(t *rapid.T) {
	s := sandboxOf(t)
	r := m.journal.Begin(Receipt{Sandbox: s, At: noon})
	if n := len(m.all); n > 0 && m.all[n-1].id >= r.ID() {
		t.Fatalf("id %s comes behind %s", r.ID(), m.all[n-1].id)
	}
	m.under = append(m.under, r)
	m.all = append(m.all, modelEntry{id: r.ID(), sandbox: s})
	m.enforce(s)
}

func (m *model) identify(t *rapid.T) {
	r, s := m.record(t), sandboxOf(t)
	r.Identify(s, noon)
	e := m.entry(r)
	e.sandbox, e.gone = s, false
	m.enforce(s)
}

func (m *model) complete(t *rapid.T) {
	r := m.record(t)
	r.Complete(nil)
	m.under = slices.DeleteFunc(m.under, func(o *Record) bool { return o == r })
	e := m.entry(r)
	e.done = true
	m.enforce(e.sandbox)
}

func (m *model) clear(t *rapid.T)  { m.empty(t, m.journal.Clear, false) }
func (m *model) forget(t *rapid.T) { m.empty(t, m.journal.Forget, true) }

func (m *model) empty(t *rapid.T, empty func(string) error, all bool) {
	s := sandboxOf(t)
	if err := empty(s); err != nil {
		t.Fatal(err)
	}
	for i := range m.all {
		if e := &m.all[i]; e.sandbox == s && (all || e.done) {
			e.gone = true
		}
	}
}

func (m *model) reopen(t *rapid.T) {
	if m.journal != nil {
		if err := m.journal.Close(); err != nil {
			t.Fatal(err)
		}
	}
	j, err := Open(m.db, Options{MaxEntries: modelMax})
	if err != nil {
		t.Fatal(err)
	}
	m.journal, m.under = j, nil
	m.follow()
	for i := range m.all {
		m.all[i].done = true
	}
	for _, s := range modelSandboxes {
		m.enforce(s)
	}
}

// enforce forgets the oldest complete entries of a sandbox that has too many.
func (m *model) enforce(sandbox string) {
	for len(m.kept(sandbox)) > modelMax {
		i := slices.IndexFunc(m.all, func(e modelEntry) bool { return e.sandbox == sandbox && e.done && !e.gone })
		if i < 0 {
			return
		}
		m.all[i].gone = true
	}
}

// kept lists the ids of a sandbox, newest first.
func (m *model) kept(sandbox string) []string {
	kept := []string{}
	for _, e := range slices.Backward(m.all) {
		if e.sandbox == sandbox && !e.gone {
			kept = append(kept, e.id)
		}
	}
	return kept
}

func (m *model) check(t *rapid.T) {
	entries := 0
	var bytes int64
	for _, s := range modelSandboxes {
		want := m.kept(s)
		entries += len(want)
		if diff := cmp.Diff(want, idsOf(m.journal.List(s, Query{}))); diff != "" {
			t.Fatalf("sandbox %s (-want +got):\n%s", s, diff)
		}
		m.feeds[s].check(t, want, m)
		for _, id := range want {
			e, _ := m.journal.Get(s, id)
			if e.Sandbox != s {
				t.Fatalf("%s lies in %s and says %s", id, s, e.Sandbox)
			}
			bytes += e.size()
		}
	}
	if got := m.journal.Stats(); got.Entries != entries || got.InFlight != len(m.under) || got.Bytes != bytes {
		t.Fatalf("stats %+v, want %d entries, %d in flight, %d bytes", got, entries, len(m.under), bytes)
	}
}

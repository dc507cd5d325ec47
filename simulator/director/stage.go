package director

import (
	"fmt"
	"sync"

	"cardsim/scenarios"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// stage is what is active in one sandbox. Its scenarios never change; what
// became of the rules does.
type stage struct {
	active     *scenarios.Active
	sources    []string // by scenario
	behaviours behaviours

	mu   sync.Mutex
	cast map[string]*part // by scenario and rule
	fail string           // why the last reload was refused
}

// part is what became of one rule since it was activated.
type part struct{ matched, step int }

// note counts the rule that won.
func (s *stage) note(d scenarios.Decision) {
	if d.Rule == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := d.Scenario + "\x00" + d.Rule
	p := s.cast[key]
	if p == nil {
		p = &part{}
		s.cast[key] = p
	}
	p.matched++
	p.step = d.Step
}

func (s *stage) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cast = map[string]*part{}
}

// Status is an active scenario as GET S/scenarios shows it.
type Status struct {
	Name   string       `json:"name"`   // of the scenario
	Source string       `json:"source"` // shipped, a file's path, or admin api for a text that a call brought
	Rules  []RuleStatus `json:"rules"`  // in the order in which they are considered
	// Error says why the newest version of its file was refused; nil when it
	// was not.
	Error *string `json:"error"`
}

// RuleStatus is what became of a rule since its scenario was activated.
type RuleStatus struct {
	Name    string `json:"name"`    // as in the scenario
	Matched int    `json:"matched"` // how many requests it decided
	Step    int    `json:"step"`    // the last step taken, 0 for none
	Unused  bool   `json:"unused"`  // true while it has decided none
}

// Status lists what is active in a sandbox.
func (d *Director) Status(id string) []Status {
	list := []Status{}
	s := d.of(id)
	if s == nil {
		return list
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, sc := range s.active.Scenarios() {
		st := Status{Name: sc.Name, Source: s.sources[i], Rules: []RuleStatus{}}
		for _, r := range s.active.Rules() {
			if r.Scenario != sc.Name {
				continue
			}
			p := s.cast[r.Scenario+"\x00"+r.Rule]
			if p == nil {
				p = &part{}
			}
			st.Rules = append(st.Rules, RuleStatus{Name: r.Rule, Matched: p.matched, Step: p.step, Unused: p.matched == 0})
		}
		if s.fail != "" {
			st.Error = &s.fail
		}
		list = append(list, st)
	}
	return list
}

// Fail notes why a changed file was refused; what is active stays. Empty takes
// the note away.
func (d *Director) Fail(id, why string) {
	s := d.of(id)
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = why
	d.tell(News{Sandbox: id, Problem: why})
}

// keptSource is a source at rest: sealed, because it may hold card numbers and
// codes (decisions 24).
type keptSource struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// SourceTable names the table that a reset keeps.
const SourceTable = "director.sources"

var kept = store.NewTable[[]keptSource](SourceTable)

const keptKey = "active"

func keepSources(tx *store.Tx, w *sandbox.World, sources []Source) error {
	list := make([]keptSource, 0, len(sources))
	for _, s := range sources {
		list = append(list, keptSource{s.Name, w.Seal(string(s.Text))})
	}
	if err := kept.Put(tx, w.ID, keptKey, list); err != nil {
		return fmt.Errorf("keep the scenarios: %w", err)
	}
	return nil
}

func storedSources(tx *store.Tx, w *sandbox.World) ([]Source, error) {
	list, _, err := kept.Get(tx, w.ID, keptKey)
	if err != nil {
		return nil, fmt.Errorf("read the scenarios: %w", err)
	}
	sources := make([]Source, 0, len(list))
	for _, k := range list {
		sources = append(sources, Source{k.Name, []byte(w.Unseal(k.Text))})
	}
	return sources, nil
}

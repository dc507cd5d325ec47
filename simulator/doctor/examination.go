package doctor

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"cardsim/simulator/issuer"
	"cardsim/simulator/journal"
	"cardsim/simulator/notify"
	"cardsim/simulator/pay"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
	"cardsim/simulator/worlds"
)

// What to do, by kind of problem.
const (
	adviceCopy = "restore a copy of the file, or start with another one"
	adviceRow  = "restore a copy of the file; or delete the sandbox, or empty it (cardsim sandbox reset), and begin it anew"
)

// shared stands in place of a sandbox for what belongs to all of them.
const shared = "*"

// heldByJournal are the sandboxes whose entries the journal will find again: an
// entry of one that was deleted a moment before a crash is theirs.
const heldByJournal = "journal.sandboxes"

// examination is one walk through all checks.
type examination struct {
	report Report
	known  map[string]bool // sandboxes that the file has a state of
	held   map[string]bool // sandboxes that the journal has entries of
	rows   map[string]int  // by sandbox
}

// begin starts a check; what is added from here on is its own.
func (e *examination) begin(name string) {
	e.report.Checks = append(e.report.Checks, Check{Name: name})
}

func (e *examination) add(p Problem) {
	check := &e.report.Checks[len(e.report.Checks)-1]
	check.Problems++
	if len(e.report.Problems) == maxProblems {
		e.report.Omitted++
		return
	}
	p.Check = check.Name
	e.report.Problems = append(e.report.Problems, p)
}

// found takes a finding about a row.
func (e *examination) found(f store.Finding) {
	e.add(Problem{Sandbox: shown(f.Sandbox), Table: f.Table, Key: shown(f.Key), Problem: f.Problem, Advice: adviceRow})
}

// shown is a name fit for a terminal: a damaged one may hold anything.
func shown(name string) string {
	if quoted := strconv.QuoteToGraphic(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// run makes all checks of a file that can be opened. Damaged pages end it: what
// stands in them cannot be read safely.
func (e *examination) run(r *store.Reader) error {
	e.begin(CheckPages)
	wrong, err := r.Pages()
	if err != nil {
		return err
	}
	for _, err := range wrong {
		e.add(Problem{Problem: err.Error(), Advice: adviceCopy})
	}
	if len(wrong) > 0 || r.Empty() {
		return nil
	}
	err = r.View(func(tx *store.Tx) error {
		for _, step := range []func(*store.Tx) error{e.know, e.walk, e.judge} {
			if err := step(tx); err != nil {
				return err
			}
		}
		return nil
	})
	var damaged *store.DamagedError
	if errors.As(err, &damaged) {
		e.add(Problem{Problem: damaged.Reason, Advice: adviceCopy})
		return nil
	}
	return err
}

// know finds out which sandboxes there are.
func (e *examination) know(tx *store.Tx) error {
	e.known, e.held, e.rows = map[string]bool{}, map[string]bool{}, map[string]int{}
	return store.Rows(tx, func(r store.Row) error {
		if r.Table == sandbox.StateTable {
			e.known[r.Sandbox] = true
		} else {
			e.held[r.Key] = true
		}
		return nil
	}, sandbox.StateTable, heldByJournal)
}

// walk looks at every row as such.
func (e *examination) walk(tx *store.Tx) error {
	e.begin(CheckRows)
	foreign, err := store.Foreign(tx)
	if err != nil {
		return err
	}
	for _, name := range foreign {
		e.found(store.Finding{Table: shown(name), Problem: "is a table that no cardsim makes"})
	}
	err = store.Rows(tx, func(r store.Row) error {
		if problem := e.row(r); problem != "" {
			e.found(store.Finding{Sandbox: r.Sandbox, Table: r.Table, Key: r.Key, Problem: problem})
		}
		e.count(r)
		return nil
	})
	for _, id := range slices.Sorted(maps.Keys(e.rows)) {
		e.report.Sandboxes = append(e.report.Sandboxes, Sandbox{ID: shown(id), Rows: e.rows[id]})
	}
	return err
}

// row says what is wrong with a row, whatever its table means.
func (e *examination) row(r store.Row) string {
	switch {
	case !r.Named:
		return "has a key without sandbox or name"
	case r.Sandbox != shared && !e.known[r.Sandbox] && (r.Table != journal.Table || !e.held[r.Sandbox]):
		return "belongs to a sandbox that is not there"
	case r.Table == store.CountersTable:
		if n, err := strconv.ParseUint(string(r.Value), 10, 64); err != nil || n == 0 {
			return "is a counter and no whole number above 0"
		}
	case !json.Valid(r.Value):
		return "is no JSON"
	}
	return ""
}

// count adds a row to its table and sandbox; rows come table by table.
func (e *examination) count(r store.Row) {
	if r.Named && r.Sandbox != shared {
		e.rows[r.Sandbox]++
	}
	tables := e.report.Tables
	if len(tables) == 0 || tables[len(tables)-1].Name != r.Table {
		tables = append(tables, Table{Name: r.Table})
	}
	last := &tables[len(tables)-1]
	last.Rows++
	last.Bytes += int64(len(r.Sandbox) + 1 + len(r.Key) + len(r.Value))
	e.report.Tables = tables
}

// judge lets each package look at what it owns, sandbox by sandbox.
func (e *examination) judge(tx *store.Tx) error {
	e.begin(CheckSandbox)
	if err := worlds.Audit(tx, e.found); err != nil {
		return err
	}
	for _, owner := range []struct {
		check string
		audit func(tx *store.Tx, sandbox string, found func(store.Finding)) error
	}{
		{CheckMoney, pay.Audit}, {CheckScheme, scheme.Audit}, {CheckIssuer, issuer.Audit}, {CheckThreeDS, threeds.Audit}, {CheckMessages, notify.Audit},
	} {
		e.begin(owner.check)
		for _, id := range slices.Sorted(maps.Keys(e.rows)) {
			if err := owner.audit(tx, id, e.found); err != nil {
				return fmt.Errorf("sandbox %s: %w", shown(id), err)
			}
		}
	}
	return nil
}

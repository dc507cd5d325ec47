// Package doctor examines a database file: its pages, its rows, the money in it and
// everything that one row says of another.
//
// It owns the order of the checks, and what people are told to do about each kind of
// problem. It never changes a file, and never shows a value that is stored: what a
// table means is judged by the package that owns it.
package doctor

import (
	"errors"
	"fmt"
	"os"

	"cardsim/simulator/store"
)

// The names of the checks, in their order. Later ones are left out when the file is
// not fit for them.
const (
	CheckFile     = "file"     // it is a database of cardsim, whole, of a known version
	CheckPages    = "pages"    // heads, tree, free list
	CheckRows     = "rows"     // keys, JSON, known sandboxes, counters
	CheckSandbox  = "sandbox"  // sandboxes that were made are there
	CheckMoney    = "money"    // ledger and payments
	CheckScheme   = "scheme"   // tokens, cryptograms, authentications
	CheckIssuer   = "issuer"   // enrolments
	CheckThreeDS  = "threeds"  // 3-D Secure transactions
	CheckMessages = "messages" // the outbox
)

// maxProblems bounds a report: a file that is wrong in one way is often wrong in the
// same way a million times.
const maxProblems = 200

// Report is what an examination found. Its JSON is what doctor --json prints.
type Report struct {
	File      string    `json:"file"`
	Bytes     int64     `json:"bytes"`
	Schema    uint64    `json:"schema"` // 0: nothing was committed to the file yet
	Logged    bool      `json:"logged"` // the program was killed: what it committed last is in the log
	Healthy   bool      `json:"healthy"`
	Checks    []Check   `json:"checks"`
	Sandboxes []Sandbox `json:"sandboxes"`
	Tables    []Table   `json:"tables"`
	Problems  []Problem `json:"problems"`
	// Omitted counts the problems beyond the first two hundred.
	Omitted int `json:"omitted"`
}

// Check is one check that was made, and how many problems it found.
type Check struct {
	Name     string `json:"name"`
	Problems int    `json:"problems"`
}

// Sandbox is one sandbox of the file.
type Sandbox struct {
	ID   string `json:"id"`
	Rows int    `json:"rows"`
}

// Table is one table of the file, over all sandboxes.
type Table struct {
	Name  string `json:"name"`
	Rows  int    `json:"rows"`
	Bytes int64  `json:"bytes"` // of keys and values
}

// Problem is one thing that is wrong, where, and what to do.
type Problem struct {
	Check   string `json:"check"`
	Sandbox string `json:"sandbox,omitempty"`
	Table   string `json:"table,omitempty"`
	Key     string `json:"key,omitempty"`
	Problem string `json:"problem"`
	Advice  string `json:"advice"`
}

// Examine reads the whole file at path and reports what is wrong with it. An error
// means that it could not be examined: there is none, it may not be read, or a
// running cardsim holds it (*store.LockedError).
func Examine(path string) (Report, error) {
	e := &examination{report: Report{File: path, Checks: []Check{}, Sandboxes: []Sandbox{}, Tables: []Table{}, Problems: []Problem{}}}
	if info, err := os.Stat(path); err == nil {
		e.report.Bytes = info.Size()
	}
	e.begin(CheckFile)
	reader, err := store.OpenReader(path)
	if problem, about := e.unfit(err); about {
		e.add(problem)
		return e.report, nil
	}
	if err != nil {
		return e.report, fmt.Errorf("the file cannot be checked now: %w", err)
	}
	e.report.Schema, e.report.Logged = reader.Schema(), reader.Logged()
	err = e.run(reader)
	if closeErr := reader.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return e.report, fmt.Errorf("examine %q: %w", path, err)
	}
	e.report.Healthy = len(e.report.Problems) == 0
	return e.report, nil
}

// unfit says whether err is about the file's content.
func (e *examination) unfit(err error) (Problem, bool) {
	var damaged *store.DamagedError
	var version *store.VersionError
	switch {
	case errors.As(err, &damaged):
		return Problem{Problem: "it is damaged or no database of cardsim: " + damaged.Reason, Advice: adviceCopy}, true
	case errors.As(err, &version):
		e.report.Schema = version.Found
		return Problem{
			Problem: fmt.Sprintf("it has schema version %d, this program reads versions up to %d", version.Found, version.Supported),
			Advice:  "use a newer cardsim",
		}, true
	}
	return Problem{}, false
}

package worlds

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/director"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// The name and the version of the portable file. A change that an older program
// would misread raises the version; files of every older one keep loading.
const (
	Format  = "cardsim-sandbox"
	Version = 1
)

// File is the envelope of a portable file: what it is, and that it is whole.
type File struct {
	Format  string `json:"format"`  // cardsim-sandbox
	Version int    `json:"version"` // of the format
	ID      string `json:"id"`      // of the sandbox when it was exported; for people
	// Checksum is "sha256:" and the digest of Sandbox without white space.
	Checksum string `json:"checksum"`
	// Sandbox is everything in it. What it looks like is this program's own matter.
	Sandbox json.RawMessage `json:"sandbox"`
}

// portable is one sandbox. Card numbers, codes and the Cardtokens key are sealed
// with what seed and origin give; of everything else the store holds no clear text
// either. The credentials stand in clear: the named exception (decisions 9).
type portable struct {
	Seed     uint64                    `json:"seed"`
	Origin   string                    `json:"origin"`
	Clock    portableClock             `json:"clock"`
	Settings map[string]map[string]any `json:"settings,omitempty"` // that do not have their default
	Key      string                    `json:"cardtokensKey,omitempty"`
	content
	Scenarios []story                               `json:"scenarios,omitempty"`
	Counters  map[string]uint64                     `json:"counters"`
	Tables    map[string]map[string]json.RawMessage `json:"tables"` // by name and key
}

type portableClock struct {
	Mode clock.Mode `json:"mode"`
	At   *time.Time `json:"at,omitempty"` // frozen at
}

// story is a scenario in force.
type story struct {
	Source string `json:"source"` // shipped, a file's path, or admin api
	Text   string `json:"text"`   // sealed
}

// checksum is that of a sandbox in any layout.
func checksum(sandbox json.RawMessage) (string, error) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, sandbox); err != nil {
		return "", fmt.Errorf("read the sandbox: %w", err)
	}
	sum := sha256.Sum256(compact.Bytes())
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}

// travels says whether a table's rows are part of a file as they are. The state and
// the scenarios travel in their own form; the journal stays, because its ids are
// those of one simulator.
func travels(table string) bool {
	switch table {
	case store.CountersTable, sandbox.StateTable, director.SourceTable, director.RuleListTable, journal.Table, marks.Name(), buried.Name():
		return false
	}
	return table != "" && !strings.HasPrefix(table, journal.Table+".")
}

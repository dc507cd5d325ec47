package sandbox

import (
	"fmt"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/store"
)

// State is what is kept of a world beside its business state: enough to find
// the same draws and the same time again after a restart. Secrets are not in it.
type State struct {
	Seed   uint64     `json:"seed"`
	Origin string     `json:"origin"`
	Mode   clock.Mode `json:"clock"`
	At     *time.Time `json:"at,omitempty"` // frozen at
}

// StateTable names the table that a reset keeps.
const StateTable = "sandbox.worlds"

const stateKey = "world"

var states = store.NewTable[State](StateTable)

// StoredState reads what is kept of a sandbox; ok is false for a new one.
func StoredState(tx *store.Tx, id string) (s State, ok bool, err error) {
	return states.Get(tx, id, stateKey)
}

// SaveState keeps the world's seed, origin and clock.
func (w *World) SaveState(tx *store.Tx) error {
	s := State{Seed: w.Seed, Origin: w.Origin, Mode: w.Clock.Mode()}
	if s.Mode == clock.Frozen {
		at := w.Clock.Now()
		s.At = &at
	}
	if err := states.Put(tx, w.ID, stateKey, s); err != nil {
		return fmt.Errorf("keep the state of sandbox %s: %w", w.ID, err)
	}
	return nil
}

package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/store"
)

// State is what is kept of a world beside its business state: enough to find
// the same draws and the same time again after a restart. Secrets in it are
// sealed.
type State struct {
	Seed   uint64     `json:"seed"`
	Origin string     `json:"origin"`
	Mode   clock.Mode `json:"clock"`
	At     *time.Time `json:"at,omitempty"` // frozen at
	// Settings are the switches that were set by hand, over those of a file.
	Settings map[string]map[string]any `json:"settings,omitempty"`
	Key      string                    `json:"key,omitempty"`     // Kept.Key, sealed
	Content  string                    `json:"content,omitempty"` // Kept.Content, sealed
}

// StateTable names the table that a reset keeps.
const StateTable = "sandbox.worlds"

const stateKey = "world"

var states = store.NewTable[State](StateTable)

// StoredState reads what is kept of a sandbox; ok is false for a new one.
func StoredState(tx *store.Tx, id string) (s State, ok bool, err error) {
	return states.Get(tx, id, stateKey)
}

// Frozen is the instant that a stored clock stands at, nil in real time.
func (s State) Frozen() *time.Time {
	if s.Mode == clock.Frozen {
		return s.At
	}
	return nil
}

// Open gives back what is sealed in a state.
func (s State) Open() (Kept, error) {
	if s.Key == "" && s.Content == "" {
		return Kept{}, nil
	}
	sealer, err := NewSealer(s.Seed, s.Origin)
	if err != nil {
		return Kept{}, err
	}
	k := Kept{Key: []byte(sealer.Unseal(s.Key)), Content: []byte(sealer.Unseal(s.Content))}
	if len(k.Key) == 0 && s.Key != "" || len(k.Content) == 0 && s.Content != "" {
		return Kept{}, fmt.Errorf("what is stored of the sandbox made as %s with seed %d cannot be opened", s.Origin, s.Seed)
	}
	return k, nil
}

// Kept is what the store keeps of the world because no file has it.
func (w *World) Kept() Kept { return w.kept }

// State is what is kept of the world, as it stands.
func (w *World) State() State {
	s := State{
		Seed: w.Seed, Origin: w.Origin, Mode: w.Clock.Mode(), Settings: w.Settings.Patched(),
		Key: w.Seal(string(w.kept.Key)), Content: w.Seal(string(w.kept.Content)),
	}
	if s.Mode == clock.Frozen {
		at := w.Clock.Now()
		s.At = &at
	}
	return s
}

// same says that two states are stored alike.
func (s State) same(other State) bool {
	one, err := json.Marshal(s)
	two, otherErr := json.Marshal(other)
	return err == nil && otherErr == nil && bytes.Equal(one, two)
}

// SaveState keeps the world's seed, origin, clock, settings and secrets. It writes
// nothing where that is stored already: most starts change nothing, and need not wait
// for the disk then.
func (w *World) SaveState(tx *store.Tx) error {
	if err := w.Alive(); err != nil {
		return err
	}
	state := w.State()
	if stored, ok, err := StoredState(tx, w.ID); err == nil && ok && stored.same(state) {
		return nil
	}
	if err := states.Put(tx, w.ID, stateKey, state); err != nil {
		return fmt.Errorf("keep the state of sandbox %s: %w", w.ID, err)
	}
	return nil
}

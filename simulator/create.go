package simulator

import (
	"errors"
	"fmt"
	"time"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/worlds"
)

// SandboxOptions say what a new sandbox is to be. The zero value is a sandbox of
// the next free name with seed 1 in real time.
type SandboxOptions struct {
	// ID has lower-case letters, digits and hyphens, at most 63; empty means the
	// next free sb-1, sb-2 and so on.
	ID string
	// Seed decides, with the id, credentials and every draw; nil means 1.
	Seed *uint64
	// Clock freezes the sandbox at an instant; nil is real time.
	Clock *time.Time
	// Scenarios are active from the start: names of shipped ones, or files. Files
	// are read once.
	Scenarios []string
	// Settings are switches by provider and name, as fixture files have them.
	Settings map[string]map[string]any
	// CardtokensKey is an RSA private key as PEM; empty means the published pair.
	CardtokensKey []byte
}

// Sandbox is a world of its own inside a running simulator.
type Sandbox struct {
	ID   string
	Seed uint64
	// Env is what a program under test needs to use the sandbox (interface §5).
	Env map[string]string
}

// CreateSandbox makes a sandbox with its own credentials at all four providers;
// same id and seed, same credentials. It is an error when the id is taken or an
// option cannot be used, and nothing is left behind then.
func (s *Simulator) CreateSandbox(o SandboxOptions) (Sandbox, error) {
	sources, err := Sources(o.Scenarios)
	if err != nil {
		return Sandbox{}, err
	}
	w, err := s.keeper.Create(worlds.Order{
		ID: o.ID, Seed: o.Seed, Clock: o.Clock, Scenarios: sources, Settings: o.Settings, CardtokensKey: o.CardtokensKey,
	})
	if err != nil {
		return Sandbox{}, fmt.Errorf("make a sandbox: %w", err)
	}
	pem, err := w.PublicKeyPEM(sandbox.SPKI)
	if err != nil {
		return Sandbox{}, err
	}
	return Sandbox{ID: w.ID, Seed: w.Seed, Env: w.Env(s.addresses(), pem)}, nil
}

// DeleteSandbox ends a sandbox. Its credentials are refused from then on. The
// default sandbox cannot be deleted.
func (s *Simulator) DeleteSandbox(id string) error {
	if err := s.keeper.Delete(id); err != nil {
		return fmt.Errorf("delete a sandbox: %w", err)
	}
	return nil
}

// ResetSandbox empties one sandbox; seed, credentials, settings, clock and
// scenarios stay.
func (s *Simulator) ResetSandbox(id string) error {
	w, ok := s.worlds.ByID(id)
	if !ok {
		return fmt.Errorf("reset a sandbox: %w: %s", worlds.ErrNone, id)
	}
	return s.keeper.Reset(w)
}

// IsNoSandbox says whether err is that there is no sandbox of an id.
func IsNoSandbox(err error) bool { return errors.Is(err, worlds.ErrNone) }

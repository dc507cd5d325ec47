package simulator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"

	"cardsim/simulator/admin"
	"cardsim/simulator/core"
	"cardsim/simulator/director"
	"cardsim/simulator/events"
	"cardsim/simulator/guard"
	"cardsim/simulator/journal"
	"cardsim/simulator/metrics"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/worlds"
)

// Simulator is a running simulator. Close ends it.
type Simulator struct {
	cfg      Config
	log      *slog.Logger
	db       *store.DB
	journal  *journal.Journal
	worlds   *sandbox.Registry
	director *director.Director
	keeper   *worlds.Keeper
	reloader *reloader // nil when the start names no scenario file
	front    *provider.Front
	mounted  func() (*provider.Front, error) // waits for front at the start
	api      func() *admin.API
	events   *events.Hub
	metrics  *metrics.Metrics
	servers  servers
	root     string         // publicURL, made once: every request needs it
	outcomes []core.Outcome // provided(), made once
	keys     keyring
	ready    atomic.Bool
	ca       []byte             // the run's certificate authority as PEM; nil without one
	stop     context.CancelFunc // ends scripted delays
	remove   string             // temporary folder to remove at Close
}

// New opens the store, listens on both addresses and serves. When it returns
// without error, both listeners accept and the ready file is written.
func New(cfg Config) (*Simulator, error) {
	s := &Simulator{cfg: cfg.withDefaults(), outcomes: provided(), keys: readKeys()}
	s.log = s.cfg.Log
	for _, step := range []func() error{s.openNews, s.openStore, s.openJournal, s.openWorlds, s.openScenarios, s.listen, s.serve, s.writeReadyFile} {
		if err := step(); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// URL is the root of the providers' listener, without a slash at the end.
func (s *Simulator) URL() string { return s.servers.providerURL() }

// AdminURL is the root of the admin listener; empty when it is off.
func (s *Simulator) AdminURL() string { return s.servers.adminURL() }

// Env is what a program under test needs to use the default sandbox (interface §5).
func (s *Simulator) Env() (map[string]string, error) {
	w := s.worlds.Default()
	pem, err := w.PublicKeyPEM(sandbox.SPKI)
	if err != nil {
		return nil, err
	}
	return w.Env(s.addresses(), pem), nil
}

func (s *Simulator) addresses() sandbox.Addresses {
	return sandbox.Addresses{URL: s.publicURL(), AdminURL: s.AdminURL()}
}

// publicURL is the base of the URLs handed out.
func (s *Simulator) publicURL() string {
	if s.cfg.PublicURL != "" {
		return s.cfg.PublicURL
	}
	return s.URL()
}

// Errors reports a listener that failed while serving; it is closed at Close.
func (s *Simulator) Errors() <-chan error { return s.servers.failed }

// Close stops accepting, cancels scripted delays, lets running requests finish
// within a moment, writes the journal and closes the store. It may be called
// on a simulator that failed to start, and more than once.
func (s *Simulator) Close() error {
	s.ready.Store(false)
	if s.stop != nil {
		s.stop()
	}
	errs := []error{s.servers.close()}
	if s.reloader != nil {
		errs = append(errs, s.reloader.close())
		s.reloader = nil
	}
	if s.keeper != nil {
		s.keeper.Close()
		s.keeper = nil
	}
	if s.journal != nil {
		errs = append(errs, s.journal.Close())
		s.journal = nil
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
		s.db = nil
	}
	if s.remove != "" {
		errs = append(errs, os.RemoveAll(s.remove))
		s.remove = ""
	}
	return errors.Join(errs...)
}

func (c Config) withDefaults() Config {
	if c.Listen == "" {
		c.Listen = "127.0.0.1:0"
	}
	if c.Admin == "" {
		c.Admin = "127.0.0.1:0"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Guard == "" {
		c.Guard = guard.Warn
	}
	if c.Version == "" {
		c.Version = "devel"
	}
	return c
}

// openStore opens the file, or a temporary one for an ephemeral simulator.
func (s *Simulator) openStore() error {
	path := s.cfg.Data
	if s.cfg.Ephemeral || path == "" {
		dir, err := os.MkdirTemp("", "cardsim-")
		if err != nil {
			return fmt.Errorf("make a temporary folder: %w", err)
		}
		s.remove, path = dir, dir+"/cardsim.db"
	}
	db, err := store.Open(path, store.Options{Ephemeral: s.remove != "", Straight: []string{journal.Table}, Observer: s.observer()})
	if err != nil {
		return err
	}
	s.db = db
	return nil
}

// openJournal begins to read what the journal holds; serve waits for it.
func (s *Simulator) openJournal() error {
	s.journal = journal.New(s.db, journal.Options{
		MaxEntries: s.cfg.JournalEntries, MaxBytes: s.cfg.JournalBytes, Log: s.log, Ephemeral: s.remove != "", Listener: s.events,
	})
	s.journal.Prepare()
	return nil
}

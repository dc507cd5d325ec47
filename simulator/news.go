package simulator

import (
	"cardsim/simulator/director"
	"cardsim/simulator/events"
	"cardsim/simulator/metrics"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
	"cardsim/simulator/worlds"
)

// openNews makes the two that learn of everything, before there is anything.
func (s *Simulator) openNews() error {
	s.events = events.NewHub()
	s.metrics = metrics.New(metrics.Options{Version: s.cfg.Version, Commit: s.cfg.Commit, Outcomes: s.outcomes})
	return nil
}

// observer tells both of what the store commits.
func (s *Simulator) observer() store.Observer {
	return store.Observer{
		Committed: s.metrics.Committed,
		Tables:    events.Tables(), Listening: s.events.Listening, Written: s.events.Stored,
	}
}

// toldOfSandbox tells of a sandbox.
func (s *Simulator) toldOfSandbox(id string, what worlds.Turn) {
	action := map[worlds.Turn]events.Action{
		worlds.Created: events.Created, worlds.Emptied: events.Emptied, worlds.Deleted: events.Deleted, worlds.Imported: events.Imported,
	}[what]
	s.events.Publish(events.Event{Sandbox: id, Kind: events.Sandbox, ID: id, Action: action})
}

// toldOfScenarios tells of scenarios and of how cards behave.
func (s *Simulator) toldOfScenarios(n director.News) {
	e := events.Event{Sandbox: n.Sandbox, Kind: events.Scenarios, Action: events.Changed, Detail: n.Problem}
	switch {
	case n.Cards:
		e.Kind = events.Card
	case n.Problem != "":
		e.Action = events.Refused
	}
	s.events.Publish(e)
}

// countAll adds to the metrics what is asked for when they are read.
func (s *Simulator) countAll() {
	db, registry, hub := s.db, s.worlds, s.events
	s.metrics.Watch(metrics.Sources{
		Journal: s.journal.Stats, Store: db.Stats, StoreSize: db.Size,
		Sandboxes:  func() int { return len(registry.Worlds()) },
		Challenges: func() (int, error) { return running(db, registry.Worlds()) },
		Streams:    func() (int, uint64) { st := hub.Stats(); return st.Readers, st.Lost },
	})
}

// running counts the challenges that run, each by the clock of its sandbox.
func running(db *store.DB, all []*sandbox.World) (n int, err error) {
	err = db.View(func(tx *store.Tx) error {
		for _, w := range all {
			here, err := threeds.RunningCount(w.At(w.Clock.Now(), tx))
			if err != nil {
				return err
			}
			n += here
		}
		return nil
	})
	return n, err
}

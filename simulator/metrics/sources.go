package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"cardsim/simulator/journal"
	"cardsim/simulator/store"
)

// Sources are asked when somebody reads the metrics, and cost nothing before.
type Sources struct {
	Journal   func() journal.Stats
	Store     func() store.Stats
	StoreSize func() (int64, error) // of the database file, in bytes
	Sandboxes func() int
	// Challenges is how many run, of all sandboxes, each at its own time.
	Challenges func() (int, error)
	// Streams are the open event streams, and the events that they lost by being slow.
	Streams func() (open int, lost uint64)
}

// Watch adds what the sources tell. It is called once.
func (m *Metrics) Watch(s Sources) { m.registry.MustRegister(newReadings(s)) }

// reading is one number of the sources.
type reading struct {
	desc *prometheus.Desc
	kind prometheus.ValueType
	of   func(now) float64
}

// now is what the sources told in one go.
type now struct {
	journal   journal.Stats
	store     store.Stats
	sandboxes int
	streams   int
	lost      uint64
}

// readings is the collector of what the sources tell.
type readings struct {
	sources Sources
	list    []reading
	// Those that may have no answer just now, and then are left out.
	size, running *prometheus.Desc
}

func newReadings(s Sources) *readings {
	r := &readings{
		sources: s,
		size:    prometheus.NewDesc("cardsim_store_file_bytes", "Length of the database file.", nil, nil),
		running: prometheus.NewDesc("cardsim_challenges_running", "Challenges that wait for their cardholder.", nil, nil),
	}
	gauge := func(name, help string, of func(now) float64) {
		r.list = append(r.list, reading{prometheus.NewDesc(name, help, nil, nil), prometheus.GaugeValue, of})
	}
	total := func(name, help string, of func(now) float64) {
		r.list = append(r.list, reading{prometheus.NewDesc(name, help, nil, nil), prometheus.CounterValue, of})
	}
	gauge("cardsim_journal_entries", "Entries that the journal holds, of all sandboxes.", func(n now) float64 { return float64(n.journal.Entries) })
	gauge("cardsim_journal_bytes", "About what the entries of the journal take in memory.", func(n now) float64 { return float64(n.journal.Bytes) })
	gauge("cardsim_journal_in_flight", "Requests under way.", func(n now) float64 { return float64(n.journal.InFlight) })
	total("cardsim_journal_dropped_total", "Entries that the journal dropped for its bounds.", func(n now) float64 { return float64(n.journal.Dropped) })
	total("cardsim_journal_unsaved_total", "Entries that never reached the disk.", func(n now) float64 { return float64(n.journal.Unsaved) })
	total("cardsim_store_commits_total", "Commits of the store.", func(n now) float64 { return float64(n.store.Commits) })
	total("cardsim_store_transactions_total", "Transactions that were committed.", func(n now) float64 { return float64(n.store.Closures) })
	total("cardsim_store_failed_commits_total", "Commits that the disk refused.", func(n now) float64 { return float64(n.store.FailedCommits) })
	gauge("cardsim_sandboxes", "Sandboxes that exist.", func(n now) float64 { return float64(n.sandboxes) })
	gauge("cardsim_events_subscribers", "Event streams that are open.", func(n now) float64 { return float64(n.streams) })
	total("cardsim_events_dropped_total", "Events that streams did not get because they were too slow.", func(n now) float64 { return float64(n.lost) })
	return r
}

// Describe tells the registry what comes.
func (r *readings) Describe(to chan<- *prometheus.Desc) {
	for _, one := range r.list {
		to <- one.desc
	}
	to <- r.size
	to <- r.running
}

// Collect asks the sources, each once.
func (r *readings) Collect(to chan<- prometheus.Metric) {
	n := now{journal: r.sources.Journal(), store: r.sources.Store(), sandboxes: r.sources.Sandboxes()}
	n.streams, n.lost = r.sources.Streams()
	for _, one := range r.list {
		to <- prometheus.MustNewConstMetric(one.desc, one.kind, one.of(n))
	}
	if size, err := r.sources.StoreSize(); err == nil { // a file that cannot be looked at has no size
		to <- prometheus.MustNewConstMetric(r.size, prometheus.GaugeValue, float64(size))
	}
	if running, err := r.sources.Challenges(); err == nil {
		to <- prometheus.MustNewConstMetric(r.running, prometheus.GaugeValue, float64(running))
	}
}

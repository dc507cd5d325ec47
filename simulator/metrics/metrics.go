// Package metrics counts what the simulator does, for Prometheus. It owns the names,
// the labels and their bounds, and is the only door to the Prometheus client: it has
// a registry of its own and touches no global one.
//
// A label's value is always one of a set that is known at the start: an operation
// id, an outcome of the catalogue, an HTTP status that has a name. What a caller or a
// scenario has made up never becomes one, however much of it comes.
package metrics

import (
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
)

// Options are what is fixed for the length of a process.
type Options struct {
	Version, Commit string
	// Outcomes are those of every operation that can be served.
	Outcomes []core.Outcome
}

// Metrics are the numbers of one simulator. Safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	requests requests
	commits  commits
	handler  http.Handler
}

// New makes the metrics of a simulator that starts now.
func New(o Options) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), requests: newRequests(o.Outcomes), commits: newCommits()}
	built := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "cardsim_build_info", Help: "What is running; the value is always 1.",
		ConstLabels: prometheus.Labels{"version": o.Version, "commit": o.Commit, "goversion": runtime.Version()},
	})
	built.Set(1)
	watch := clock.StartStopwatch()
	uptime := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "cardsim_uptime_seconds", Help: "Real time since the start.",
	}, func() float64 { return watch.Elapsed().Seconds() })
	m.registry.MustRegister(built, uptime, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.registry.MustRegister(m.requests.collectors()...)
	m.registry.MustRegister(m.commits.collectors()...)
	m.handler = promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return m
}

// ServeHTTP answers all numbers in the text format of Prometheus.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// commits count what the store's writer does.
type commits struct {
	size prometheus.Histogram
	took prometheus.Histogram
}

func newCommits() commits {
	return commits{
		size: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "cardsim_store_commit_size", Help: "Transactions that shared one commit.",
			Buckets: prometheus.ExponentialBuckets(1, 2, 9), // to 256, the store's bound
		}),
		took: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "cardsim_store_commit_duration_seconds", Help: "Real time of one commit.",
			Buckets: prometheus.ExponentialBuckets(0.0001, 3, 9), // 0.1 ms to 0.66 s
		}),
	}
}

func (c commits) collectors() []prometheus.Collector { return []prometheus.Collector{c.size, c.took} }

// Committed counts a commit of the store: how many transactions shared it, and how
// long it took.
func (m *Metrics) Committed(transactions int, took time.Duration) {
	m.commits.size.Observe(float64(transactions))
	m.commits.took.Observe(took.Seconds())
}

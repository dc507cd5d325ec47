package metrics

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cardsim/simulator/core"
)

// The labels in place of what is not known.
const (
	none  = "none"  // there is none
	other = "other" // it is not one of the set
)

// Request is one that was answered.
type Request struct {
	Provider  string // empty: the path was nobody's
	Operation string // empty: none was recognised
	Outcome   string
	Status    int // 0: the connection was closed without an answer
	Took      time.Duration
	Ruled     bool       // a scenario's rule decided
	Fault     core.Fault // that struck, if any
}

// requests count the providers' requests.
type requests struct {
	total  *prometheus.CounterVec
	took   *prometheus.HistogramVec
	rules  *prometheus.CounterVec
	faults *prometheus.CounterVec

	outcomes   map[string]string   // the label of an outcome; never written after New
	operations map[name]*operation // never written after New
	fallback   *operation
	struck     map[core.Fault]prometheus.Counter // by kind and place; never written after New
}

// name is how a request's operation is found.
type name struct{ provider, operation string }

func newRequests(outcomes []core.Outcome) requests {
	r := requests{
		total: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "cardsim_requests_total", Help: "Requests answered, by the provider's operation, its outcome and the HTTP status, which is 0 for a connection closed without an answer.",
		}, []string{"provider", "operation", "outcome", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "cardsim_request_duration_seconds", Help: "Real time from receipt to answer, planned delays included.",
			Buckets: []float64{.0002, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 30},
		}, []string{"provider", "operation"}),
		rules: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "cardsim_rules_matched_total", Help: "Requests that a scenario's rule decided, by operation.",
		}, []string{"operation"}),
		faults: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "cardsim_faults_total", Help: "Faults served, by kind and place.",
		}, []string{"kind", "at"}),
		operations: map[name]*operation{}, struck: map[core.Fault]prometheus.Counter{},
	}
	r.outcomes = labels(outcomes)
	r.fallback = r.operation(name{none, none})
	for _, o := range outcomes {
		provider, _, _ := strings.Cut(o.Operation, ".")
		r.operation(name{provider, none})
		r.operation(name{provider, o.Operation})
	}
	for _, kind := range faultKinds() {
		for _, at := range []core.FaultPoint{core.BeforeValidation, core.AfterValidation, core.AfterCommit, core.MidBody, core.AfterAnswer} {
			if f := (core.Fault{Kind: kind, At: at}); f.Allowed() {
				r.struck[f] = r.faults.WithLabelValues(string(kind), string(at))
			}
		}
	}
	return r
}

// labels are those of the outcomes: the catalogue's, the faults', and what the
// providers note of a request that came to no outcome of theirs.
func labels(outcomes []core.Outcome) map[string]string {
	list := map[string]string{"": none}
	for _, o := range outcomes {
		list[o.Name] = o.Name
	}
	for _, kind := range faultKinds() {
		list["fault "+string(kind)] = "fault " + string(kind)
	}
	for _, noted := range []string{"error", "refused", "open", "not-found"} {
		list[noted] = noted
	}
	return list
}

// faultKinds are the kinds of trouble on the wire.
func faultKinds() []core.FaultKind {
	return []core.FaultKind{
		core.FaultReset, core.FaultHang, core.FaultEmpty, core.FaultTruncate, core.FaultGarbage,
		core.FaultDrip, core.FaultWrongLength, core.FaultHTTP,
	}
}

// operation finds the counters of an operation, and makes them.
func (r *requests) operation(n name) *operation {
	if o := r.operations[n]; o != nil {
		return o
	}
	o := &operation{
		labels: n, total: r.total, took: r.took.WithLabelValues(n.provider, n.operation), rules: r.rules.WithLabelValues(n.operation),
		outcomes: r.outcomes,
	}
	r.operations[n] = o
	return o
}

func (r *requests) collectors() []prometheus.Collector {
	return []prometheus.Collector{r.total, r.took, r.rules, r.faults}
}

// Served counts a request of a provider.
func (m *Metrics) Served(q Request) {
	r := &m.requests
	o := r.operations[name{cmp.Or(q.Provider, none), cmp.Or(q.Operation, none)}]
	if o == nil {
		o = r.fallback
	}
	o.counter(q.Outcome, q.Status).Inc()
	o.took.Observe(q.Took.Seconds())
	if q.Ruled {
		o.rules.Inc()
	}
	if q.Fault.Kind != "" {
		if c := r.struck[core.Fault{Kind: q.Fault.Kind, At: q.Fault.At}]; c != nil {
			c.Inc()
		}
	}
}

// statusLabel is the label of a status that has a name, "other" for the rest: a
// scenario may answer any number.
func statusLabel(status int) string {
	if status == 0 || http.StatusText(status) != "" {
		return strconv.Itoa(status)
	}
	return other
}

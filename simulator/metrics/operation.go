package metrics

import (
	"maps"
	"sync"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// operation holds the counters of one operation, bound to their labels, so that a
// request neither makes nor looks for any.
type operation struct {
	labels   name
	total    *prometheus.CounterVec
	took     prometheus.Observer
	rules    prometheus.Counter
	outcomes map[string]string // the label of an outcome, the same for all

	mu sync.Mutex                                   // for who adds a counter
	by atomic.Pointer[map[ended]prometheus.Counter] // replaced, never written
}

// ended is how a request ended. Both values are bounded.
type ended struct {
	outcome string // a label
	status  int    // that has a name; otherwise unnamed
}

// unnamed stands for every status without a name.
const unnamed = -1

// counter is the one of an outcome and a status.
func (o *operation) counter(outcome string, status int) prometheus.Counter {
	label, known := o.outcomes[outcome]
	if !known {
		label = other
	}
	at := ended{label, status}
	if by := o.by.Load(); by != nil {
		if c := (*by)[at]; c != nil {
			return c
		}
	}
	return o.bind(at)
}

// bind finds a counter that was not asked for before.
func (o *operation) bind(at ended) prometheus.Counter {
	text := statusLabel(at.status)
	if text == other {
		at.status = unnamed
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	next := map[ended]prometheus.Counter{}
	if by := o.by.Load(); by != nil {
		if c := (*by)[at]; c != nil {
			return c
		}
		maps.Copy(next, *by)
	}
	next[at] = o.total.WithLabelValues(o.labels.provider, o.labels.operation, at.outcome, text)
	o.by.Store(&next)
	return next[at]
}

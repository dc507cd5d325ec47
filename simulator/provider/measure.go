package provider

import (
	"net/http"
	"time"

	"cardsim/simulator/metrics"
)

// measure counts a request that is about to be answered with a status.
func (f *Front) measure(c *Call, status int, took time.Duration) {
	if f.metrics == nil {
		return
	}
	operation := ""
	if c.Operation != nil {
		operation = c.Operation.ID()
	}
	f.metrics.Served(metrics.Request{
		Provider: c.Provider.Name(), Operation: operation, Outcome: c.notes.outcome, Status: status,
		Took: took, Ruled: c.Plan.Rule != "", Fault: c.struck,
	})
}

// strayed counts a request for a path that is no provider's.
func (f *Front) strayed() {
	if f.metrics != nil {
		f.metrics.Served(metrics.Request{Status: http.StatusNotFound})
	}
}

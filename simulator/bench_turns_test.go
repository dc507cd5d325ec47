package simulator_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"cardsim/simulator/loadtest"
)

// loaded is a server and what to ask it.
type loaded struct {
	address string
	request func(n int) []byte
}

// send puts a number of requests on it and returns how many it answered in a second.
func (l loaded) send(b *testing.B, from, count int) float64 {
	b.Helper()
	const connections = 16
	start := time.Now()
	err := loadtest.Load{
		Address: place(l.address), Connections: min(connections, count), Requests: count, Status: http.StatusOK,
		Request: func(n int) []byte { return l.request(from + n) },
	}.Run()
	if err != nil {
		b.Fatal(err)
	}
	return float64(count) / time.Since(start).Seconds()
}

// turns are how often each side of a comparison is its turn: whatever else the machine
// does troubles both alike.
const turns = 10

// inTurn puts the same load on two servers in turn and tells the medians, and by how
// much the second is slower than the first.
func inTurn(b *testing.B, plain, grown loaded) {
	b.Helper()
	share := max(1, b.N/turns)
	var rates [2][]float64
	var used [2]time.Duration
	b.ResetTimer()
	for sent := 0; sent < b.N; sent += share {
		for i, side := range []loaded{plain, grown} {
			before := processor()
			rates[i] = append(rates[i], side.send(b, sent, min(share, b.N-sent)))
			used[i] += processor() - before
		}
	}
	before, after := middle(rates[0]), middle(rates[1])
	b.ReportMetric(before, "plain-req/s")
	b.ReportMetric(after, "grown-req/s")
	b.ReportMetric(100*(before/after-1), "added-%")
	if used[0] > 0 {
		b.ReportMetric(100*(used[1].Seconds()/used[0].Seconds()-1), "added-cpu-%")
	}
}

// middle is the median of what was measured.
func middle(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

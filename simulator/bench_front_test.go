package simulator_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/loadtest"
)

// BenchmarkHandler is what requests cost apart from the network: the same as
// BenchmarkRead's, BenchmarkWrite's and BenchmarkCmpi's, handed to the handler one
// after another. It is for profiles.
func BenchmarkHandler(b *testing.B) {
	c, s := busyWith(b, simulator.Config{})
	h := simulator.Providers(s)
	for _, r := range readings(b, c) {
		text := loadtest.Get(r.path, r.header...)
		b.Run(r.name, func(b *testing.B) { handle(b, h, func(int) []byte { return text }) })
	}
	sent := 1_000_000 // no card is enrolled twice
	for _, w := range writings(c) {
		b.Run(w.name, func(b *testing.B) {
			handle(b, h, func(int) []byte { sent++; return w.request(sent) })
		})
	}
	for _, call := range cmpiCalls(b, c) {
		text := loadtest.Post("/maps/txns.asp", string(call.sent), "Content-Type: application/x-www-form-urlencoded")
		b.Run(call.name, func(b *testing.B) { handle(b, h, func(int) []byte { return text }) })
	}
}

// handle hands requests to a handler, each read before as a server reads it; a few at a
// time, because what lies in memory the collector looks at.
func handle(b *testing.B, h http.Handler, request func(int) []byte) {
	b.ReportAllocs()
	requests := make([]*http.Request, 0, 500)
	for done := 0; done < b.N; done += len(requests) {
		b.StopTimer()
		requests = requests[:0]
		for i := done; i < min(done+cap(requests), b.N); i++ {
			r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(request(i))))
			if err != nil {
				b.Fatal(err)
			}
			requests = append(requests, r)
		}
		b.StartTimer()
		for _, r := range requests {
			w := sink{header: http.Header{}}
			h.ServeHTTP(&w, r)
			if w.status != http.StatusOK {
				b.Fatalf("HTTP %d", w.status)
			}
		}
	}
}

// sink takes an answer and keeps its status.
type sink struct {
	header http.Header
	status int
}

func (w *sink) Header() http.Header         { return w.header }
func (w *sink) WriteHeader(status int)      { w.status = status }
func (w *sink) Write(p []byte) (int, error) { return io.Discard.Write(p) }

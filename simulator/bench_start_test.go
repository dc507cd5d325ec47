package simulator_test

import (
	"net"
	"net/http"
	"testing"

	"cardsim/simulator"
)

// BenchmarkStart: from nothing to the first answer, at most three times as long as a
// bare server's. What the program's own loading costs is not in it.
func BenchmarkStart(b *testing.B) {
	b.Run("bare", func(b *testing.B) {
		for range b.N {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				b.Fatal(err)
			}
			srv := &http.Server{Handler: http.NotFoundHandler()}
			go func() { _ = srv.Serve(l) }()
			firstAnswer(b, "http://"+l.Addr().String())
			if err := srv.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("cardsim", func(b *testing.B) {
		for range b.N {
			s, err := simulator.New(simulator.Config{Ephemeral: true})
			if err != nil {
				b.Fatal(err)
			}
			firstAnswer(b, s.URL())
			b.StopTimer()
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	})
}

func firstAnswer(b *testing.B, address string) {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(address + "/api/token/x/status")
	if err != nil {
		b.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode == http.StatusOK {
		b.Fatalf("%v, HTTP %d", err, resp.StatusCode)
	}
}

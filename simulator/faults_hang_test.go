package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"runtime"
	"sync"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

const hanging = 8

// hangingCalls sends payments that are held, until ctx ends; done waits for them
// and counts those that were answered after all.
func hangingCalls(ctx context.Context, t *testing.T, c *simulatortest.Client) (done func() int) {
	t.Helper()
	body := must[[]byte](t)(json.Marshal(paymentBody(c, "authorize", "HANG-0001")))
	var wg sync.WaitGroup
	answered := make(chan struct{}, hanging)
	for range hanging {
		req := must[*http.Request](t)(http.NewRequestWithContext(ctx, http.MethodPost, c.Env["ACEHUB_URL"]+"payments", bytes.NewReader(body)))
		req.Header.Set("Authorization", basicAuth(c))
		req.Header.Set("Content-Type", "application/json")
		wg.Go(func() {
			if resp, err := c.HTTP.Do(req); err == nil {
				_ = resp.Body.Close()
				answered <- struct{}{}
			}
		})
	}
	until(t, "all calls are held", func() bool { return inFlightNow(t, c) == hanging })
	return func() int {
		wg.Wait()
		return len(answered)
	}
}

func startHanging(t *testing.T, at string) (*simulatortest.Client, *simulator.Simulator) {
	t.Helper()
	s := must[*simulator.Simulator](t)(simulator.New(simulator.Config{
		Scenarios: []string{scenario(t, "{on: acehub.payment.create, do: {fault: {kind: hang, at: "+at+"}}}")},
	}))
	c := simulatortest.New(must[map[string]string](t)(s.Env()))
	c.HTTP.Transport.(*http.Transport).DisableKeepAlives = true
	return c, s
}

// TestHangsLeakNothing: a hang ends when its client goes, and when the server
// stops; either way the goroutines are as many as before.
func TestHangsLeakNothing(t *testing.T) {
	for _, at := range []string{"before-validation", "after-validation", "after-commit"} {
		t.Run(at, func(t *testing.T) {
			before := runtime.NumGoroutine()
			c, s := startHanging(t, at)
			_ = must[[]simulatortest.Entry](t)(c.Journal("")) // what starts with the first call has started
			started := steady(t)

			ctx, cancel := context.WithCancel(t.Context())
			done := hangingCalls(ctx, t, c)
			cancel()
			if n := done(); n != 0 {
				t.Errorf("%d calls were answered", n)
			}
			until(t, "the held calls end with their clients", func() bool { return inFlightNow(t, c) == 0 })
			until(t, "their goroutines end", func() bool { return runtime.NumGoroutine() <= started })

			done = hangingCalls(t.Context(), t, c)
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
			if n := done(); n != 0 {
				t.Errorf("%d calls were answered", n)
			}
			until(t, "the simulator's goroutines end", func() bool { return runtime.NumGoroutine() <= before })
		})
	}
}

// steady is the number of goroutines once it no longer falls: connections of
// answered calls close behind the answer.
func steady(t *testing.T) int {
	t.Helper()
	n, same := runtime.NumGoroutine(), 0
	until(t, "the number of goroutines is steady", func() bool {
		now := runtime.NumGoroutine()
		if same++; now != n {
			n, same = now, 0
		}
		return same >= 10
	})
	return n
}

// TestDripsLeakNothing: a client that goes in the middle of a dripping body leaves
// nothing behind.
func TestDripsLeakNothing(t *testing.T) {
	c := steerDo(t, "acehub.payment.create", "{fault: {kind: drip, at: mid-body}}")
	started := steady(t)
	body := must[[]byte](t)(json.Marshal(paymentBody(c, "authorize", "DRIP-0001")))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	req := must[*http.Request](t)(http.NewRequestWithContext(ctx, http.MethodPost, c.Env["ACEHUB_URL"]+"payments", bytes.NewReader(body)))
	req.Header.Set("Authorization", basicAuth(c))
	req.Header.Set("Content-Type", "application/json")
	resp := must[*http.Response](t)(c.HTTP.Do(req))
	if n, err := resp.Body.Read(make([]byte, 1)); n != 1 {
		t.Fatalf("nothing drips: %v", err)
	}
	cancel()
	_ = resp.Body.Close()
	until(t, "the dripping ends", func() bool { return runtime.NumGoroutine() <= started })
}

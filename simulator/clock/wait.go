package clock

import (
	"context"
	"time"
)

// Wait lets real time pass, for delays that are the network's and not the
// sandbox's. It returns early with the context's error when ctx ends.
func Wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Stopwatch measures real time, for durations in the journal and metrics.
type Stopwatch struct{ start time.Time }

// StartStopwatch begins to measure.
func StartStopwatch() Stopwatch { return Stopwatch{start: time.Now()} }

// Elapsed is the real time since the start.
func (s Stopwatch) Elapsed() time.Duration { return time.Since(s.start) }

// After is real time passing, for trouble on the wire that nothing interrupts.
func After(d time.Duration) <-chan time.Time { return time.After(d) }

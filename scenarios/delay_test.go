package scenarios

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestPercentiles(t *testing.T) {
	d := &Delay{P50: 80 * time.Millisecond, P99: 2 * time.Second}
	const many = 10_000
	list := make([]time.Duration, 0, many)
	for i := range many {
		list = append(list, d.sample(float64(i)/many))
	}
	if !slices.IsSorted(list) {
		t.Error("a larger draw gives a shorter delay")
	}
	near := func(got, want time.Duration) bool { return got > want*99/100 && got < want*101/100 }
	if p50, p99 := list[many/2], list[many*99/100]; !near(p50, d.P50) || !near(p99, d.P99) {
		t.Errorf("p50 %v and p99 %v, want %v and %v", p50, p99, d.P50, d.P99)
	}
	if list[0] > time.Millisecond || list[many-1] > stretch*d.P99 {
		t.Errorf("between %v and %v", list[0], list[many-1])
	}
}

// Whatever the file says within the checker's limits, a delay is never negative
// and never much longer than what was written.
func TestDelayBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := time.Duration(rapid.Int64Range(1, int64(maxDelay)).Draw(t, "low"))
		high := time.Duration(rapid.Int64Range(int64(low), int64(maxDelay)).Draw(t, "high"))
		draw := rapid.Float64Range(0, 0.9999999999999999).Draw(t, "draw")
		even := (&Delay{Min: low, Max: high}).sample(draw)
		if even < low || even > high {
			t.Fatalf("%v lies outside of %v and %v", even, low, high)
		}
		if tail := (&Delay{P50: low, P99: high}).sample(draw); tail < 0 || tail > stretch*high {
			t.Fatalf("%v lies beyond %v", tail, stretch*high)
		}
	})
}

func TestDelayOfOneDuration(t *testing.T) {
	var none *Delay
	if none.sample(0.5) != 0 || none.drawn() {
		t.Error("no delay delays")
	}
	if d := (&Delay{Fixed: time.Second}); d.sample(0.5) != time.Second || d.drawn() {
		t.Error("a fixed delay is drawn")
	}
	if d := (&Delay{P50: time.Second, P99: time.Second}); d.sample(0.99) != time.Second {
		t.Errorf("equal percentiles give %v", d.sample(0.99))
	}
}

package collector

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestPercent(t *testing.T) {
	const mb = 1 << 20
	for _, c := range []struct {
		live uint64
		want int
	}{
		{0, most}, {3 * mb, most}, {13 * mb, 346}, {27 * mb, 114}, {45 * mb, least}, {500 * mb, least},
	} {
		if got := percent(c.live); got != c.want {
			t.Errorf("with %d MB live it is %d %%, not %d", c.live/mb, got, c.want)
		}
	}
}

// TestEase holds much, and lets it go again: the pace follows.
func TestEase(t *testing.T) {
	before := debug.SetGCPercent(100)
	defer debug.SetGCPercent(before)
	Ease()
	held := make([]byte, 100<<20)
	follows(t, least)
	runtime.KeepAlive(held)
	held = nil //nolint:ineffassign,wastedassign // let go
	follows(t, most)
}

// follows collects until the pace is the wanted one: finalizers run behind.
func follows(t *testing.T, want int) {
	t.Helper()
	var got int
	for range 1000 {
		runtime.GC()
		got = debug.SetGCPercent(-1)
		debug.SetGCPercent(got)
		if got == want {
			return
		}
		runtime.Gosched()
	}
	t.Fatalf("the pace is %d %%, not %d", got, want)
}

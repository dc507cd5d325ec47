// Package collector owns when Go's garbage collector runs: seldom while little is
// live, so that it costs a short test suite next to nothing, and oftener the more is
// live, so that a simulator with a full journal stays small. It frees nothing itself
// and knows nothing of what is kept.
package collector

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// room is how big the heap may become before it is collected, as long as no more
	// than half of it is live: with what Go and the program hold beside the heap, a
	// process with a full journal stays below 80 MB (measured, mapped file pages apart).
	room = 58 << 20
	// least and most bound what may be added to what is live, in percent. More than
	// the most would let an idle process grow for no gain.
	least, most = 40, 400
)

// Ease sets the collector's pace now and after each collection, for the rest of the
// process. The caller leaves it out where the environment has a mind of its own about
// it (GOGC, GOMEMLIMIT).
func Ease() { pace(0) }

// pace sets the pace for what is live. A value that nothing holds brings it back here:
// its finalizer runs after the next collection.
func pace(former int) {
	now := percent(live())
	if differs(now, former) {
		debug.SetGCPercent(now)
		former = now
	}
	next := former
	runtime.SetFinalizer(new([16]byte), func(*[16]byte) { pace(next) })
}

// differs keeps the pace where a change would gain nothing: setting it stops the world
// for a moment.
func differs(now, former int) bool { return now*10 < former*9 || now*9 > former*10 }

// percent is how much may be added to what is live, in percent of it.
func percent(live uint64) int {
	if live == 0 {
		return most
	}
	free := max(0, room-int64(live))
	return int(min(most, max(least, uint64(free)*100/live)))
}

// live is how much the last collection found in use, in bytes; 0 before the first.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}

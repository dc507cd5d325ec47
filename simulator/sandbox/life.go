package sandbox

import (
	"sync/atomic"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
)

// life is whether a world is still there, and when it was last used.
type life struct {
	gone atomic.Bool
	// since runs from the world's beginning. Idleness is measured and not told by
	// two looks at a clock: a machine's clock that is put right would end worlds.
	since clock.Stopwatch
	used  atomic.Int64 // what since showed, in nanoseconds
}

// Touch notes that the world is in use, in real time (decisions 11).
func (w *World) Touch() { w.life.used.Store(int64(w.life.since.Elapsed())) }

// Idle is how long ago in real time the world was last touched.
func (w *World) Idle() time.Duration {
	return w.life.since.Elapsed() - time.Duration(w.life.used.Load())
}

// End marks the world as deleted or replaced, or with false as alive after all.
// It is called inside the transaction that takes the world's state away, so that
// a request under way that comes after it writes nothing.
func (w *World) End(gone bool) { w.life.gone.Store(gone) }

// Alive is nil while the world exists. A transaction that writes for a request
// asks first: what it wrote for a world that is gone would be found by the next
// one of the same id.
func (w *World) Alive() error {
	if w.life.gone.Load() {
		return core.Errf(core.CodeUnauthorized, "", "sandbox %s was deleted or replaced while the request was under way", w.ID)
	}
	return nil
}

package worlds

import (
	"context"
	"errors"
	"time"

	"cardsim/simulator/clock"
)

// collector deletes what nobody uses.
type collector struct {
	stop context.CancelFunc
	done chan struct{}
}

// looksPerIdle is how often the collector looks within the time that a sandbox may
// be idle: that much later than promised may one go.
const looksPerIdle = 4

// longestLook bounds the time between two looks.
const longestLook = time.Minute

// Collect begins to delete sandboxes that were made by a call and have met neither
// a provider's nor an admin request for Options.Idle. It does nothing when that is
// 0. Close ends it.
func (k *Keeper) Collect() {
	if k.Idle <= 0 {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	k.idle = collector{stop: stop, done: make(chan struct{})}
	go func() {
		defer close(k.idle.done)
		for clock.Wait(ctx, min(longestLook, max(k.Idle/looksPerIdle, 1))) == nil {
			k.collect()
		}
	}()
}

// Close ends the collection and waits for a deletion that is under way.
func (k *Keeper) Close() {
	if k.idle.stop != nil {
		k.idle.stop()
		<-k.idle.done
	}
}

// collect deletes what is idle.
func (k *Keeper) collect() {
	for _, w := range k.Registry.Worlds() {
		if !k.Made(w.ID) || w.Idle() < k.Idle {
			continue
		}
		switch err := k.Delete(w.ID); {
		case err == nil:
			k.Log.Info("an idle sandbox was deleted", "sandbox", w.ID, "idleFor", k.Idle.String())
		case !errors.Is(err, ErrNone):
			k.Log.Error("an idle sandbox cannot be deleted", "sandbox", w.ID, "error", err)
		}
	}
}

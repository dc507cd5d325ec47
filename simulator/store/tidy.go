package store

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"cardsim/simulator/clock"
)

// calm is how long nothing is written before the young rows are folded, so that a file
// at rest has everything in its tables, and who reads looks in one place.
const calm = 250 * time.Millisecond

// tidier folds in quiet moments.
type tidier struct {
	commits atomic.Uint64
	waiting atomic.Bool // for a quiet moment
	ctx     context.Context
	stop    context.CancelFunc
	all     sync.WaitGroup
}

func (t *tidier) begin() { t.ctx, t.stop = context.WithCancel(context.Background()) }

func (t *tidier) end() {
	t.stop()
	t.all.Wait()
}

// tidyLater folds the young rows, if there are any, as soon as it is calm.
func (db *DB) tidyLater() {
	t := &db.tidier
	t.commits.Add(1)
	if db.rows.rows.Len() > 0 && t.waiting.CompareAndSwap(false, true) {
		t.all.Go(db.tidy)
	}
}

func (db *DB) tidy() {
	t := &db.tidier
	for {
		before := t.commits.Load()
		if clock.Wait(t.ctx, calm) != nil {
			return // Close does the same
		}
		if t.commits.Load() == before {
			break
		}
	}
	t.waiting.Store(false)
	_ = db.settleAll() // what cannot be folded now is folded later
}

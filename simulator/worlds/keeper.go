package worlds

import (
	"crypto/rsa"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"cardsim/simulator/director"
	"cardsim/simulator/journal"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// DefaultLimit is how many sandboxes there may be when nobody says otherwise.
const DefaultLimit = 10_000

// Options are the parts that a sandbox lives in.
type Options struct {
	DB       *store.DB
	Registry *sandbox.Registry
	Director *director.Director
	Journal  *journal.Journal
	// Catalogue holds the cards that every sandbox has.
	Catalogue []sandbox.CardProfile
	// Key is the published Cardtokens key, for sandboxes without one of their own.
	Key *rsa.PrivateKey
	// Limit is the largest number of sandboxes, DefaultLimit when it is 0.
	Limit int
	// Idle is how long a sandbox that was made by a call may go unused before it
	// is deleted, in real time; 0 keeps it for ever.
	Idle time.Duration
	Log  *slog.Logger
	// Told is told what became of a sandbox, once it has; nil: nobody is.
	Told func(id string, what Turn)
}

// Turn is what became of a sandbox.
type Turn string

// The turns in a sandbox's life.
const (
	Created  Turn = "created"
	Emptied  Turn = "reset"
	Deleted  Turn = "deleted"
	Imported Turn = "imported" // made, or replaced as a whole
)

func (k *Keeper) tell(id string, what Turn) {
	if k.Told != nil {
		k.Told(id, what)
	}
}

// Keeper makes and ends sandboxes. Safe for concurrent use.
type Keeper struct {
	Options
	// turn is held for reading by what concerns one id only, and for writing by
	// an import, which may take any identity.
	turn   sync.RWMutex
	count  atomic.Int64 // of sandboxes, those that are just being made included
	graves atomic.Bool  // identities of deleted sandboxes are on disk

	mu   sync.Mutex
	made map[string]bool // made by a call: deleted when idle
	idle collector
}

// New makes a Keeper. The sandboxes of the fixture files come by Declare, those
// that calls have made by Restore, in this order.
func New(o Options) *Keeper {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	k := &Keeper{Options: o, made: map[string]bool{}}
	o.Registry.AskOfDeleted(k.isBuried)
	return k
}

// Made says that a sandbox was made by a call, and by no fixture file.
func (k *Keeper) Made(id string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.made[id]
}

func (k *Keeper) mark(id string, made bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if made {
		k.made[id] = true
	} else {
		delete(k.made, id)
	}
}

// take makes room for one more sandbox, or says that there is none.
func (k *Keeper) take() error {
	if k.count.Add(1) > int64(k.Limit) {
		k.count.Add(-1)
		return &FullError{Limit: k.Limit}
	}
	return nil
}

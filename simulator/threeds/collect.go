package threeds

import (
	"time"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// collections holds the device data collections by merchant and the digest of
// their reference: a merchant chooses it, so that it may hold anything.
var collections = store.NewTable[collection]("threeds.collections")

type collection struct {
	At time.Time `json:"at"`
}

// Collect remembers that device data were collected under a reference (reference
// cardinal.md §5.3).
func Collect(s sandbox.Scope, merchant, referenceID string) error {
	key := merchant + "/" + reference(s.World, referenceID)
	return wrap(collections.Put(s.Tx, s.World.ID, key, collection{At: s.Now}), "remember a device data collection")
}

// Collected says whether device data were collected under a reference.
func Collected(s sandbox.Scope, merchant, referenceID string) (bool, error) {
	_, ok, err := collections.Get(s.Tx, s.World.ID, merchant+"/"+reference(s.World, referenceID))
	return ok, wrap(err, "look for a device data collection")
}

// SameReference says that a reference is the one of the transaction's lookup.
func (t Transaction) SameReference(w *sandbox.World, referenceID string) bool {
	return t.Reference == reference(w, referenceID)
}

func reference(w *sandbox.World, id string) string {
	if id == "" {
		return ""
	}
	return w.Digest("threeds.reference", id)
}

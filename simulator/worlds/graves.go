package worlds

import "cardsim/simulator/store"

// The identities of deleted sandboxes stay refused for good (decisions 7), so they lie on
// disk, by their digests, and not in memory: a test suite may make and delete sandboxes
// for days.

// bury keeps digests of identities that no sandbox has any more. Who commits it sets
// Keeper.graves before.
func bury(tx *store.Tx, digests []string) error {
	for _, d := range digests {
		if err := buried.Put(tx, ledger, d, true); err != nil {
			return wrap(err, "keep the identities of a deleted sandbox")
		}
	}
	return nil
}

// lookForBuried finds out whether there are any.
func (k *Keeper) lookForBuried(tx *store.Tx) error {
	err := buried.Scan(tx, ledger, store.ScanOptions{}, func(string, bool) (bool, error) {
		k.graves.Store(true)
		return false, nil
	})
	return wrap(err, "look for the identities of deleted sandboxes")
}

// isBuried says whether an identity that no sandbox has was a deleted one's.
func (k *Keeper) isBuried(digest string) (found bool, err error) {
	if !k.graves.Load() {
		return false, nil
	}
	err = k.DB.View(func(tx *store.Tx) error {
		_, found, err = buried.Get(tx, ledger, digest)
		return err
	})
	return found, wrap(err, "look for the identities of deleted sandboxes")
}

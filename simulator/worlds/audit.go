package worlds

import (
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Audit tells found of sandboxes that are noted as made and have nothing stored:
// the next start would refuse the file. It changes nothing.
func Audit(tx *store.Tx, found func(store.Finding)) error {
	err := marks.Audit(tx, ledger, found, func(id string, _ mark) string {
		_, stored, err := sandbox.StoredState(tx, id)
		if err == nil && !stored {
			return "names a sandbox " + id + " that has nothing stored"
		}
		return ""
	})
	return wrap(err, "check the sandboxes that were made")
}

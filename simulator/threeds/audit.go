package threeds

import "cardsim/simulator/store"

// Audit reads everything that this package keeps of a sandbox and tells found what
// does not fit together: transactions that are not found by their OrderId, and pointers
// that lead to none. It changes nothing.
func Audit(tx *store.Tx, sandbox string, found func(store.Finding)) error {
	err := transactions.Audit(tx, sandbox, found, func(key string, t Transaction) string {
		switch {
		case t.ID != key:
			return "calls itself " + t.ID
		case !finders.Has(tx, sandbox, byOrder+t.OrderID):
			return "is not found by its OrderId"
		}
		return ""
	})
	if err != nil {
		return wrap(err, "check the 3-D Secure transactions")
	}
	dangling := func(id string) string {
		if !transactions.Has(tx, sandbox, id) {
			return "points to transaction " + id + ", which is not there"
		}
		return ""
	}
	if err := finders.Audit(tx, sandbox, found, func(_, id string) string { return dangling(id) }); err != nil {
		return wrap(err, "check the ids of 3-D Secure transactions")
	}
	err = arrivals.Audit(tx, sandbox, found, func(ordinal, id string) string {
		if problem := dangling(id); problem != "" {
			return problem
		}
		return store.Behind(tx, sandbox, "threeds.transactions", ordinal)
	})
	return wrap(err, "check the order of 3-D Secure transactions")
}

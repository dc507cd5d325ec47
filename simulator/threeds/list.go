package threeds

import (
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Newest walks the sandbox's transactions, the newest first, or from behind a
// cursor that it gave before, each as it stands at the scope's instant, until fn
// wants no more. It reads nothing beyond that.
func Newest(s sandbox.Scope, after string, fn func(cursor string, t Transaction) (more bool, err error)) error {
	o := store.ScanOptions{After: after, Reverse: true}
	err := arrivals.Scan(s.Tx, s.World.ID, o, func(cursor, id string) (bool, error) {
		t, ok, err := ByID(s, id)
		if err != nil || !ok {
			return err == nil, err
		}
		return fn(cursor, t)
	})
	return wrap(err, "list 3-D Secure transactions")
}

// List returns all of the sandbox's transactions, newest first.
func List(s sandbox.Scope) ([]Transaction, error) {
	list := []Transaction{}
	err := Newest(s, "", func(_ string, t Transaction) (bool, error) {
		list = append(list, t)
		return true, nil
	})
	return list, err
}

package pay

import (
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Newest walks the sandbox's operations, the newest first, or from behind a
// cursor that it gave before, each as it stands now, until fn wants no more. It
// reads nothing beyond that.
func Newest(s sandbox.Scope, after string, fn func(cursor string, p Payment) (more bool, err error)) error {
	o := store.ScanOptions{After: after, Reverse: true}
	err := arrivals.Scan(s.Tx, s.World.ID, o, func(cursor string, l link) (bool, error) {
		p, ok, err := Any(s, l.Payment)
		if err != nil || !ok {
			return err == nil, err
		}
		return fn(cursor, p)
	})
	return wrap(err, "list payments")
}

// List is every operation of the sandbox, newest first.
func List(s sandbox.Scope) ([]Payment, error) {
	var list []Payment
	err := Newest(s, "", func(_ string, p Payment) (bool, error) {
		list = append(list, p)
		return true, nil
	})
	return list, err
}

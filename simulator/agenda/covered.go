package agenda

import "cardsim/simulator/store"

// covered marks, by kind, that all of a sandbox's dates are noted. Files of before
// there was an agenda have things that expire and no dates.
var covered = store.NewTable[bool]("agenda.covered")

// Cover marks a kind as complete: whoever makes the first thing of the kind in a
// sandbox does, since nothing can be missing then, and so does whoever has looked
// for what is missing.
func Cover(tx *store.Tx, sandbox, kind string) error {
	return wrap(covered.Put(tx, sandbox, kind, true), "mark the agenda as complete")
}

// Covered says whether a kind is complete.
func Covered(tx *store.Tx, sandbox, kind string) (bool, error) {
	ok, _, err := covered.Get(tx, sandbox, kind)
	return ok, wrap(err, "ask whether the agenda is complete")
}

package worlds

import (
	"cmp"
	"fmt"
	"slices"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// ledger stands in place of a sandbox for what belongs to all of them. No sandbox
// can have this name.
const ledger = "*"

// The tables of this package, all under the ledger.
var (
	marks  = store.NewTable[mark]("sandbox.made")   // by id: made by a call
	buried = store.NewTable[bool]("sandbox.buried") // see graves.go
)

// mark is what makes a sandbox found again that is in no fixture file.
type mark struct {
	Seq uint64 `json:"seq"` // order of making
}

// The counters of this package.
const (
	madeCounter    = "sandbox.made"
	unnamedCounter = "sandbox.unnamed"
)

// keepMark notes that a sandbox was made by a call.
func keepMark(tx *store.Tx, id string) error {
	n, err := store.Next(tx, ledger, madeCounter)
	if err != nil {
		return err
	}
	return wrap(marks.Put(tx, ledger, id, mark{n}), "note a new sandbox")
}

// keptMarks are the ids of the sandboxes that calls have made, in their order.
func keptMarks(tx *store.Tx) ([]string, error) {
	type one struct {
		id  string
		seq uint64
	}
	var list []one
	err := marks.Scan(tx, ledger, store.ScanOptions{}, func(id string, m mark) (bool, error) {
		list = append(list, one{id, m.Seq})
		return true, nil
	})
	slices.SortFunc(list, func(a, b one) int { return cmp.Compare(a.seq, b.seq) })
	ids := make([]string, 0, len(list))
	for _, o := range list {
		ids = append(ids, o.id)
	}
	return ids, wrap(err, "list the sandboxes that were made")
}

// unused says why an id cannot be given to a new sandbox although none has it:
// the file holds one that a fixture file made, which is not named at this start.
func unused(tx *store.Tx, id string) error {
	_, stored, err := sandbox.StoredState(tx, id)
	if err != nil {
		return err
	}
	if stored {
		return &TakenError{fmt.Sprintf("the data file holds a sandbox %s of a fixture file that this start does not name: start with that file (--fixtures), or choose another id", id)}
	}
	return nil
}

func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

package pay

import (
	"fmt"

	"cardsim/simulator/agenda"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// AgendaKind is the kind of a pending payment's deadline in the agenda; the id is
// the payment's.
const AgendaKind = "payment"

// date is where a pending payment stands in the agenda.
func (p Payment) date() agenda.Item {
	return agenda.Item{At: p.Waits.Deadline, Kind: AgendaKind, Rank: fmt.Sprintf("%020d", p.Waits.Seq), ID: p.ID}
}

// Dates are the agenda's items of all payments that wait for their payers, for a
// file of before there was an agenda. It reads every payment.
func Dates(s sandbox.Scope) ([]agenda.Item, error) {
	var items []agenda.Item
	err := payments.Scan(s.Tx, s.World.ID, store.ScanOptions{}, func(_ string, p Payment) (bool, error) {
		if p.timed() {
			items = append(items, p.date())
		}
		return true, nil
	})
	return items, wrap(err, "look for pending payments")
}

// Due ends a payment whose payer did not finish in time, at the scope's instant:
// what moving a clock fires (interface §3). It is then timed out (reference
// acehub.md §2.3: result 4, documented). fired is false when there was nothing to
// end.
func Due(s sandbox.Scope, id string) (p Payment, fired bool, err error) {
	p, ok, err := payments.Get(s.Tx, s.World.ID, id)
	if err != nil || !ok || !p.timed() || s.Now.Before(p.Waits.Deadline) {
		return p, false, wrap(err, "read a payment")
	}
	p = p.At(s.Now)
	return p, true, wrap(payments.Put(s.Tx, s.World.ID, id, p), "keep a payment")
}

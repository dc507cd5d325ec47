package threeds

import (
	"fmt"
	"strconv"

	"cardsim/simulator/agenda"
	"cardsim/simulator/sandbox"
)

// idLength is that of a TransactionId (reference cardinal.md §4, observed).
const idLength = 20

// orderPrefix begins every OrderId (reference cardinal.md §4, observed).
const orderPrefix = "8000"

// orderSpace is how many OrderIds there are.
const orderSpace = 1_000_000_000_000

// identify gives a transaction its ids: drawn from merchant, order number, card
// and the ordinal of that combination (decisions, "Chance").
func identify(s sandbox.Scope, t *Transaction) error {
	entity := s.World.Digest("threeds.lookup", fmt.Sprintf("%d %s %s %s", len(t.OrderNumber), t.OrderNumber, t.Merchant, t.Card.Fingerprint))
	ordinal, err := s.Next("threeds.lookups/" + entity)
	if err != nil {
		return wrap(err, "number a lookup")
	}
	if t.Seq, err = s.Next("threeds.transactions"); err != nil {
		return wrap(err, "number a transaction")
	}
	d := s.World.Draw("cardinal.transaction", t.Merchant, t.OrderNumber, t.Card.Fingerprint, strconv.FormatUint(ordinal, 10))
	t.ID = d.Alnum(idLength)
	t.ThreeDSServerTransID = d.UUID()
	t.DSTransID, t.ACSTransID = s.World.Link(sandbox.LinkDS, t.ID).String(), s.World.Link(sandbox.LinkACS, t.ID).String()
	d.Bytes(2 * len(sandbox.UUID{})) // both were drawn here once, and the OrderId stays what it was
	return orderID(s, t, d.Uint64()%orderSpace)
}

// orderID takes the drawn OrderId or, when it is taken, the next free one.
func orderID(s sandbox.Scope, t *Transaction, drawn uint64) error {
	for n := drawn; ; n = (n + 1) % orderSpace {
		id := orderPrefix + fmt.Sprintf("%012d", n)
		_, taken, err := finders.Get(s.Tx, s.World.ID, byOrder+id)
		if err != nil {
			return wrap(err, "look for an OrderId")
		}
		if !taken {
			t.OrderID = id
			return nil
		}
	}
}

// index makes a new transaction found by its OrderId and its arrival; its other ids lead
// to it by themselves.
func index(s sandbox.Scope, t Transaction) error {
	if err := finders.Add(s.Tx, s.World.ID, byOrder+t.OrderID, t.ID); err != nil {
		return wrap(err, "index a 3-D Secure transaction")
	}
	if t.Seq == 1 { // nothing can be missing from the agenda
		if err := agenda.Cover(s.Tx, s.World.ID, AgendaKind); err != nil {
			return err
		}
	}
	return wrap(arrivals.Add(s.Tx, s.World.ID, fmt.Sprintf("%020d", t.Seq), t.ID), "keep the arrival of a 3-D Secure transaction")
}

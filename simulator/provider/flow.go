package provider

import (
	"strconv"

	"cardsim/simulator/store"
)

// flowState is where a card's journey at one merchant stands.
type flowState struct {
	Ordinal uint64 `json:"n"`
	Looked  bool   `json:"looked,omitempty"` // 3-D Secure was asked
	Paid    bool   `json:"paid,omitempty"`   // an acquirer was asked
}

var flows = store.NewTable[flowState](flowTable)

// The operations that end a stage of a journey.
const (
	opLookup  = "cardinal.lookup"
	opPayment = "acehub.payment.create"
)

// joinFlow gives the call the id of its card's journey at this merchant. A
// lookup begins a new journey when the current one has had a lookup or a
// payment already; everything else joins the current one (*ours*). Operations
// without a card (an issuer's, a follow-up by id) set their own or none.
func (f *Front) joinFlow(c *Call, tx *Tx, readOnly bool) error {
	if c.Facts.Card.IsZero() || c.Merchant == nil {
		return nil
	}
	key := c.Merchant.ID + "/" + c.Facts.Card.Fingerprint
	state, _, err := flows.Get(tx, c.World.ID, key)
	if err != nil {
		return err
	}
	next := state
	op := c.Operation.ID()
	if next.Ordinal == 0 || op == opLookup && (state.Looked || state.Paid) {
		next = flowState{Ordinal: state.Ordinal + 1}
	}
	next.Looked = next.Looked || op == opLookup
	next.Paid = next.Paid || op == opPayment
	c.notes.flow = c.World.Draw("flow", key, strconv.FormatUint(next.Ordinal, 10)).Hex32()[:16]
	if readOnly || next == state {
		return nil
	}
	return flows.Put(tx, c.World.ID, key, next)
}

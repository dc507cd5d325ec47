package provider

import (
	"cmp"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/store"
)

// flowState is where a card's journey at one merchant stands.
type flowState struct {
	Ordinal uint64 `json:"n"`
	Looked  bool   `json:"looked,omitempty"` // 3-D Secure was asked
	Paid    bool   `json:"paid,omitempty"`   // an acquirer was asked
	// Taken is the id of a journey that was begun at the issuer, Drawn that of one of
	// the merchant's own. A file of an older program has no Drawn: it is drawn again.
	Taken string `json:"taken,omitempty"`
	Drawn string `json:"flow,omitempty"`
}

// began says that the journey is past what comes before a purchase.
func (s flowState) began() bool { return s.Looked || s.Paid }

// cardState is the newest journey of a card at any merchant, which the issuer's
// calls belong to: they name no merchant.
type cardState struct {
	Ordinal uint64 `json:"n,omitempty"` // of the journeys that were begun at the issuer
	Flow    string `json:"flow"`
	// Open is a journey that was begun at the issuer, and is no merchant's yet.
	Open bool `json:"open,omitempty"`
	// Began is of the newest journey, as flowState has it.
	Began bool `json:"began,omitempty"`
}

var (
	flows     = store.NewTable[flowState](flowTable)
	cardFlows = store.NewTable[cardState](cardFlowTable)
)

// The operations that end a stage of a journey, and the one that may begin one at
// the issuer.
const (
	opLookup  = "cardinal.lookup"
	opPayment = "acehub.payment.create"
	opEnrol   = "cipher.card.create"
)

// joinFlow gives the call the id of the journey that it belongs to (*ours*). What
// acts on something that was made in a journey belongs to that one. Else the card
// decides: a call joins its card's newest journey at the same merchant, or of an
// issuer, at any. A call without a card belongs to none.
func (f *Front) joinFlow(c *Call, tx *Tx, readOnly bool) error {
	card := c.Facts.Card
	switch {
	case c.Facts.Flow != "":
		c.notes.flow = c.Facts.Flow
		return nil
	case card.IsZero():
		return nil
	case c.Merchant == nil:
		return c.joinIssued(tx, card, readOnly)
	default:
		return c.joinBought(tx, card, readOnly)
	}
}

// joinBought joins the card's journey at the merchant. A lookup begins a new one
// when the current has had a lookup or a payment already. A new one takes over what
// the card's issuer began, the enrolment before the purchase.
func (c *Call) joinBought(tx *Tx, card core.CardRef, readOnly bool) error {
	key := c.Merchant.ID + "/" + card.Fingerprint
	state, _, err := flows.Get(tx, c.World.ID, key)
	if err != nil {
		return err
	}
	op := c.Operation.ID()
	next := state
	begins := state.Ordinal == 0 || op == opLookup && state.began()
	if begins {
		next = flowState{Ordinal: state.Ordinal + 1}
	}
	next.Looked = next.Looked || op == opLookup
	next.Paid = next.Paid || op == opPayment
	if next == state {
		c.notes.flow = next.flow(c, key)
		return nil
	}
	known, _, err := cardFlows.Get(tx, c.World.ID, card.Fingerprint)
	if err != nil {
		return err
	}
	switch {
	case begins && known.Open:
		next.Taken = known.Flow
	case begins:
		next.Drawn = c.drawFlow(key, next.Ordinal)
	}
	c.notes.flow = next.flow(c, key)
	if readOnly {
		return nil
	}
	if begins || known.Flow == c.notes.flow {
		known = cardState{Ordinal: known.Ordinal, Flow: c.notes.flow, Began: next.began()}
		if err := cardFlows.Put(tx, c.World.ID, card.Fingerprint, known); err != nil {
			return err
		}
	}
	return flows.Put(tx, c.World.ID, key, next)
}

func (s flowState) flow(c *Call, key string) string {
	if known := cmp.Or(s.Taken, s.Drawn); known != "" {
		return known
	}
	return c.drawFlow(key, s.Ordinal)
}

// joinIssued joins the card's newest journey. An enrolment begins one where there
// is none, or where the newest is past its beginning.
func (c *Call) joinIssued(tx *Tx, card core.CardRef, readOnly bool) error {
	known, _, err := cardFlows.Get(tx, c.World.ID, card.Fingerprint)
	if err != nil {
		return err
	}
	if known.Flow != "" && !(known.Began && c.Operation.ID() == opEnrol) {
		c.notes.flow = known.Flow
		return nil
	}
	n := known.Ordinal + 1
	c.notes.flow = c.drawFlow("/"+card.Fingerprint, n)
	if readOnly {
		return nil
	}
	return cardFlows.Put(tx, c.World.ID, card.Fingerprint, cardState{Ordinal: n, Flow: c.notes.flow, Open: true})
}

func (c *Call) drawFlow(key string, n uint64) string {
	return c.World.Draw("flow", key, strconv.FormatUint(n, 10)).Hex32()[:16]
}

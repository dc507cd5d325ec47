package scheme

import (
	"fmt"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Scheme is the network that issues a token, as Cardtokens spells it (reference
// cardtokens.md §4.3, documented).
type Scheme string

// The three schemes.
const (
	Visa       Scheme = "visa"
	Mastercard Scheme = "mastercard"
	Test       Scheme = "testscheme"
)

// State is a token's state at its scheme; Cardtokens shows only two of them
// (reference cardtokens.md §12.1).
type State string

// The four states.
const (
	Inactive    State = "INACTIVE"    // not yet activated
	Active      State = "ACTIVE"      // usable
	Suspended   State = "SUSPENDED"   // paused, may return
	Deactivated State = "DEACTIVATED" // gone for good
)

// CanBecome says whether a move is legal: INACTIVE to ACTIVE, ACTIVE to
// SUSPENDED and back, any to DEACTIVATED, which is final (reference
// cardtokens.md §12.1). Staying is legal.
func (s State) CanBecome(to State) bool {
	switch {
	case s == to:
		return true
	case s == Deactivated:
		return false
	case to == Deactivated:
		return true
	case to == Active:
		return s == Inactive || s == Suspended
	default:
		return s == Active && to == Suspended
	}
}

// Token is a network token: what one merchant holds in place of a card number.
// Two tokens of one card and merchant may share a number, never an id.
type Token struct {
	ID         string       `json:"id"`         // tokenid: 32 lower-case hex digits
	MerchantID string       `json:"merchantid"` // Cardtokens' merchantid it was made for
	Merchant   string       `json:"merchant"`   // the sandbox's own id of that merchant
	Scheme     Scheme       `json:"scheme"`
	Card       core.CardRef `json:"card"`       // the underlying card
	CardExpiry core.Expiry  `json:"cardExpiry"` // the card's
	Expiry     core.Expiry  `json:"expiry"`     // the token's own
	State      State        `json:"state"`
	Ordinal    uint64       `json:"ordinal"` // within merchant, card and card expiry
	// Number is what may be kept of the token number, and Source what it is
	// drawn from again.
	Number  core.CardRef `json:"number"`
	Source  NumberSource `json:"numberFrom"`
	Created time.Time    `json:"created"` // sandbox clock
	// Seq is the order of arrival within the sandbox, for lists; nothing is drawn
	// from it.
	Seq uint64 `json:"seq"`
	// Flow is the journey of the request that made it; empty for none.
	Flow string `json:"flow,omitempty"`
}

// NumberSource is what a token number is drawn from, beside merchant, card and
// scheme: the provisioning that first drew it.
type NumberSource struct {
	CardExpiry core.Expiry `json:"cardExpiry"`
	Ordinal    uint64      `json:"ordinal"`
	// Attempt counts the numbers passed over because they were taken.
	Attempt int `json:"attempt,omitempty"`
}

// Digits is the token number, drawn again: it is never stored.
func (t Token) Digits(w *sandbox.World) string {
	return number(w, numberKey{t.Scheme, t.MerchantID, t.Card.Fingerprint, t.Source})
}

// Usable says that the token is active and not past its own expiry.
func (t Token) Usable(now time.Time) bool {
	return t.State == Active && !t.Expiry.Expired(now)
}

// lifeKey places a token among the living ones of its card, oldest first.
func (t Token) lifeKey() string {
	return lifePrefix(t.MerchantID, t.Card.Fingerprint, t.Scheme) + fmt.Sprintf("%020d", t.Seq)
}

func lifePrefix(merchantID, card string, s Scheme) string {
	return merchantID + "/" + card + "/" + string(s) + "/"
}

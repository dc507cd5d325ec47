package pay

import (
	"time"

	"cardsim/simulator/core"
)

// Order is a payment or authorisation as the merchant asks for it.
type Order struct {
	Payer
	Action       Action // ActionAuthorize or ActionPayment
	TrackingCode string
	Money        core.Money
	BrandID      int
	Descriptor   string // as the answer shows it
	Sequence     Sequence
	Card         *Instrument // nil: a bank or wallet pays
	Bank         *Bank
	Proof        *Proof // what the merchant says about 3-D Secure; nil: nothing
	Tokenize     *Owner // nil: no token is asked for
	ReturnURL    string
	ThreeDS      *ThreeDS      // what the gateway's own 3-D Secure found out
	Denied       *core.Refusal // why that 3-D Secure stops the payment; nil: it does not
	Await        *Await        // not nil: the answer is not final
	Force        *Force        // what a scenario demands; nil: nothing
}

// Proof is the 3-D Secure part of a payment, as sent.
type Proof struct {
	ECI             core.ECI
	CAVV            string // never kept
	XID             string
	DSTransactionID string
	Version         string
	Exemption       bool
}

// Await says that the payer must finish elsewhere, or that confirmation comes
// later.
type Await struct {
	Result   Result // Pending or Waiting
	Redirect Redirect
	Deadline time.Time
	// Settled is how it ends without the payer doing anything: the answer still
	// says Result, everything later says Settled. Empty: it waits.
	Settled Result
}

// Force is a result that a scenario demands, with its own words if it has any.
type Force struct {
	Result Result
	Words  Words
}

// failure says that the result is forced to anything but approved: that wins
// over everything (decisions 3).
func (f *Force) failure() bool { return f != nil && f.Result != Approved }

func (f *Force) success() bool { return f != nil && f.Result == Approved }

// Answer is what an operation came to.
type Answer struct {
	Payment Payment // as the answer shows it
	Vault   *Token  // the token that came of it, nil when none did
	// Refusal is the true reason of what is not approved, for the journal.
	Refusal *core.Refusal
}

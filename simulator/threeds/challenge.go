package threeds

import (
	"time"

	"cardsim/simulator/core"
)

// State is where a challenge stands.
type State string

// The states of a challenge. Pending and Open run; the others are final.
const (
	Pending   State = "pending"   // made by the lookup, the browser has not come yet
	Open      State = "open"      // the cardholder has the page
	Finished  State = "finished"  // ended by the right code; the result is the card's
	Failed    State = "failed"    // limit of tries, card not found, or the issuer's own trouble
	Cancelled State = "cancelled" // by the cardholder
	Expired   State = "expired"   // the deadline passed
)

// Running says that the challenge still takes answers.
func (s State) Running() bool { return s == Pending || s == Open }

// End says why a challenge ended: the rows of reference cipher-acs.md B6.
type End string

// The ways a challenge ends.
const (
	EndCode         End = "code"           // rows 1, 2: the right code
	EndLimit        End = "attempt-limit"  // row 3
	EndCancel       End = "cancelled"      // row 4
	EndExpiry       End = "expired"        // rows 5, 7
	EndNoCReq       End = "no-creq"        // row 6
	EndFault        End = "unavailable"    // row 8
	EndRejected     End = "rejected"       // row 10
	EndCardNotFound End = "card-not-found" // row 11
	EndFailed       End = "failed"         // the issuer, or a scenario, says no
)

// Challenge is one session at the issuer.
type Challenge struct {
	ID    string `json:"id"` // 32 hex digits
	State State  `json:"state"`
	End   End    `json:"end,omitempty"`
	// Tenant is the issuer that asks; empty for a sandbox card, whose code is 1234.
	Tenant      string `json:"tenant,omitempty"`
	Channel     string `json:"channel,omitempty"`     // sms or email
	Destination string `json:"destination,omitempty"` // masked
	// To is where the codes go: a running challenge keeps it, whatever the
	// cardholder changes meanwhile (reference cipher-acs.md A7, inferred).
	To string `json:"to,omitempty"`

	AttemptsMade int `json:"attemptsMade"`
	AttemptLimit int `json:"attemptLimit"` // the wrong entry that ends the challenge
	Resends      int `json:"resends"`
	ResendLimit  int `json:"resendLimit"`
	Sendings     int `json:"sendings"` // ordinal of the code that is right now; 0 for a sandbox card
	// Wrong counts the wrong entries among AttemptsMade.
	Wrong int `json:"wrong"`

	// Deadline is the first instant at which the challenge has expired.
	Deadline time.Time `json:"deadline"`
	// OpenBy, when set, is the first instant at which the browser comes too late
	// (setting acs.firstCReq).
	OpenBy *time.Time `json:"openBy,omitempty"`
	Opened *time.Time `json:"opened,omitempty"`
	Ended  *time.Time `json:"ended,omitempty"`

	// Right is what the right code leads to.
	Right Ending `json:"right"`
	// SealedCode is a code that a scenario fixed, sealed (sandbox.World.Seal).
	SealedCode string `json:"sealedCode,omitempty"`

	Result       core.TransStatus `json:"result,omitempty"`
	StatusReason string           `json:"statusReason,omitempty"`
	Cancel       string           `json:"cancel,omitempty"` // EMVCo challengeCancel

	// Addresses are what the browser brought. They may hold anything, a card number
	// in MD included, and are stored sealed.
	Addresses       Addresses `json:"-"`
	SealedAddresses string    `json:"sealedAddresses,omitempty"`
}

// Ending is what a card's case makes of a right code (decisions 14).
type Ending struct {
	Status       core.TransStatus `json:"status"`
	StatusReason string           `json:"statusReason,omitempty"`
	BadSignature bool             `json:"badSignature,omitempty"`
	Error        string           `json:"error,omitempty"`   // Cardinal's number on authenticate
	Timeout      bool             `json:"timeout,omitempty"` // authenticate answers late or never
	Trust        string           `json:"trust,omitempty"`
}

// Addresses is where the browser takes the result.
type Addresses struct {
	TermURL         string `json:"termUrl,omitempty"`         // 3-D Secure 1.0: the merchant's
	MD              string `json:"md,omitempty"`              // the merchant's session data, unchanged
	ReturnURL       string `json:"returnUrl,omitempty"`       // EMV: the merchant's, from the step-up token
	NotificationURL string `json:"notificationUrl,omitempty"` // EMV: who receives the CRes; empty: Cardinal's own page
	SessionData     string `json:"threeDSSessionData,omitempty"`
	// HasSessionData says that the field came, perhaps empty, and goes back.
	HasSessionData bool `json:"hasSessionData,omitempty"`
}

// AttemptsLeft is how many entries the cardholder has left.
func (c Challenge) AttemptsLeft() int { return max(0, c.AttemptLimit-c.Wrong) }

// ResendsLeft is how many resends the cardholder may still ask for; a sandbox
// card has nothing to resend.
func (c Challenge) ResendsLeft() int { return max(0, c.ResendLimit-c.Resends) }

// Interactions is EMV's interactionCounter: entries made.
func (c Challenge) Interactions() int { return c.AttemptsMade }

package threeds

import (
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// Transaction is one lookup and everything that followed from it. The JSON is a
// format that users keep.
type Transaction struct {
	ID          string       `json:"id"` // Cardinal's TransactionId, 20 letters and digits
	Seq         uint64       `json:"seq"`
	OrderID     string       `json:"orderId"` // 16 digits, 8000…
	OrderNumber string       `json:"orderNumber"`
	Merchant    string       `json:"merchant"` // the sandbox's own id
	Flow        string       `json:"flow,omitempty"`
	Card        core.CardRef `json:"card"` // the underlying card, also behind a network token
	Expiry      core.Expiry  `json:"expiry"`
	Money       core.Money   `json:"money"`

	Version core.ThreeDSVersion `json:"version"`
	// Case and Variant name the row of Cardinal's card tables that decided
	// (reference cardinal.md §11); 0 and empty for other cards.
	Case    int    `json:"case,omitempty"`
	Variant string `json:"variant,omitempty"`
	// Outcome names what a scenario wanted of the lookup; empty for nothing.
	Outcome string `json:"outcome,omitempty"`

	Enrolled core.Enrolled `json:"enrolled"`
	// Status is the result so far: C while a challenge runs, then the final one;
	// in 3-D Secure 1.0 empty until then.
	Status       core.TransStatus `json:"status,omitempty"`
	StatusReason string           `json:"statusReason,omitempty"` // two digits, EMVCo
	BadSignature bool             `json:"badSignature,omitempty"`
	DataOnly     bool             `json:"dataOnly,omitempty"` // Mastercard, message category 80
	Scored       bool             `json:"scored,omitempty"`   // ScoreRequest was Y
	// Trust and TrustSource are WhiteListStatus and WhiteListStatusSource.
	Trust       string `json:"trust,omitempty"`
	TrustSource string `json:"trustSource,omitempty"`

	// LookupError and AuthenticateError are Cardinal's numbers; empty for none.
	LookupError         string `json:"lookupError,omitempty"`
	LookupTimeout       bool   `json:"lookupTimeout,omitempty"`
	AuthenticateError   string `json:"authenticateError,omitempty"`
	AuthenticateTimeout bool   `json:"authenticateTimeout,omitempty"`
	// Forced is what a scenario made of the authenticate call; it stays.
	Forced string `json:"forced,omitempty"`

	// The ids of EMV 3-D Secure; empty in 1.0, the last two also where no issuer
	// answered.
	ThreeDSServerTransID string `json:"threeDSServerTransID,omitempty"`
	DSTransID            string `json:"dsTransID,omitempty"`
	ACSTransID           string `json:"acsTransID,omitempty"`

	// Reference is the digest of DFReferenceId; empty when none was sent.
	Reference  string `json:"reference,omitempty"`
	WindowSize string `json:"windowSize,omitempty"` // challengeWindowSize, 01 to 05

	Created   time.Time  `json:"created"`
	Challenge *Challenge `json:"challenge,omitempty"`

	// Warnings are sentences for the journal of the call that made or changed
	// the transaction; they are not kept.
	Warnings []string `json:"-"`
}

// ECI is the indicator of the result so far (reference cardinal.md §9). A lookup
// that said not enrolled lets the merchant claim an attempt.
func (t Transaction) ECI() core.ECI {
	switch {
	case t.DataOnly && t.Card.Brand.MastercardGroup():
		return core.ECIDataOnlyMC
	case t.Enrolled == core.EnrolledNo:
		return core.ECIFor(t.Card.Brand, t.Version, core.StatusAttempted)
	default:
		return core.ECIFor(t.Card.Brand, t.Version, t.Status)
	}
}

// CAVV is the authentication value, derived anew; empty where the result
// carries none. It must not be stored or logged.
func (t Transaction) CAVV(w *sandbox.World) string {
	if t.AuthenticateError != "" || t.AuthenticateTimeout {
		return ""
	}
	return scheme.CAVV(w, t.ID, t.Card.Brand, t.Version, t.Status)
}

// XID is the 3-D Secure 1.0 identifier; in EMV only Amex has one (reference
// cardinal.md §4, documented).
func (t Transaction) XID() string {
	if t.Version.EMV() && t.Card.Brand != core.Amex {
		return ""
	}
	return scheme.XID(t.ID)
}

// Running says that the transaction waits for its cardholder.
func (t Transaction) Running() bool { return t.Challenge != nil && t.Challenge.State.Running() }

func (t *Transaction) warn(sentence string) { t.Warnings = append(t.Warnings, sentence) }

package pay

import (
	"time"

	"cardsim/simulator/core"
)

// Payment is one operation with its own id and tracking code: an authorisation,
// a payment, or a follow-up of one. Its JSON is a format that users keep.
type Payment struct {
	ID           string     `json:"id"`       // lower-case UUID, drawn from business and tracking code
	Business     string     `json:"business"` // AceHub's businessId it was made under
	Merchant     string     `json:"merchant"` // the sandbox's own id of the merchant
	Action       Action     `json:"action"`
	Parent       string     `json:"parent,omitempty"` // of a follow-up: the id it was addressed to
	Root         string     `json:"root"`             // whose money it moves; its own id unless it is a follow-up
	TrackingCode string     `json:"trackingCode"`
	Money        core.Money `json:"money"`
	BrandID      int        `json:"brandId,omitempty"`
	Descriptor   string     `json:"descriptor,omitempty"`
	Result       Result     `json:"result"`
	// Words are a scenario's own in place of the provider's error texts.
	Words   Words     `json:"words,omitzero"`
	Refusal string    `json:"refusal,omitempty"` // code of the true reason of a decline
	Card    *Card     `json:"card,omitempty"`
	Bank    *Bank     `json:"bank,omitempty"`
	Token   string    `json:"token,omitempty"` // the vault's token that came of it
	ThreeDS *ThreeDS  `json:"threeDS,omitempty"`
	Claim   *Claim    `json:"claim,omitempty"` // nil: nothing was said about 3-D Secure
	Waits   *Waits    `json:"waits,omitempty"`
	Return  string    `json:"returnUrl,omitempty"`
	Flow    string    `json:"flow,omitempty"` // the journey it belongs to; a follow-up belongs to its root's
	Created time.Time `json:"created"`
}

// Words are an error's number and texts; the zero Words are the provider's own.
type Words struct {
	Code     int64  `json:"code,omitempty"`
	Message  string `json:"message,omitempty"`
	Detailed string `json:"detailed,omitempty"`
}

// Card is what is kept of the card that paid.
type Card struct {
	Number       core.CardRef `json:"number"` // the number that was sent: the card's or a network token's
	Card         core.CardRef `json:"card"`   // the underlying card (decisions 4)
	Expiry       core.Expiry  `json:"expiry"` // as sent
	Holder       string       `json:"holder,omitempty"`
	IssueNumber  string       `json:"issueNumber,omitempty"`
	NetworkToken string       `json:"networkToken,omitempty"` // tokenid
	ApprovalCode string       `json:"approvalCode,omitempty"` // six digits
	CVVResult    string       `json:"cvvResult,omitempty"`    // M: it matches
	// Cryptogram says that a good cryptogram came with it.
	Cryptogram bool `json:"cryptogram,omitempty"`
}

// Bank is the payer's bank of a bank transfer.
type Bank struct {
	Name string `json:"name,omitempty"` // ABN_AMRO
}

// ThreeDS is what the gateway's own 3-D Secure found out.
type ThreeDS struct {
	TransactionID string              `json:"transactionId"`
	Version       core.ThreeDSVersion `json:"version"`
	Enrolled      core.Enrolled       `json:"enrolled,omitempty"`
	Status        core.TransStatus    `json:"status,omitempty"`
	Challenge     bool                `json:"challenge,omitempty"`
}

// Waits is what a pending payment waits for, and what is still to do when it
// is approved.
type Waits struct {
	Redirect Redirect `json:"redirect,omitzero"`
	// Deadline ends the wait: the payment then reads as timed out. Zero: none.
	Deadline time.Time `json:"deadline,omitzero"`
	Tokenize *Owner    `json:"tokenize,omitempty"`
	// Held payments wait for ever, whatever the payer does.
	Held bool `json:"held,omitempty"`
	// Seq is the payment's order of arrival; 0 where a file is older than it.
	Seq uint64 `json:"seq,omitempty"`
}

// Redirect is where the payer's browser goes.
type Redirect struct {
	Method string            `json:"method,omitempty"` // GET or POST
	URL    string            `json:"url,omitempty"`
	Fields map[string]string `json:"fields,omitempty"` // of a POST
}

// At is the payment as it stands at an instant: a pending one whose deadline has
// passed has timed out.
func (p Payment) At(now time.Time) Payment {
	if p.timed() && !now.Before(p.Waits.Deadline) {
		p.Result = Timeout
	}
	return p
}

// timed says that the payment waits for its payer until a deadline.
func (p Payment) timed() bool {
	w := p.Waits
	return p.Result == Pending && w != nil && !w.Held && !w.Deadline.IsZero()
}

// Underlying is the card whose money moves; zero for a bank or wallet.
func (p Payment) Underlying() core.CardRef {
	if p.Card == nil {
		return core.CardRef{}
	}
	return p.Card.Card
}

// FollowUp says that the operation follows another.
func (p Payment) FollowUp() bool { return p.Parent != "" }

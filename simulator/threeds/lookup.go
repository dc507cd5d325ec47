package threeds

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// LookupRequest is what a merchant asks about a card.
type LookupRequest struct {
	Merchant    *sandbox.Merchant
	OrderNumber string
	Card        core.CardRef // the underlying card, see Resolve
	Expiry      core.Expiry
	Money       core.Money
	// ForcedVersion is ThreeDSVersion; empty leaves it to the card.
	ForcedVersion   core.ThreeDSVersion
	MessageCategory string // 01, 02, 80
	Score           bool   // ScoreRequest

	ReferenceID string // DFReferenceId
	WindowSize  string // ACSWindowSize
	// ReturnURL and NotificationURL may be known already; empty else.
	ReturnURL       string
	NotificationURL string
	Flow            string // the card's journey
	Plan            Plan
}

// maxPurchAmount is what fits the twelve digits of a PaReq's purchAmount.
const maxPurchAmount = 999_999_999_999

// Lookup opens a transaction: the card's row in Cardinal's tables, the issuer
// that enrolled it, and the scenario decide (decisions 12 to 16). A challenge
// begins to run with it, and its code is sent. The schemes remember the lookup,
// errors included.
func Lookup(s sandbox.Scope, r LookupRequest) (Transaction, error) {
	b, err := askIssuer(s, r.Card.Fingerprint)
	if err != nil {
		return Transaction{}, err
	}
	at, row := decide(s, r, b)
	if !at.version.EMV() && row.challenge && r.Money.Minor > maxPurchAmount {
		row = behaviour{enrolled: core.EnrolledUnknown, lookupError: errPaReq, warning: "the amount does not fit a PaReq: twelve digits"}
	}
	t := newTransaction(s, r, at, row)
	if err := identify(s, &t); err != nil {
		return t, err
	}
	t.dropIDs()
	if row.challenge {
		if err := begin(s, &t, row, b, r); err != nil {
			return t, err
		}
	}
	if err := admit(s, t); err != nil {
		return t, err
	}
	return play(s, t, r.Plan.Cardholder)
}

func newTransaction(s sandbox.Scope, r LookupRequest, at route, row behaviour) Transaction {
	t := Transaction{
		OrderNumber: r.OrderNumber, Merchant: r.Merchant.ID, Flow: r.Flow, Card: r.Card, Expiry: r.Expiry, Money: r.Money,
		Version: at.version, Case: at.number, Variant: at.variant, Outcome: r.Plan.Outcome,
		Enrolled: row.enrolled, Status: row.status, StatusReason: reasonIn(at.version, row.reason),
		DataOnly: row.dataOnly, Scored: r.Score, Trust: row.trust, TrustSource: row.source,
		LookupError: row.lookupError, LookupTimeout: row.timeout,
		Reference: reference(s.World, r.ReferenceID), WindowSize: r.WindowSize, Created: s.Now,
	}
	if !at.version.EMV() {
		t.Status = core.StatusNone // known only after the challenge
	}
	if row.warning != "" {
		t.warn(row.warning)
	}
	return t
}

// dropIDs takes away the ids that nobody gave: 3-D Secure 1.0 has none, and where
// no issuer answered there is only the 3DS server's.
func (t *Transaction) dropIDs() {
	if !t.Version.EMV() {
		t.ThreeDSServerTransID = ""
	}
	if !t.Version.EMV() || t.Enrolled != core.EnrolledYes {
		t.DSTransID, t.ACSTransID = "", ""
	}
}

// reasonIn is a StatusReason as a version knows it: 22 came with 2.2.0
// (reference cipher-acs.md B4.2, documented), and 1.0 has none.
func reasonIn(v core.ThreeDSVersion, reason string) string {
	switch {
	case !v.EMV():
		return ""
	case reason == reasonTechnical && v == core.ThreeDS21:
		return reasonFailed
	default:
		return reason
	}
}

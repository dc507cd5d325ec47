package issuer

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Authorisation asks the card's bank for money.
type Authorisation struct {
	// Card is the underlying card, also when a network token was used.
	Card   core.CardRef
	Expiry core.Expiry
	Money  core.Money
	// Business and Reference are the payment's entity key: the same two draw the
	// same approval code (decisions, "Chance").
	Business, Reference string
	// Forced is the decline that a scenario or a card's behaviour demands; nil
	// leaves the decision to the issuer.
	Forced *core.Refusal
}

// Decision is the bank's answer.
type Decision struct {
	Approved bool
	// Refusal is the true reason of a decline.
	Refusal *core.Refusal
	// ApprovalCode is six digits; empty when declined.
	ApprovalCode string
}

// Authorise decides. A sandbox's bank has no balances: it approves, unless the
// caller forces a decline, or the card is past its expiry and setting
// acehub.expiredCard says decline. A card disabled at Cipher still pays: it is
// disabled for authentication only (seed 004, documented).
func Authorise(s sandbox.Scope, a Authorisation) Decision {
	if a.Forced != nil {
		return Decision{Refusal: a.Forced}
	}
	expired := a.Expiry.Valid() && a.Expiry.Expired(s.Now)
	if expired && s.World.Settings.Text("acehub.expiredCard") == "decline" {
		return Decision{Refusal: core.Refusef("expired-card", "the card was good until %s and it is %s",
			a.Expiry, s.Now.Format("2006-01"))}
	}
	code := s.World.Draw("issuer.approvalCode", a.Business, a.Reference).Digits(6)
	return Decision{Approved: true, ApprovalCode: code}
}

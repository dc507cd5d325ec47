package acs

import (
	"cardsim/simulator/core"
	"cardsim/simulator/threeds"
)

// The outcomes of acs.challenge (interface §6).
const (
	outcomeAuthenticated = "authenticated"
	outcomeFailed        = "failed"
	outcomeCancelled     = "cancelled"
	outcomeExpired       = "expired"
	outcomeCardNotFound  = "card-not-found"
	outcomeUnavailable   = "unavailable"
)

// ending is how a final page speaks: what happened, why, and what that means.
type ending struct {
	outcome     string
	title, lead string
}

const notConfirmed = "The payment was not confirmed."

// endings are the rows of reference cipher-acs.md B6 in words a cardholder
// understands (*ours*). The right code's is endOfCode's. That the limit of wrong
// entries blocks is B2's (observed); here it blocks this payment only.
var endings = map[threeds.End]ending{
	threeds.EndLimit:        {outcomeFailed, "Blocked after too many wrong codes", notConfirmed},
	threeds.EndCancel:       {outcomeCancelled, "You cancelled", notConfirmed},
	threeds.EndExpiry:       {outcomeExpired, "The time is over", "The code was not entered in time. " + notConfirmed},
	threeds.EndNoCReq:       {outcomeExpired, "The time is over", "The shop asked too late. " + notConfirmed},
	threeds.EndFault:        {outcomeUnavailable, "This cannot be confirmed now", "Your bank cannot check the code at the moment. " + notConfirmed},
	threeds.EndRejected:     {outcomeFailed, "Your bank refused", notConfirmed},
	threeds.EndCardNotFound: {outcomeCardNotFound, "Your bank does not know this card", notConfirmed},
	threeds.EndFailed:       {outcomeFailed, "Your bank refused", notConfirmed},
}

func endOf(t threeds.Transaction) ending {
	if e, ok := endings[t.Challenge.End]; ok {
		return e
	}
	return endOfCode(t.Challenge.Result)
}

// endOfCode is what a right code led to: the card's case has the last word
// (decisions 14).
func endOfCode(result core.TransStatus) ending {
	switch result {
	case core.StatusAuthenticated, core.StatusAttempted:
		return ending{outcomeAuthenticated, "Confirmed", ""}
	case core.StatusBypassed:
		return ending{"bypassed", "No confirmation is needed", ""}
	case core.StatusUnavailable:
		return endings[threeds.EndFault]
	default:
		return endings[threeds.EndFailed]
	}
}

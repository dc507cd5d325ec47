package acs

import "cardsim/simulator/core"

// Outcomes lists the outcomes of every step: whichever step it is asked for at,
// the challenge ends there and then.
func Outcomes() []core.Outcome {
	var list []core.Outcome
	for _, op := range []string{opOpen, opSubmit, opResend, opCancel} {
		list = append(list, outcomesOf(op)...)
	}
	return list
}

func outcomesOf(op string) []core.Outcome {
	return []core.Outcome{
		{Operation: op, Name: outcomeAuthenticated, Summary: "The challenge ends as with the right code: Y, unless the issuer no longer knows the card.", Source: "cipher-acs.md B6 row 1", Mark: "observed"},
		{Operation: op, Name: outcomeFailed, Summary: "The issuer says no: N, reason 01.", Source: "cipher-acs.md B6 row 3", Mark: "observed"},
		{Operation: op, Name: outcomeCancelled, Summary: "The cardholder breaks off: N, reason 01, challengeCancel 01.", Source: "cipher-acs.md B6 row 4", Mark: "observed"},
		{Operation: op, Name: outcomeExpired, Summary: "The time runs out: N, reason 14, challengeCancel 04.", Source: "cipher-acs.md B6 row 5", Mark: "documented"},
		{Operation: op, Name: outcomeCardNotFound, Summary: "The issuer no longer knows the card: N, reason 08.", Source: "cipher-acs.md B6 row 11", Mark: "inferred"},
		{Operation: op, Name: outcomeUnavailable, Summary: "The issuer is in trouble: U, reason 22 (01 in 2.1.0).", Source: "cipher-acs.md B6 row 8", Mark: "inferred"},
	}
}

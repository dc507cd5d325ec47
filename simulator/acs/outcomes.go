package acs

// Outcome is one named result of an operation, which a scenario can ask for.
type Outcome struct {
	Operation string
	Name      string   // as scenarios write it
	Summary   string   // what the browser sees
	With      []string // parameters it takes
	Source    string
	Mark      string // documented, observed, inferred or ours
}

// Outcomes lists the outcomes of every step: whichever step it is asked for at,
// the challenge ends there and then.
func Outcomes() []Outcome {
	var list []Outcome
	for _, op := range []string{opOpen, opSubmit, opResend, opCancel} {
		list = append(list, outcomesOf(op)...)
	}
	return list
}

func outcomesOf(op string) []Outcome {
	return []Outcome{
		{op, outcomeAuthenticated, "The challenge ends as with the right code: Y, unless the issuer no longer knows the card.", nil, "cipher-acs.md B6 row 1", "observed"},
		{op, outcomeFailed, "The issuer says no: N, reason 01.", nil, "cipher-acs.md B6 row 3", "observed"},
		{op, outcomeCancelled, "The cardholder breaks off: N, reason 01, challengeCancel 01.", nil, "cipher-acs.md B6 row 4", "observed"},
		{op, outcomeExpired, "The time runs out: N, reason 14, challengeCancel 04.", nil, "cipher-acs.md B6 row 5", "documented"},
		{op, outcomeCardNotFound, "The issuer no longer knows the card: N, reason 08.", nil, "cipher-acs.md B6 row 11", "inferred"},
		{op, outcomeUnavailable, "The issuer is in trouble: U, reason 22 (01 in 2.1.0).", nil, "cipher-acs.md B6 row 8", "inferred"},
	}
}

package cardinal

import "cardsim/simulator/threeds"

// Outcome is one named result of an operation, which a scenario can ask for.
type Outcome struct {
	Operation string
	Name      string
	Summary   string   // what the caller sees
	With      []string // parameters it takes
	Source    string   // section of the reference
	Mark      string   // documented, observed, inferred or ours
}

// Outcomes lists the outcomes of every operation of this package. What a lookup
// decides, and what an authenticate call is told, stays with the transaction, and
// the schemes know it.
func Outcomes() []Outcome {
	const s4, s7 = "cardinal.md §4, §11.3", "cardinal.md §7, §11"
	ch := []string{withResult, withCode, withCardholder}
	return []Outcome{
		{opLookup, threeds.OutcomeChallenge, "The cardholder is asked; result names what the right code leads to.", ch, s4, "documented"},
		{opLookup, threeds.OutcomeFrictionless, "PAResStatus Y without a challenge; a 3-D Secure 1.0 card moves to 2.2.0.", nil, s4, "documented"},
		{opLookup, threeds.OutcomeAttempted, "PAResStatus A; a 3-D Secure 1.0 card moves to 2.2.0.", nil, s4, "documented"},
		{opLookup, threeds.OutcomeNotEnrolled, "Enrolled N; an EMV card moves to 1.0.2, which alone knows it.", nil, "cardinal.md §4, §11.1", "documented"},
		{opLookup, threeds.OutcomeUnavailable, "PAResStatus U; in 3-D Secure 1.0 Enrolled U.", nil, s4, "documented"},
		{opLookup, threeds.OutcomeRejected, "PAResStatus R; a 3-D Secure 1.0 card moves to 2.2.0.", nil, s4, "documented"},
		{opLookup, threeds.OutcomeFailed, "PAResStatus N; a 3-D Secure 1.0 card moves to 2.2.0.", nil, s4, "documented"},
		{opLookup, threeds.OutcomeBypassed, "Enrolled B.", nil, s4, "documented"},
		{opLookup, threeds.OutcomeTimeout, "The connection is held and closed, or ErrorNo 1040 comes late (setting cardinal.timeoutMode).", nil, "cardinal.md §8", "documented"},
		{opLookup, threeds.OutcomeError, "Enrolled U and ErrorNo, by default 1001.", []string{withErrorNo}, "cardinal.md §8", "documented"},

		{opAuthenticate, threeds.OutcomeAuthenticated, "PAResStatus Y; ignored where the cardholder did not pass.", nil, s7, "documented"},
		{opAuthenticate, threeds.OutcomeAttempted, "PAResStatus A; ignored where the cardholder did not pass.", nil, s7, "documented"},
		{opAuthenticate, threeds.OutcomeFailed, "PAResStatus N.", nil, s7, "documented"},
		{opAuthenticate, threeds.OutcomeUnavailable, "PAResStatus U.", nil, s7, "documented"},
		{opAuthenticate, threeds.OutcomeRejected, "PAResStatus R; in 3-D Secure 1.0 N.", nil, s7, "documented"},
		{opAuthenticate, threeds.OutcomeSignatureInvalid, "SignatureVerification N; the other values are there and must not be used.", nil, s7, "documented"},
		{opAuthenticate, threeds.OutcomeError, "ErrorNo, by default 1050.", []string{withErrorNo}, "cardinal.md §8", "documented"},

		{opStepUp, outcomeOK, "The page that takes the browser to the issuer.", nil, "cardinal.md §5.2", "documented"},
		{opReturn, outcomeOK, "The page that takes the browser back to the merchant.", nil, "cardinal.md §5.2", "documented"},
		{opCollect, outcomeOK, "The page that reports the device data collection.", nil, "cardinal.md §5.3", "documented"},
		{opCollected, outcomeOK, "The page after the report.", nil, "cardinal.md §5.3", "ours"},
	}
}

// outcomeOK is a browser step that went through.
const outcomeOK = "ok"

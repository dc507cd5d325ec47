package cardinal

import (
	"cardsim/simulator/core"
	"cardsim/simulator/threeds"
)

// Outcomes lists the outcomes of every operation of this package. What a lookup
// decides, and what an authenticate call is told, stays with the transaction, and
// the schemes know it.
func Outcomes() []core.Outcome {
	const s4, s7 = "cardinal.md §4, §11.3", "cardinal.md §7, §11"
	ch := []string{withResult, withCode, withCardholder}
	return []core.Outcome{
		{Operation: opLookup, Name: threeds.OutcomeChallenge, Summary: "The cardholder is asked; result names what the right code leads to.", With: ch, Source: s4, Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeFrictionless, Summary: "PAResStatus Y without a challenge; a 3-D Secure 1.0 card moves to 2.2.0.", Source: s4, Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeAttempted, Summary: "PAResStatus A; a 3-D Secure 1.0 card moves to 2.2.0.", Source: s4, Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeNotEnrolled, Summary: "Enrolled N; an EMV card moves to 1.0.2, which alone knows it.", Source: "cardinal.md §4, §11.1", Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeUnavailable, Summary: "PAResStatus U; in 3-D Secure 1.0 Enrolled U.", Source: s4, Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeRejected, Summary: "PAResStatus R; a 3-D Secure 1.0 card moves to 2.2.0.", Source: s4, Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeFailed, Summary: "PAResStatus N; a 3-D Secure 1.0 card moves to 2.2.0.", Source: s4, Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeBypassed, Summary: "Enrolled B.", Source: s4, Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeTimeout, Summary: "The connection is held and closed, or ErrorNo 1040 comes late (setting cardinal.timeoutMode).", Source: "cardinal.md §8", Mark: "documented"},
		{Operation: opLookup, Name: threeds.OutcomeError, Summary: "Enrolled U and ErrorNo, by default 1001.", With: []string{withErrorNo}, Source: "cardinal.md §8", Mark: "documented"},

		{Operation: opAuthenticate, Name: threeds.OutcomeAuthenticated, Summary: "PAResStatus Y; ignored where the cardholder did not pass.", Source: s7, Mark: "documented"},
		{Operation: opAuthenticate, Name: threeds.OutcomeAttempted, Summary: "PAResStatus A; ignored where the cardholder did not pass.", Source: s7, Mark: "documented"},
		{Operation: opAuthenticate, Name: threeds.OutcomeFailed, Summary: "PAResStatus N.", Source: s7, Mark: "documented"},
		{Operation: opAuthenticate, Name: threeds.OutcomeUnavailable, Summary: "PAResStatus U.", Source: s7, Mark: "documented"},
		{Operation: opAuthenticate, Name: threeds.OutcomeRejected, Summary: "PAResStatus R; in 3-D Secure 1.0 N.", Source: s7, Mark: "documented"},
		{Operation: opAuthenticate, Name: threeds.OutcomeSignatureInvalid, Summary: "SignatureVerification N; the other values are there and must not be used.", Source: s7, Mark: "documented"},
		{Operation: opAuthenticate, Name: threeds.OutcomeError, Summary: "ErrorNo, by default 1050.", With: []string{withErrorNo}, Source: "cardinal.md §8", Mark: "documented"},

		{Operation: opStepUp, Name: outcomeOK, Summary: "The page that takes the browser to the issuer.", Source: "cardinal.md §5.2", Mark: "documented"},
		{Operation: opReturn, Name: outcomeOK, Summary: "The page that takes the browser back to the merchant.", Source: "cardinal.md §5.2", Mark: "documented"},
		{Operation: opCollect, Name: outcomeOK, Summary: "The page that reports the device data collection.", Source: "cardinal.md §5.3", Mark: "documented"},
		{Operation: opCollected, Name: outcomeOK, Summary: "The page after the report.", Source: "cardinal.md §5.3", Mark: "ours"},
	}
}

// outcomeOK is a browser step that went through.
const outcomeOK = "ok"

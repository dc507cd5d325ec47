package threeds

import "cardsim/simulator/core"

// Plan is what a scenario wants of a lookup.
type Plan struct {
	Outcome string // a name of interface §6; empty for nothing
	ErrorNo string // for outcome error
	// Result is what the right code leads to, for outcome challenge: a name of
	// the authenticate outcomes; empty for the card's own.
	Result string
	// Code replaces the one-time password.
	Code string
	// Cardholder are the steps of a headless cardholder, acted at once
	// (decisions 15): approve, wrong-otp, resend, cancel, abandon, expire,
	// double-submit.
	Cardholder []string
}

// The outcomes of a lookup (interface §6, decisions 20).
const (
	OutcomeChallenge    = "challenge"
	OutcomeFrictionless = "frictionless"
	OutcomeAttempted    = "attempted"
	OutcomeNotEnrolled  = "not-enrolled"
	OutcomeUnavailable  = "unavailable"
	OutcomeRejected     = "rejected"
	OutcomeFailed       = "failed"
	OutcomeBypassed     = "bypassed"
	OutcomeTimeout      = "timeout"
	OutcomeError        = "error"
)

// The outcomes of an authenticate call that a lookup does not have.
const (
	OutcomeAuthenticated    = "authenticated"
	OutcomeSignatureInvalid = "signature-invalid"
)

// plannedRow is the row that a scenario asks for. Outcomes that only one family
// of versions knows move the transaction there: 1.0 answers a lookup with no
// status, and EMV knows no "not enrolled" (reference cardinal.md §4; the move is
// *ours*, and is what a 3DS server's fallback does).
func plannedRow(at *route, p Plan) (behaviour, bool) {
	own := *at
	row, ok := plannedFor(at, p)
	if !ok {
		return behaviour{}, false
	}
	if own.version != at.version {
		row.warning = "the scenario's outcome exists in version " + string(at.version) + " only"
	}
	return row, true
}

func plannedFor(at *route, p Plan) (behaviour, bool) {
	switch p.Outcome {
	case OutcomeChallenge:
		return plannedChallenge(at, p), true
	case OutcomeFrictionless:
		at.emv()
		return final(core.StatusAuthenticated, ""), true
	case OutcomeAttempted:
		at.emv()
		return final(core.StatusAttempted, ""), true
	case OutcomeRejected:
		at.emv()
		return final(core.StatusRejected, reasonFraud), true
	case OutcomeFailed:
		at.emv()
		return final(core.StatusFailed, reasonFailed), true
	case OutcomeNotEnrolled:
		at.own(core.ThreeDS10)
		return behaviour{enrolled: core.EnrolledNo}, true
	case OutcomeUnavailable:
		return plannedUnavailable(at), true
	case OutcomeBypassed:
		at.own(at.version)
		return behaviour{enrolled: core.EnrolledBypassed}, true
	case OutcomeTimeout:
		at.own(at.version)
		return behaviour{timeout: true}, true
	case OutcomeError:
		at.own(at.version)
		return behaviour{enrolled: core.EnrolledUnknown, lookupError: orElse(p.ErrorNo, errGeneral)}, true
	default:
		return behaviour{}, false
	}
}

// plannedChallenge keeps the card's own ending when it has a challenge.
func plannedChallenge(at *route, p Plan) behaviour {
	row, ok := rowOf(at.version, at.number, at.variant)
	if !ok || !row.challenge {
		at.own(at.version)
		row = challenging(Ending{Status: core.StatusAuthenticated})
	}
	if right, ok := endingFor(p.Result); ok {
		at.own(at.version)
		row.right = right
	}
	return row
}

func plannedUnavailable(at *route) behaviour {
	at.own(at.version)
	if at.version.EMV() {
		return final(core.StatusUnavailable, reasonTechnical)
	}
	return behaviour{enrolled: core.EnrolledUnknown}
}

// endingFor is what a challenge ends with under a name of the authenticate
// outcomes.
func endingFor(result string) (Ending, bool) {
	switch result {
	case OutcomeAuthenticated:
		return Ending{Status: core.StatusAuthenticated}, true
	case OutcomeAttempted:
		return Ending{Status: core.StatusAttempted}, true
	case OutcomeFailed:
		return Ending{Status: core.StatusFailed, StatusReason: reasonFailed}, true
	case OutcomeUnavailable:
		return Ending{Status: core.StatusUnavailable, StatusReason: reasonTechnical}, true
	case OutcomeRejected:
		return Ending{Status: core.StatusRejected, StatusReason: reasonFraud}, true
	case OutcomeSignatureInvalid:
		return Ending{Status: core.StatusAuthenticated, BadSignature: true}, true
	case OutcomeError:
		return Ending{Status: core.StatusUnavailable, StatusReason: reasonTechnical, Error: errPARes}, true
	default:
		return Ending{}, false
	}
}

// own takes the route away from the card's row.
func (at *route) own(v core.ThreeDSVersion) { at.version, at.number, at.variant = v, 0, "" }

// emv takes the route to EMV 3-D Secure.
func (at *route) emv() {
	v := at.version
	if !v.EMV() {
		v = core.ThreeDS22
	}
	at.own(v)
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

package threeds

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// force applies what a scenario makes of an authenticate call. It stays with the
// transaction: a repeated call is told the same, and the schemes know it. A
// failure wins over everything; a success is ignored where the cardholder did
// not pass or the issuer does not know the card (decisions 3).
func force(s sandbox.Scope, t *Transaction, a AuthenticateRequest) (ignored bool, err error) {
	if a.Outcome == "" || t.Forced != "" {
		return false, nil
	}
	if success(a.Outcome) && !t.passed() {
		return true, nil
	}
	if t.Running() { // what is decided here must not change on the issuer's page
		t.end(s, s.Now, EndFailed)
		if a.Outcome == OutcomeSignatureInvalid {
			t.Status, t.StatusReason = core.StatusAuthenticated, ""
		}
	}
	if !t.decided(a) {
		return false, nil
	}
	t.Forced = a.Outcome
	if t.Challenge != nil {
		t.Challenge.Result, t.Challenge.StatusReason = t.Status, t.StatusReason
	}
	return false, settle(s, *t)
}

// decided gives the transaction the status of an outcome; it is false for an
// outcome that authenticate does not have.
func (t *Transaction) decided(a AuthenticateRequest) bool {
	reason := ""
	switch a.Outcome {
	case OutcomeAuthenticated:
		t.Status = core.StatusAuthenticated
	case OutcomeAttempted:
		t.Status = core.StatusAttempted
	case OutcomeFailed:
		t.Status, reason = core.StatusFailed, reasonFailed
	case OutcomeUnavailable:
		t.Status, reason = core.StatusUnavailable, reasonTechnical
	case OutcomeRejected:
		t.Status, reason = core.StatusRejected, reasonFraud
	case OutcomeSignatureInvalid:
		t.BadSignature = true
		return true
	case OutcomeError:
		t.Status, t.AuthenticateError = core.StatusUnavailable, orElse(a.ErrorNo, errPARes)
		return true
	default:
		return false
	}
	t.AuthenticateError, t.AuthenticateTimeout, t.BadSignature = "", false, false
	t.StatusReason = reasonIn(t.Version, reason)
	return true
}

func success(outcome string) bool {
	return outcome == OutcomeAuthenticated || outcome == OutcomeAttempted
}

// passed says that nothing true stands against a success: the right code was
// given, or the issuer let the card pass without one.
func (t Transaction) passed() bool {
	if t.Challenge != nil {
		return t.Challenge.End == EndCode
	}
	return t.Enrolled == core.EnrolledYes && t.StatusReason != reasonNoRecord
}

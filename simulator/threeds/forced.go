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
	if _, known := endingFor(a.Outcome); !known {
		return false, nil
	}
	if t.Running() { // what is decided here must not change on the issuer's page
		t.end(s, s.Now, EndFailed)
		if a.Outcome == OutcomeSignatureInvalid {
			t.Status, t.StatusReason = core.StatusAuthenticated, ""
		}
	}
	t.decided(a)
	t.Forced = a.Outcome
	return false, settle(s, *t)
}

// decided gives the transaction what an outcome says.
func (t *Transaction) decided(a AuthenticateRequest) {
	row, _ := endingFor(a.Outcome)
	switch a.Outcome {
	case OutcomeSignatureInvalid:
		t.BadSignature = true
		return
	case OutcomeError:
		t.AuthenticateError = orElse(a.ErrorNo, errPARes)
	default:
		t.AuthenticateError, t.AuthenticateTimeout, t.BadSignature = "", false, false
	}
	t.Status, t.StatusReason = row.Status, reasonIn(t.Version, row.StatusReason)
	if !t.Version.EMV() && t.Status == core.StatusRejected {
		t.Status = core.StatusFailed // 3-D Secure 1.0 knows Y, A, N and U
	}
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

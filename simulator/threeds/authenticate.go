package threeds

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// AuthenticateRequest is what a merchant brings after the browser step.
type AuthenticateRequest struct {
	PaRes Presented
	// Credential is the code of a cardholder on the telephone (IVR); empty for none.
	Credential string
	// Outcome is what a scenario wants, a name of interface §6; ErrorNo belongs to
	// outcome error.
	Outcome, ErrorNo string
}

// Result is what an authenticate call is told.
type Result struct {
	Transaction Transaction
	// ErrorNo is Cardinal's number, empty for none; then only what comes with it is
	// set.
	ErrorNo string
	Timeout bool // the answer is late, or never comes
	// Signature is SignatureVerification: Y, N or empty.
	Signature    string
	Status       core.TransStatus
	StatusReason string
	Cancel       string
	ECI          core.ECI
	CAVV         string // never to be stored or logged
	XID          string
	Interactions int
	// Early says that the cardholder has not finished.
	Early bool
	// Ignored says that a scenario's success was ignored because the truth is
	// otherwise (decisions 3).
	Ignored bool
	// Refusal is the true reason behind an error, for the journal.
	Refusal *core.Refusal
}

// Authenticate tells the merchant how the transaction ended. Called again, it
// tells the same (reference cardinal.md §6, unknown; decided so). A credential is
// judged by the same challenge, with the same limits (reference cipher-acs.md B6,
// last paragraph: inferred).
func Authenticate(s sandbox.Scope, t Transaction, a AuthenticateRequest) (Result, error) {
	ignored, err := force(s, &t, a)
	if err != nil {
		return Result{}, err
	}
	if r, over := errorOf(t); over {
		return r, nil
	}
	if a.Credential != "" && t.Running() {
		return answerCredential(s, t, a.Credential)
	}
	if t.Challenge != nil && t.Challenge.State.final() {
		if err := settle(s, t); err != nil { // it may just have expired
			return Result{}, err
		}
	}
	r := tell(s.World, t, a.PaRes)
	r.Ignored = ignored
	return r, nil
}

func (s State) final() bool { return !s.Running() }

// tell chooses between the stored result, the presented PaRes and the answer to
// an early call.
func tell(w *sandbox.World, t Transaction, p Presented) Result {
	switch {
	case t.Forced != "" && !success(t.Forced):
		return resultOf(w, t) // whatever was presented
	case t.Variant == variantBypassed && t.Forced == "":
		return bypassed(t) // the merchant's rule skips the step-up, finished or not
	case t.Version.EMV() && t.Running():
		return early(t)
	case t.Version.EMV():
		return resultOf(w, t)
	case t.Challenge == nil && t.Forced == "":
		return failedWith(t, errNoPaRes, core.Refusef("no-challenge", "the lookup led to no challenge: there is nothing to authenticate"))
	case p.Given:
		return checkPaRes(w, t, p)
	case t.Running():
		return failedWith(t, errNoPaRes, core.Refusef("challenge-running", "no PaRes, and the cardholder has not finished"))
	default:
		return resultOf(w, t)
	}
}

// resultOf is the stored result.
func resultOf(w *sandbox.World, t Transaction) Result {
	r := Result{
		Transaction: t, Signature: "Y", Status: t.Status, StatusReason: t.StatusReason,
		ECI: t.ECI(), CAVV: t.CAVV(w), XID: t.XID(),
	}
	if t.BadSignature {
		r.Signature = "N"
	}
	if t.Enrolled != core.EnrolledYes {
		r.Signature = "" // nobody signed anything
	}
	if c := t.Challenge; c != nil {
		r.Cancel, r.Interactions = c.Cancel, c.Interactions()
	}
	return r
}

// early answers a call before the cardholder has finished: EMV says unavailable
// (reference cardinal.md §6, unknown; decided so).
func early(t Transaction) Result {
	t.Status = core.StatusUnavailable
	return Result{
		Transaction: t, Early: true, Signature: "Y", Status: core.StatusUnavailable, ECI: t.ECI(), XID: t.XID(),
		Refusal: core.Refusef("challenge-running", "the cardholder has not finished"),
	}
}

// bypassed is the withdrawn test case of reference cardinal.md §11.3.
func bypassed(t Transaction) Result {
	t.Status = core.StatusBypassed
	return Result{Transaction: t, Signature: "Y", Status: core.StatusBypassed, ECI: t.ECI(), XID: t.XID()}
}

// errorOf is the answer of a transaction that ends in an error or in silence.
func errorOf(t Transaction) (Result, bool) {
	switch {
	case t.AuthenticateTimeout:
		return Result{Transaction: t, Timeout: true}, true
	case t.AuthenticateError != "":
		return failedWith(t, t.AuthenticateError, nil), true
	case t.Variant == "general-error":
		return failedWith(t, errGeneral, core.Refusef("test-card", "this card fails in every call")), true
	default:
		return Result{}, false
	}
}

// failedWith is an error with what comes with one: status U and the ECI of
// nothing (reference cardinal.md §11.1 case 10, §11.3 case 12).
func failedWith(t Transaction, number string, why *core.Refusal) Result {
	t.Status = core.StatusUnavailable
	r := Result{Transaction: t, ErrorNo: number, Status: core.StatusUnavailable, ECI: core.ECIFor(t.Card.Brand, t.Version, core.StatusUnavailable), Refusal: why}
	if t.Version.EMV() && t.Forced == "" && number == errPARes {
		r.Signature = "Y" // observed; other prints leave it blank
	}
	return r
}

// answerCredential lets the code typed on the telephone act on the challenge. A
// wrong one is answered N at once, also while tries are left.
func answerCredential(s sandbox.Scope, t Transaction, code string) (Result, error) {
	t, verdict, err := Submit(s, t.Challenge.ID, code)
	if err != nil {
		return Result{}, err
	}
	if r, over := errorOf(t); over {
		return r, nil
	}
	if verdict == Wrong || verdict == Blank {
		t.Status, t.StatusReason = core.StatusFailed, reasonIn(t.Version, reasonFailed)
	}
	return resultOf(s.World, t), nil
}

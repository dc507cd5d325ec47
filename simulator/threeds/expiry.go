package threeds

import (
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// expire ends a challenge whose deadline has come; it is looked at whenever a
// transaction is. At the deadline itself the challenge has expired. Nothing is
// stored here: reading may not write. The next move stores it, or Due does.
func expire(s sandbox.Scope, t *Transaction) {
	if !t.Running() {
		return
	}
	due, end := dueAt(*t.Challenge)
	if s.Now.Before(due) {
		return
	}
	t.end(s, due, end)
}

// dueAt is when a running challenge expires, and as what: the earlier of the
// deadline and the first CReq's (reference cipher-acs.md B5).
func dueAt(c Challenge) (time.Time, End) {
	if c.State == Pending && c.OpenBy != nil && c.OpenBy.Before(c.Deadline) {
		return *c.OpenBy, EndNoCReq
	}
	return c.Deadline, EndExpiry
}

// end finishes a running challenge; what the transaction is then is a row of
// reference cipher-acs.md B6.
func (t *Transaction) end(s sandbox.Scope, at time.Time, why End) {
	c := t.Challenge
	c.End, c.Ended = why, &at
	c.State, c.Result = stateAfter(why), core.StatusFailed
	c.StatusReason, c.Cancel = "", ""
	t.BadSignature = c.Right.BadSignature
	switch why {
	case EndCode:
		t.endRight()
	case EndLimit:
		c.StatusReason = s.World.Settings.Text("acs.limitReason")
	case EndCancel:
		c.StatusReason, c.Cancel = reasonFailed, cancelCardholder
	case EndExpiry:
		c.StatusReason, c.Cancel = reasonTimedOut, cancelTimeout
	case EndNoCReq:
		c.StatusReason, c.Cancel = reasonTimedOut, cancelNoCReq
	case EndCardNotFound:
		c.StatusReason = reasonNoRecord
	case EndFault:
		c.Result, c.StatusReason, c.Cancel = core.StatusUnavailable, reasonTechnical, cancelError
	case EndRejected:
		c.Result, c.StatusReason = core.StatusRejected, reasonFraud
	default:
		c.StatusReason = reasonFailed
	}
	c.StatusReason = reasonIn(t.Version, c.StatusReason)
	if !t.Version.EMV() {
		c.Cancel = ""
		if c.Result == core.StatusRejected {
			c.Result = core.StatusFailed // a PARes knows Y, A, N and U
		}
	}
	t.Status, t.StatusReason = c.Result, c.StatusReason
}

// endRight is the card's case: it decides what a right code is worth.
func (t *Transaction) endRight() {
	c := t.Challenge
	c.Result, c.StatusReason = c.Right.Status, c.Right.StatusReason
	t.AuthenticateError, t.AuthenticateTimeout = c.Right.Error, c.Right.Timeout
	if c.Right.Trust != "" {
		t.Trust, t.TrustSource = c.Right.Trust, trustedByTheACS
	}
}

func stateAfter(why End) State {
	switch why {
	case EndCode:
		return Finished
	case EndCancel:
		return Cancelled
	case EndExpiry, EndNoCReq:
		return Expired
	default:
		return Failed
	}
}

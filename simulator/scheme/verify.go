package scheme

import (
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Verify checks a claim against the acquirer's table (decisions, "At the
// acquirer", rules 16 and 18). A nil refusal says that it holds; the result tells
// which authentication it rests on, the zero value when on none. It changes
// nothing: SpendCAVV does, once the payment is approved.
func Verify(s sandbox.Scope, c Claim) (Authentication, *core.Refusal, error) {
	if c.empty() {
		return Authentication{}, nil, nil
	}
	if c.ECI == "" && !c.Exemption {
		return Authentication{}, core.Refusef(ECIMissing, "the payment carries results of 3-D Secure but no ECI"), nil
	}
	m := meaningOf(c.Card.Brand, c.ECI)
	switch {
	case m == eciUnknown && c.ECI != "":
		return Authentication{}, core.Refusef(ECIUnknown, "ECI %.8q is none of brand %s", c.ECI, c.Card.Brand), nil
	case m == eciAuthenticated || m == eciAttempted:
		return verifyClaimed(s, c, m)
	default:
		return verifyNone(s, c)
	}
}

// verifyClaimed holds a claimed authentication or attempt to its row.
func verifyClaimed(s sandbox.Scope, c Claim, m meaning) (Authentication, *core.Refusal, error) {
	switch {
	case c.CAVV != "" && c.Exemption:
		return Authentication{}, core.Refusef(CAVVNotExpected, "a payment under an exemption carries no CAVV"), nil
	case c.CAVV != "":
		a, r, err := findClaimed(s, c)
		if r != nil || err != nil {
			return a, r, err
		}
		return a, judge(s, c, a, m), nil
	case m == eciAttempted:
		return verifyNotEnrolled(s, c)
	default:
		return Authentication{}, core.Refusef(CAVVMissing, "ECI %s needs the CAVV of an authentication", c.ECI), nil
	}
}

// verifyNone holds ECI 07, 00 and 04 and exemptions to their rows: no CAVV. An id
// that is given must still be that of a transaction of this card and merchant.
func verifyNone(s sandbox.Scope, c Claim) (Authentication, *core.Refusal, error) {
	if c.CAVV != "" {
		return Authentication{}, core.Refusef(CAVVNotExpected, "a CAVV does not go with ECI %q or an exemption", c.ECI), nil
	}
	if c.DSTransactionID == "" {
		return Authentication{}, nil, nil
	}
	a, ok, err := byDSID(s, c.DSTransactionID)
	if err != nil {
		return Authentication{}, nil, err
	}
	if !ok || a.Merchant != c.Merchant || a.Card.Fingerprint != c.Card.Fingerprint {
		return Authentication{}, core.Refusef(DSMismatch, "no transaction of this merchant and card has the DS transaction id"), nil
	}
	return a, nil, nil
}

// verifyNotEnrolled is the row of ECI 06 and 01 without CAVV: 3-D Secure 1.0
// whose lookup said not enrolled; Mastercard's 01 also when it failed, was
// unavailable or ended in an error.
func verifyNotEnrolled(s sandbox.Scope, c Claim) (Authentication, *core.Refusal, error) {
	a, ok, err := Last(s, c.Merchant, c.Card.Fingerprint)
	if err != nil {
		return Authentication{}, nil, err
	}
	switch {
	case !ok:
		return a, core.Refusef(NotAuthenticated, "ECI %s without CAVV: this merchant never looked the card up", c.ECI), nil
	case a.Version != core.ThreeDS10 || strings.HasPrefix(c.Version, "2"):
		return a, core.Refusef(CAVVMissing, "ECI %s without CAVV exists in 3-D Secure 1.0 only", c.ECI), nil
	case !a.unprotected(c.Card.Brand):
		return a, core.Refusef(CAVVMissing, "ECI %s without CAVV: the lookup of transaction %s did not say not enrolled", c.ECI, a.TransactionID), nil
	}
	return a, compareIDs(c, a), nil
}

// unprotected says that a 3-D Secure 1.0 transaction lets the merchant claim an
// attempt without a CAVV.
func (a Authentication) unprotected(b core.Brand) bool {
	if a.Enrolled == core.EnrolledNo {
		return true
	}
	if !b.MastercardGroup() {
		return false
	}
	return a.LookupError || a.AuthenticateError || a.Enrolled == core.EnrolledUnknown ||
		a.Status == core.StatusFailed || a.Status == core.StatusUnavailable
}

package threeds

import "cardsim/simulator/core"

// behaviour is what a lookup answers and what a right code would lead to.
type behaviour struct {
	enrolled      core.Enrolled
	status        core.TransStatus
	reason        string
	trust, source string
	lookupError   string
	timeout       bool
	dataOnly      bool
	challenge     bool
	right         Ending // for a challenge
	warning       string
}

// Cardinal's error numbers that cards and scenarios lead to (reference
// cardinal.md §8, documented).
const (
	errGeneral = "1001" // Error Processing Message Request
	errPaReq   = "1080" // the PaReq cannot be made
	errPARes   = "1050" // Error Processing PARes
)

// The StatusReasons in use (EMVCo's list, reference cardinal.md §4).
const (
	reasonFailed     = "01"
	reasonNoRecord   = "08"
	reasonFraud      = "11"
	reasonTimedOut   = "14"
	reasonTechnical  = "22" // from 2.2.0 on
	reasonDataOnly   = "80"
	trustedByTheACS  = "03"
	trusted          = "Y"
	cancelCardholder = "01"
	cancelTimeout    = "04"
	cancelNoCReq     = "05"
	cancelError      = "06"
)

// final answers a lookup without challenge.
func final(status core.TransStatus, reason string) behaviour {
	return behaviour{enrolled: core.EnrolledYes, status: status, reason: reason}
}

// emvCases are the rows of reference cardinal.md §11.3 (documented). The reasons
// are those of EMVCo's list that fit (*ours* where the table is silent).
var emvCases = map[int]behaviour{
	1:  final(core.StatusAuthenticated, ""),
	2:  final(core.StatusFailed, reasonFailed),
	3:  final(core.StatusAttempted, ""),
	4:  final(core.StatusUnavailable, reasonTechnical),
	5:  final(core.StatusRejected, reasonFraud),
	6:  {enrolled: core.EnrolledUnknown},
	7:  {enrolled: core.EnrolledUnknown, lookupError: errGeneral},
	8:  {timeout: true},
	9:  challenging(Ending{Status: core.StatusAuthenticated}),
	10: challenging(Ending{Status: core.StatusFailed, StatusReason: reasonFailed}),
	11: challenging(Ending{Status: core.StatusUnavailable, StatusReason: reasonTechnical}),
	12: challenging(Ending{Status: core.StatusUnavailable, StatusReason: reasonTechnical, Error: errPARes}),
	13: {enrolled: core.EnrolledBypassed},
	14: final(core.StatusAuthenticated, ""), // ECI 05/02: the printed 07/00 is surely a slip (inferred)
	15: challenging(Ending{Status: core.StatusAuthenticated, Trust: trusted}),
	16: {enrolled: core.EnrolledYes, status: core.StatusAuthenticated, trust: trusted, source: trustedByTheACS},
}

// emvVariants are the extra cards of reference cardinal.md §11.3 (documented).
var emvVariants = map[string]behaviour{
	"step-up-bypassed": challenging(Ending{Status: core.StatusBypassed}),
	variantDataOnly:    final(core.StatusInformational, ""),
	"status-reason-01": final(core.StatusFailed, reasonFailed),
	"status-reason-11": final(core.StatusFailed, reasonFraud),
	"recurring":        final(core.StatusAuthenticated, ""),
}

// oldCases are the rows of reference cardinal.md §11.1 (documented; last columns
// observed): 3-D Secure 1.0.
var oldCases = map[int]behaviour{
	1:  challenging(Ending{Status: core.StatusAuthenticated}),
	2:  challenging(Ending{Status: core.StatusAuthenticated, BadSignature: true}),
	3:  challenging(Ending{Status: core.StatusFailed}),
	4:  challenging(Ending{Status: core.StatusAttempted}),
	5:  {timeout: true},
	6:  {enrolled: core.EnrolledNo},
	7:  {enrolled: core.EnrolledUnknown},
	8:  {enrolled: core.EnrolledUnknown, lookupError: errGeneral},
	9:  {enrolled: core.EnrolledUnknown, lookupError: errGeneral},
	10: challenging(Ending{Status: core.StatusUnavailable, Error: errPARes}),
	11: challenging(Ending{Status: core.StatusUnavailable}),
	12: {enrolled: core.EnrolledBypassed},
}

// oldVariants are the further combinations of reference cardinal.md §11.1
// (documented), and its numbers that are no test cards.
var oldVariants = map[string]behaviour{
	"attempt-bad-signature":     challenging(Ending{Status: core.StatusAttempted, BadSignature: true}),
	"unavailable-bad-signature": challenging(Ending{Status: core.StatusUnavailable, BadSignature: true}),
	"failed-bad-signature":      challenging(Ending{Status: core.StatusFailed, BadSignature: true}),
	"authenticate-timeout":      challenging(Ending{Status: core.StatusUnavailable, Timeout: true}),
	"general-error":             {enrolled: core.EnrolledUnknown, lookupError: errGeneral},
	"not-a-test-card":           {enrolled: core.EnrolledUnknown, lookupError: errGeneral},
}

// Variants that other code asks for by name.
const (
	variantDataOnly = "data-only"
	variantBypassed = "step-up-bypassed"
)

func challenging(right Ending) behaviour {
	return behaviour{enrolled: core.EnrolledYes, status: core.StatusChallenge, challenge: true, right: right}
}

// rowOf finds a row of the tables; ok is false for a row they do not have. A
// variant is more particular than the case it is printed under.
func rowOf(v core.ThreeDSVersion, number int, variant string) (behaviour, bool) {
	cases, variants := oldCases, oldVariants
	if v.EMV() {
		cases, variants = emvCases, emvVariants
	}
	if b, ok := variants[variant]; ok {
		return b, true
	}
	b, ok := cases[number]
	return b, ok
}

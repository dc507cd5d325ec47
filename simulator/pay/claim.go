package pay

import (
	"slices"

	"cardsim/simulator/core"
)

// Claim is what the merchant said about 3-D Secure and what the scheme said to
// that. The CAVV itself is not kept.
type Claim struct {
	ECI         core.ECI `json:"eci,omitempty"`         // empty unless it is two digits
	Transaction string   `json:"transaction,omitempty"` // the authentication that it rests on
	Exemption   bool     `json:"exemption,omitempty"`
	// Refusal is the code of the reason why the claim does not hold; empty when it does.
	Refusal string `json:"refusal,omitempty"`
}

// eciLength is that of every ECI. What is longer may be anything and is not kept.
const eciLength = 2

// claim is what is kept of the attempt's proof; nil where there is none.
func (a *attempt) claim() *Claim {
	proof := a.order.Proof
	if proof == nil {
		return nil
	}
	c := &Claim{Transaction: a.auth.TransactionID, Exemption: proof.Exemption}
	if len(proof.ECI) == eciLength {
		c.ECI = proof.ECI
	}
	if a.proof != nil {
		c.Refusal = a.proof.Code
	}
	return c
}

// shifting are the ECIs with which the issuer bears fraud: authenticated and
// attempted (reference cardinal.md §9, documented).
var shifting = []core.ECI{core.ECIAuthenticatedVisa, core.ECIAttemptedVisa, core.ECIAuthenticatedMC, core.ECIAttemptedMC}

// Shifts says that the liability for fraud has passed from the merchant to the
// issuer: the claim holds, and claims an authentication or an attempt at one.
func (c *Claim) Shifts() bool {
	return c != nil && c.Refusal == "" && c.Transaction != "" && !c.Exemption && slices.Contains(shifting, c.ECI)
}

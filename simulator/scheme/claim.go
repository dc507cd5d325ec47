package scheme

import "cardsim/simulator/core"

// Claim is what a payment says about its 3-D Secure, as an acquirer passes it on.
type Claim struct {
	Merchant string       // the sandbox's own id of the merchant who pays
	Card     core.CardRef // the underlying card, also behind a token (decisions 4)
	Money    core.Money
	CAVV     string
	ECI      core.ECI // two digits
	XID      string
	// DSTransactionID is the directory server's id of an EMV transaction.
	DSTransactionID string
	// Version is 1 or 2, alone or dotted; empty when the payment does not say.
	Version string
	// Exemption says that the payment asks for an exemption.
	Exemption bool
}

// empty says that nothing of 3-D Secure is claimed.
func (c Claim) empty() bool {
	return c.CAVV == "" && c.ECI == "" && c.XID == "" && c.DSTransactionID == ""
}

// meaning is what an ECI says of a card's brand.
type meaning int

const (
	eciUnknown       meaning = iota // none of the brand's
	eciAuthenticated                // 05, 02
	eciAttempted                    // 06, 01
	eciNone                         // 07, 00
	eciDataOnly                     // 04, Mastercard only
)

// meaningOf reads an ECI for a brand (reference cardinal.md §9, documented); the
// other group's values mean nothing.
func meaningOf(b core.Brand, e core.ECI) meaning {
	if b.MastercardGroup() {
		switch e {
		case core.ECIAuthenticatedMC:
			return eciAuthenticated
		case core.ECIAttemptedMC:
			return eciAttempted
		case core.ECINoneMC:
			return eciNone
		case core.ECIDataOnlyMC:
			return eciDataOnly
		}
		return eciUnknown
	}
	switch e {
	case core.ECIAuthenticatedVisa:
		return eciAuthenticated
	case core.ECIAttemptedVisa:
		return eciAttempted
	case core.ECINoneVisa:
		return eciNone
	}
	return eciUnknown
}

// wants is the status that an ECI with a CAVV claims.
func (m meaning) wants() core.TransStatus {
	if m == eciAttempted {
		return core.StatusAttempted
	}
	return core.StatusAuthenticated
}

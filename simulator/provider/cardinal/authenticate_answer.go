package cardinal

import (
	"fmt"

	"cardsim/simulator/core"
	"cardsim/simulator/threeds"
)

// old is the answer for 3-D Secure 1.0: the first seven in the recorded order
// (reference cardinal.md §7, observed), the others where they have a value.
func (a authenticated) old() document {
	r := a.result
	number := orNone(r.ErrorNo)
	d := make(document, 0, most)
	d.add("ErrorDesc", describe(number, ""))
	d.add("ErrorNo", number)
	d.add("PAResStatus", string(r.Status))
	d.add("SignatureVerification", r.Signature)
	d.add("Cavv", r.CAVV)
	d.add("EciFlag", string(r.ECI))
	d.add("Xid", r.XID)
	if r.CAVV != "" {
		d.add("CavvAlgorithm", threeds.CAVVAlgorithm(r.Transaction.Card.Brand))
	}
	d.add("OrderId", r.Transaction.OrderID)
	d.addIf("MerchantReferenceNumber", a.request["MerchantReferenceNumber"])
	return d
}

// emv is the answer for EMV 3-D Secure; its order is unknown (reference
// cardinal.md §12) and follows the lookup's.
func (a authenticated) emv() document {
	r := a.result
	t := r.Transaction
	number := orNone(r.ErrorNo)
	d := make(document, 0, most)
	d.add("ErrorNo", number)
	d.add("ErrorDesc", describe(number, ""))
	d.add("Cavv", r.CAVV)
	d.add("PAResStatus", string(r.Status))
	d.add("ACSTransactionId", t.ACSTransID)
	d.add("EciFlag", string(r.ECI))
	d.add("ThreeDSServerTransactionId", t.ThreeDSServerTransID)
	d.add("CardBin", t.Card.First6)
	d.add("CardBrand", cardBrand(t.Card.Brand))
	d.add("DSTransactionId", t.DSTransID)
	d.add("ThreeDSVersion", string(t.Version))
	d.add("OrderId", t.OrderID)
	d.add("SignatureVerification", r.Signature)
	d.addIf("Xid", r.XID)
	if r.CAVV != "" && t.Card.Brand.MastercardGroup() && r.Status == core.StatusAuthenticated {
		d.add("UCAFIndicator", "2")
	}
	d.addIf("StatusReason", r.StatusReason)
	if t.Challenge != nil && !r.Early {
		d.add("InteractionCounter", fmt.Sprintf("%02d", min(r.Interactions, 99)))
	}
	d.addIf("ChallengeCancel", r.Cancel)
	d.addIf("WhiteListStatus", t.Trust)
	d.addIf("WhiteListStatusSource", t.TrustSource)
	d.addIf("MerchantReferenceNumber", a.request["MerchantReferenceNumber"])
	return d
}

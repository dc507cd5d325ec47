package threeds

import (
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// Cardinal's numbers about a PaRes (reference cardinal.md §6 and §8, documented).
const (
	errPaResUnparsed = "1055"
	errNoPaRes       = "1060"
	errOtherLookup   = "1829"
	errOtherCard     = "4475"
)

// checkPaRes holds a PaRes to its transaction (reference cardinal.md §6). Its
// values are reported also when its signature is broken: the merchant must look
// at SignatureVerification (seed 003, documented).
func checkPaRes(w *sandbox.World, t Transaction, p Presented) Result {
	switch {
	case p.Unparsed:
		return failedWith(t, errPaResUnparsed, core.Refusef("pares-unparsed", "the PaRes inflates but is no PARes"))
	case p.Unreadable:
		return failedWith(t, errNoPaRes, core.Refusef("pares-unreadable", "the PaRes does not inflate"))
	case p.PARes.Purchase.XID != scheme.XID(t.ID):
		return failedWith(t, errOtherLookup, core.Refusef("pares-other-lookup", "the PaRes carries the xid of another lookup"))
	case !sameCard(t, p.PARes.PAN):
		return failedWith(t, errOtherCard, core.Refusef("pares-other-card", "the PaRes names another card"))
	case t.Running() && p.Verified:
		return failedWith(t, errNoPaRes, core.Refusef("challenge-running", "a PaRes from before: the cardholder has not finished"))
	case p.Verified && !t.BadSignature:
		return resultOf(w, t)
	}
	return untrusted(w, t, p)
}

// sameCard compares the last four digits, which a PARes shows with Y and A.
func sameCard(t Transaction, pan string) bool {
	if strings.Trim(pan, "0") == "" {
		return true
	}
	return len(pan) == t.Card.Length && strings.HasSuffix(pan, t.Card.Last4)
}

// untrusted reports the values of a PaRes whose signature does not hold.
func untrusted(w *sandbox.World, t Transaction, p Presented) Result {
	r := resultOf(w, t)
	r.Signature = "N"
	if t.BadSignature {
		return r // the issuer's own broken signature: its values are the stored ones
	}
	r.Status = core.TransStatus(p.PARes.TX.Status)
	r.ECI = core.ECIFor(t.Card.Brand, t.Version, r.Status)
	r.CAVV = ""
	if r.Status.CarriesCAVV() {
		r.CAVV = p.PARes.TX.CAVV
	}
	r.Refusal = core.Refusef("pares-signature", "the PaRes was altered, or signed by somebody else")
	return r
}

package cardinal

import (
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
)

// The addresses of the issuer's pages below the base URL. Their query strings
// are there on purpose: real ones have one, and catch clients that do not escape
// (reference cardinal.md §5.1, observed).
const (
	pathPaReq  = "/acs/pareq?osb=1&VAA=B"
	pathCReq   = "/acs/creq?vaa=b&gold=A"
	pathStepUp = "/V2/Cruise/StepUp"
)

// emv is the answer of an EMV lookup (order: reference cardinal.md §4, observed;
// what is behind SignatureVerification: documented, place unknown).
func (l looked) emv(c *provider.Call, payload, cavv string) document {
	t := l.atLookup()
	d := make(document, 0, most)
	d.add("ErrorNo", orNone(l.errorNo))
	d.add("TransactionId", t.ID)
	d.add("Payload", payload)
	if payload != "" {
		d.add("StepUpUrl", under(c.Base, pathStepUp))
	}
	d.add("ErrorDesc", describe(orNone(l.errorNo), ""))
	d.add("Cavv", cavv)
	d.add("PAResStatus", string(t.Status))
	d.add("Enrolled", string(t.Enrolled))
	d.add("ACSTransactionId", t.ACSTransID)
	d.add("EciFlag", string(t.ECI()))
	d.add("ACSUrl", acsURL(c, payload, pathCReq))
	d.add("ThreeDSServerTransactionId", t.ThreeDSServerTransID)
	d.add("CardBin", t.Card.First6)
	d.add("CardBrand", cardBrand(t.Card.Brand))
	d.add("DSTransactionId", t.DSTransID)
	d.add("ThreeDSVersion", string(t.Version))
	d.add("OrderId", t.OrderID)
	d.add("ChallengeRequired", challengeRequired(payload))
	d.add("SignatureVerification", signed(t.Enrolled))
	l.conditional(&d, t, cavv)
	return d
}

// atLookup is the transaction as the lookup found it: a scenario's cardholder
// may have finished the challenge at once (decisions 15).
func (l looked) atLookup() threeds.Transaction {
	t := l.t
	if t.Challenge == nil {
		return t
	}
	t.Status, t.StatusReason, t.Trust, t.TrustSource = core.StatusChallenge, "", "", ""
	t.AuthenticateError, t.AuthenticateTimeout = "", false
	return t
}

// conditional adds the elements that are sent where they have a value (reference
// cardinal.md §4, column "When").
func (l looked) conditional(d *document, t threeds.Transaction, cavv string) {
	if t.Enrolled == core.EnrolledYes {
		d.addIf("Xid", t.XID()) // Amex only
	}
	if cavv != "" && t.Card.Brand.MastercardGroup() && t.Status == core.StatusAuthenticated {
		d.add("UCAFIndicator", "2")
	}
	d.addIf("StatusReason", t.StatusReason)
	d.addIf("AuthenticationType", authenticationType(t))
	d.addIf("WhiteListStatus", t.Trust)
	d.addIf("WhiteListStatusSource", t.TrustSource)
	if t.DataOnly && t.Scored { // the values of the test case (documented)
		d.add("IDCI_Score", "9")
		d.add("IDCI_Decision", "not low risk")
		d.add("IDCI_ReasonCode1", "A")
		d.add("IDCI_ReasonCode2", "GG")
	}
	echo(d, l.request)
}

// old is the answer of a 3-D Secure 1.0 lookup (order: reference cardinal.md §4,
// recorded; ThreeDSVersion: §13, unknown, by setting).
func (l looked) old(c *provider.Call, payload string) document {
	t := l.t
	t.Status = core.StatusNone
	d := make(document, 0, most)
	d.add("TransactionType", l.request["TransactionType"])
	d.add("ErrorNo", orNone(l.errorNo))
	d.add("ErrorDesc", describe(orNone(l.errorNo), ""))
	d.add("TransactionId", t.ID)
	d.add("OrderId", t.OrderID)
	d.add("Payload", payload)
	d.add("Enrolled", string(t.Enrolled))
	d.add("ACSUrl", acsURL(c, payload, pathPaReq))
	d.add("EciFlag", string(t.ECI()))
	if c.Setting().Bool("cardinal.versionIn10") {
		d.add("ThreeDSVersion", string(t.Version))
	}
	echo(&d, l.request)
	return d
}

// blankLookup is the late answer of a lookup that timed out: a number, and all
// else blank (reference cardinal.md §8 and §11.1 case 5, observed).
func blankLookup(number string) document {
	return document{
		{"ErrorNo", number}, {"ErrorDesc", describe(number, "")}, {"TransactionId", ""}, {"OrderId", ""}, {"Payload", ""},
		{"Enrolled", ""}, {"PAResStatus", ""}, {"SignatureVerification", ""}, {"Cavv", ""}, {"EciFlag", ""}, {"ACSUrl", ""},
	}
}

// echo gives back what the merchant sent along (documented).
func echo(d *document, m message) {
	d.addIf("MerchantData", m["MerchantData"])
	d.addIf("MerchantReferenceNumber", m["MerchantReferenceNumber"])
}

func orNone(number string) string {
	if number == "" {
		return errNone
	}
	return number
}

func under(base, path string) string { return strings.TrimSuffix(base, "/") + path }

func acsURL(c *provider.Call, payload, path string) string {
	if payload == "" {
		return ""
	}
	return under(c.Base, path)
}

// challengeRequired is N with status C and empty else (observed): a flag of
// regional mandates, not "a challenge follows".
func challengeRequired(payload string) string {
	if payload == "" {
		return ""
	}
	return "N"
}

// signed is Y with Enrolled Y and blank with U and B (documented).
func signed(e core.Enrolled) string {
	if e == core.EnrolledYes {
		return "Y"
	}
	return ""
}

// authenticationType is how the challenge authenticates: 01 static, for the
// sandbox's own code, or 02 dynamic, for a one-time password (documented values).
func authenticationType(t threeds.Transaction) string {
	switch {
	case t.Challenge == nil:
		return ""
	case t.Challenge.Tenant == "":
		return "01"
	default:
		return "02"
	}
}

// cardBrand is the brand as Cardinal writes it: VISA and MASTERCARD observed, the
// others by default of reference cardinal.md §4.
func cardBrand(b core.Brand) string { return strings.ToUpper(string(b)) }

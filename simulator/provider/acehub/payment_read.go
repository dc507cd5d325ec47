package acehub

import (
	"net/url"
	"strings"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
)

// paymentRequest is a decoded payment.
type paymentRequest struct {
	order   pay.Order
	brand   brand
	check   bool   // checkEnrollment: the gateway's own 3-D Secure is asked for
	byPhone bool   // mail or telephone order: no cardholder to authenticate
	window  string // challengeWindowSize
	timeout time.Duration
	issuer  int
	facts   func() map[string]any // what scenarios see of it
	problem *core.Error           // the first thing that is wrong with it
}

// decodePayment reads a payment. What is wrong with it is kept for validation, so
// that a plan can be made of everything that was understood.
func decodePayment(c *provider.Call) (paymentRequest, error) {
	v := body(c, paymentSchema)
	q := paymentRequest{facts: v.facts}
	e, _ := c.Envelope.(*envelope)
	q.order.Payer = payer(c)
	q.order.Action = readAction(view{members: e.top, problem: v.problem})
	q.readTransaction(v.in("transaction"))
	q.readPayer(v)
	q.readThreeDS(v.in("threeDSecure"))
	if t := v.in("transaction"); t.flag("tokenize") {
		q.order.Tokenize = &pay.Owner{CustomerID: v.in("customer").text("customerId"), Email: v.in("customer").text("email")}
	}
	q.problem = *v.problem
	return q, nil
}

// readAction takes the two actions of reference acehub.md §2.1, in any case.
func readAction(top view) pay.Action {
	top.need("action")
	switch a := pay.Action(strings.ToLower(top.text("action"))); a {
	case pay.ActionAuthorize, pay.ActionPayment:
		return a
	}
	top.invalid("action", "an action is payment or authorize")
	return ""
}

// minTrackingCode is the least length (reference acehub.md §5.1, documented).
const minTrackingCode = 8

func (q *paymentRequest) readTransaction(t view) {
	o := &q.order
	o.TrackingCode = trackingCode(t)
	o.Money = t.money()
	o.BrandID = t.integer("brandId")
	o.Descriptor = t.text("descriptor")
	o.ReturnURL = t.text("returnUrl")
	if u, err := url.Parse(o.ReturnURL); o.ReturnURL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		t.invalid("returnUrl", "the URL is not an absolute one")
	}
	o.Sequence = pay.Sequence(strings.ToUpper(t.text("type")))
	switch o.Sequence {
	case "", pay.Single, pay.First, pay.Recurring, pay.Last:
	default:
		t.invalid("type", "a type is SINGLE, FIRST, RECURRING or LAST")
	}
	switch strings.ToUpper(t.text("source")) {
	case "", "EC":
	case "MO", "TO":
		q.byPhone = true
	default:
		t.invalid("source", "a source is EC, MO or TO")
	}
	// Seconds, as brand pages quote their sessions; the unit is unknown (inferred).
	q.timeout = time.Duration(max(0, t.integer("payTimeout"))) * time.Second
	var known bool
	if q.brand, known = brands[o.BrandID]; t.has("brandId") && !known {
		t.invalid("brandId", "there is no such brand")
	}
}

func trackingCode(t view) string {
	t.need("trackingCode")
	code := t.text("trackingCode")
	if code != "" && len(code) < minTrackingCode {
		t.invalid("trackingCode", "a tracking code has at least 8 characters")
	}
	return code
}

// readPayer finds what pays: a card, a token of the vault, or a bank or wallet by
// its brand. Without any of them a card number is what is missing.
func (q *paymentRequest) readPayer(v view) {
	t, card := v.in("transaction"), v.in("card")
	if q.brand.way != byCard {
		q.order.Action = pay.ActionPayment // no separate authorisation (documented)
		q.issuer = v.in("bank").integer("issuerId")
		if q.brand.returns {
			t.need("returnUrl")
		}
		return
	}
	if token := t.text("token"); token != "" {
		in := readExtras(card)
		in.Vault = token
		q.order.Card = &in
		return
	}
	q.order.Card = readCard(card)
}

func (q *paymentRequest) readThreeDS(t view) {
	q.check = t.flag("checkEnrollment")
	q.window = t.in("additionalInfo").text("challengeWindowSize")
	proof := pay.Proof{
		ECI: readECI(t), CAVV: t.text("avv"), XID: t.text("xid"), DSTransactionID: t.text("dsTransactionId"), Version: t.text("version"),
	}
	for _, name := range []string{"lowValue", "secureCoorporate", "transactionRiskAnalysis", "trustedBeneficiary"} {
		proof.Exemption = proof.Exemption || t.in("exemption").flag(name)
	}
	if v := proof.Version; v != "" && v != "1" && v != "2" && !strings.HasPrefix(v, "1.") && !strings.HasPrefix(v, "2.") {
		t.invalid("version", "a version is 1 or 2, alone or dotted")
	}
	if proof.ECI != "" || proof.CAVV != "" || proof.XID != "" || proof.DSTransactionID != "" || proof.Exemption {
		q.order.Proof = &proof
	}
}

// readECI takes 5, "5" and "05" (reference acehub.md §1.4).
func readECI(t view) core.ECI {
	eci := t.text("eci")
	if len(eci) == 1 {
		eci = "0" + eci
	}
	if eci != "" && (len(eci) != 2 || !core.AllDigits(eci)) {
		t.invalid("eci", "an ECI has two digits")
	}
	return core.ECI(eci)
}

// paymentFacts tells scenarios and the journal what the payment is about.
func paymentFacts(c *provider.Call, tx *provider.Tx, q paymentRequest) provider.Facts {
	f := provider.Facts{
		Card: underlying(c, tx, q.order.Card), Money: q.order.Money, Reference: reference(q.order.TrackingCode), Request: q.facts,
	}
	if t, ok := proven(c, tx, q.order.Proof); ok && t.Merchant == c.Merchant.ID && t.Card == f.Card {
		f.Flow = t.Flow // of several orders with one card, the one that was authenticated
	}
	return f
}

// proven finds the 3-D Secure transaction that a payment names.
func proven(c *provider.Call, tx *provider.Tx, p *pay.Proof) (t threeds.Transaction, ok bool) {
	var err error
	switch s := c.Scope(tx); {
	case p == nil:
		return t, false
	case p.DSTransactionID != "":
		t, ok, err = threeds.ByDSTransID(s, p.DSTransactionID)
	default:
		t, ok, err = threeds.ByXID(s, p.XID)
	}
	return t, ok && err == nil
}

// validatePayment reports the first thing that is wrong.
func validatePayment(c *provider.Call, q paymentRequest) error {
	if q.problem != nil && !forcedFailure(c) {
		return q.problem
	}
	return nil
}

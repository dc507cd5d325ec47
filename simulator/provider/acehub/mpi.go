package acehub

import (
	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
)

// redirectCard was answered with a redirect on a real account that had 3-D Secure
// on (reference acehub.md §12, observed).
const redirectCard = "4444333322221111"

// The issuer's addresses; the query is there on purpose, it catches mistakes of
// escaping (*ours*).
const (
	issuerPAReq = "/acs/pareq?osb=1&VAA=B"
	issuerCReq  = "/acs/creq?vaa=b&gold=A"
)

// fieldReturn is the path of returnUrl.
const fieldReturn = "body.transaction.returnUrl"

// wantsThreeDS says whether the gateway authenticates the cardholder itself:
// where the merchant brings no result of its own, has a cardholder before it, and
// asks for it, or the account has it on (reference acehub.md §7.3, observed on one
// account; which request asks for it is inferred).
func (q paymentRequest) wantsThreeDS(c *provider.Call) bool {
	o := q.order
	if o.Card == nil || o.Proof != nil || o.Sequence.ByMerchant() || q.byPhone {
		return false
	}
	switch c.Setting().Text("acehub.internalMPI") {
	case "off":
		return false
	case "always":
		return q.check || o.ReturnURL != ""
	default:
		return q.check || o.ReturnURL != "" && o.Card.Number.Digits() == redirectCard
	}
}

// ownThreeDS runs the gateway's 3-D Secure: the order then carries its result, or
// waits for the cardholder.
func (q paymentRequest) ownThreeDS(c *provider.Call, s sandbox.Scope, o *pay.Order) error {
	if !q.wantsThreeDS(c) {
		return nil
	}
	if o.ReturnURL == "" {
		return core.Errf(core.CodeMissing, fieldReturn, "3-D Secure needs an address to return to")
	}
	t, err := q.lookup(c, s, o)
	if err != nil {
		return err
	}
	for _, w := range t.Warnings {
		c.Warn("%s", w)
	}
	o.ThreeDS = found(t)
	if !t.Running() {
		f := ending{t.Status, t.ECI(), t.CAVV(s.World)}.finish(t)
		o.Proof, o.Denied = f.Proof, f.Denied
		return nil
	}
	redirect, err := challengeForm(c, s, t, pay.ID(s.World, o.Business, o.TrackingCode))
	o.Await = &pay.Await{Result: pay.Pending, Deadline: q.deadline(s), Redirect: redirect}
	return err
}

func (q paymentRequest) lookup(c *provider.Call, s sandbox.Scope, o *pay.Order) (threeds.Transaction, error) {
	card, _ := pay.Find(s, o.Payer, *o.Card) // Check has found it
	id := pay.ID(s.World, o.Business, o.TrackingCode)
	r := threeds.LookupRequest{
		Merchant: c.Merchant, OrderNumber: id, Card: card.Card, Expiry: card.Expiry, Money: o.Money, WindowSize: q.window,
		NotificationURL: pageURL(c, threeDSPage, id), Flow: c.Flow(),
	}
	if o.Card.Number.Digits() == redirectCard {
		r.Plan.Outcome = threeds.OutcomeChallenge
	}
	return threeds.Lookup(s, r)
}

// challengeForm is the redirect to the issuer: its fields are those of the
// schemes' own form (reference acehub.md §7.3, names inferred). The answer comes
// back to a page of ours.
func challengeForm(c *provider.Call, s sandbox.Scope, t threeds.Transaction, id string) (pay.Redirect, error) {
	payload, err := threeds.Payload(s.World, t)
	if err != nil {
		return pay.Redirect{}, err
	}
	if t.Version.EMV() {
		return pay.Redirect{Method: "POST", URL: c.Base + issuerCReq, Fields: map[string]string{"creq": payload, "threeDSSessionData": id}}, nil
	}
	return pay.Redirect{Method: "POST", URL: c.Base + issuerPAReq, Fields: map[string]string{
		"PaReq": payload, "TermUrl": pageURL(c, threeDSPage, id), "MD": id,
	}}, nil
}

// found is what the transaction is remembered by.
func found(t threeds.Transaction) *pay.ThreeDS {
	return &pay.ThreeDS{TransactionID: t.ID, Version: t.Version, Enrolled: t.Enrolled, Status: t.Status, Challenge: t.Challenge != nil}
}

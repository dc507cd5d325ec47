package acehub

import (
	"encoding/json"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/sandbox"
)

// render is the envelope of a payment or follow-up, the same for the call that
// made it and for every reading (reference acehub.md §5.3, documented). The
// timestamp is that of the request that made it (§13: the same document).
func render(w *sandbox.World, p pay.Payment, token *pay.Token) document {
	v := verdicts[string(p.Result)]
	body := paymentBody{Transaction: transactionOf(p), Error: errorOf(v, p.Words), ThreeDSecure: threeDSOf(p)}
	if p.Bank != nil {
		body.Bank = &bankDoc{Name: p.Bank.Name}
	}
	if p.Result == pay.Approved {
		body.Card = cardOf(p, w.Settings.Bool("acehub.numericExpiry"))
	}
	if token != nil {
		body.Token = &tokenDoc{Token: token.Token, DisplayHint: token.Hint()}
	}
	if p.Result == pay.Pending && p.Waits != nil && p.Waits.Redirect.URL != "" {
		r := redirectDoc(p.Waits.Redirect)
		body.Redirect = &r
	}
	return document{
		Result: v.number, Description: v.description, Body: body,
		Header: docHeader{RequestTimestamp: timestamp(p.Created), RequestCode: requestCode(w, p)},
	}
}

// requestCode has three digits and a UUID (reference acehub.md §2.2: observed
// shape, sometimes there). It comes with a success, as where it was recorded.
func requestCode(w *sandbox.World, p pay.Payment) string {
	if p.Result != pay.Approved {
		return ""
	}
	id, _ := sandbox.ParseUUID(p.ID) // every transaction's is one
	twin := w.Twin(id)
	digits := 100 + int(twin[len(twin)-1])%100
	return "0" + strconv.Itoa(digits)[1:] + "." + twin.String()
}

// transactionOf leaves the amount out of a cancel (reference acehub.md §5.6,
// documented by the SDKs).
func transactionOf(p pay.Payment) *transactionDoc {
	t := &transactionDoc{
		Action: p.Action, ID: p.ID, ParentID: p.Parent, TrackingCode: p.TrackingCode, BrandID: p.BrandID, Descriptor: p.Descriptor,
	}
	if p.Action != pay.ActionCancel {
		t.Amount, t.CurrencyCode = json.Number(p.Money.Major()), p.Money.Currency
	}
	return t
}

// errorOf is the error object of a verdict, in a scenario's words where it has
// any.
func errorOf(v verdict, words pay.Words) *errorDoc {
	if v.code == 0 && words == (pay.Words{}) {
		return nil
	}
	e := &errorDoc{Code: v.code, Message: v.message}
	if words.Code != 0 {
		e.Code = words.Code
	}
	if words.Message != "" {
		e.Message = words.Message
	}
	if e.DetailedMessage = words.Detailed; e.DetailedMessage == "" {
		e.DetailedMessage = e.Message
	}
	return e
}

// cardOf shows the digits of the number that was sent, a network token's too
// (*ours*). Months have no zero in front (reference acehub.md §4.6). A capture
// or cancel has no card block.
func cardOf(p pay.Payment, numeric bool) *cardDoc {
	card := p.Card
	if card == nil || p.Action == pay.ActionCapture || p.Action == pay.ActionCancel {
		return nil
	}
	doc := &cardDoc{
		ApprovalCode: card.ApprovalCode, CVVResult: card.CVVResult, HolderName: card.Holder,
		FirstSixDigits: card.Number.First6, LastFourDigits: card.Number.Last4,
		ExpiryMonth: strconv.Itoa(card.Expiry.Month), ExpiryYear: strconv.Itoa(card.Expiry.Year),
	}
	if numeric {
		doc.ExpiryMonth, doc.ExpiryYear = card.Expiry.Month, card.Expiry.Year
	}
	if p.Action == pay.ActionRefund {
		doc.CVVResult = "" // no code comes with a refund
	}
	return doc
}

// threeDSOf is filled by the gateway's own 3-D Secure only: enrolment and
// validation belong to 1.0, the rest to 2 (reference acehub.md §7.2, inferred).
func threeDSOf(p pay.Payment) *threeDSDoc {
	t := p.ThreeDS
	if t == nil || p.Result == pay.Pending || t.Status == core.StatusChallenge {
		return nil
	}
	if !t.Version.EMV() {
		return &threeDSDoc{EnrollmentResult: string(t.Enrolled), ValidationResult: string(t.Status)}
	}
	doc := &threeDSDoc{AuthenticationResult: string(t.Status), Flow: "FRICTIONLESS", Version: string(t.Version)}
	if t.Challenge {
		doc.Flow = "CHALLENGE"
	}
	return doc
}

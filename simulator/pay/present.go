package pay

import (
	"cardsim/simulator/core"
	"cardsim/simulator/scheme"
)

// The reasons for which the acquirer itself refuses, as they stand in the
// journal; the schemes' are in package scheme.
const (
	CryptogramNotExpected  = "cryptogram-not-expected"
	CryptogramWithoutToken = "cryptogram-without-token"
	NoInitialPayment       = "no-initial-payment"
	AuthenticationFailed   = "authentication-failed"
)

// tokenRefusal presents the attempt's token and cryptogram to the scheme. The
// cryptogram is used up by that, also where something else refuses the payment.
func (a *attempt) tokenRefusal() (*core.Refusal, error) {
	t, sent := a.src.token, a.src.sent
	if t == nil {
		return a.strayCryptogram()
	}
	use := scheme.CheckToken(a.Scope, *t, scheme.TokenUse{Merchant: a.order.Merchant, Expiry: a.src.card.Expiry})
	if a.order.Sequence.ByMerchant() {
		return a.mandated(use)
	}
	spent, err := scheme.SpendCryptogram(a.Scope, *t, sent.Cryptogram)
	if err != nil {
		return nil, wrap(err, "use up a cryptogram")
	}
	a.src.card.Cryptogram = spent == nil
	if use != nil {
		return use, nil
	}
	return spent, nil
}

// strayCryptogram refuses a cryptogram that came with no network token (*ours*:
// nothing can verify it); one that exists is used up all the same.
func (a *attempt) strayCryptogram() (*core.Refusal, error) {
	if a.src.sent.Cryptogram == "" {
		return nil, nil
	}
	if _, err := scheme.SpendCryptogram(a.Scope, scheme.Token{}, a.src.sent.Cryptogram); err != nil {
		return nil, wrap(err, "use up a cryptogram")
	}
	return core.Refusef(CryptogramWithoutToken, "a cryptogram came with a number that is no network token of this sandbox"), nil
}

// mandated is the row of a payment that the merchant initiates: no cryptogram,
// but an earlier approved payment with one, of the same token and business.
func (a *attempt) mandated(use *core.Refusal) (*core.Refusal, error) {
	t := a.src.token
	if sent := a.src.sent.Cryptogram; sent != "" {
		if _, err := scheme.SpendCryptogram(a.Scope, *t, sent); err != nil {
			return nil, wrap(err, "use up a cryptogram")
		}
		return core.Refusef(CryptogramNotExpected, "a merchant-initiated payment with token %s carries no cryptogram", t.ID), nil
	}
	if use != nil {
		return use, nil
	}
	_, ok, err := mandates.Get(a.Tx, a.World.ID, a.mandateKey(t.Number))
	if err != nil || ok {
		return nil, wrap(err, "look for the first payment of a series")
	}
	return core.Refusef(NoInitialPayment, "business %s has no approved payment with a cryptogram for token %s", a.order.Business, t.ID), nil
}

// mandateKey goes by the token's number, which is what an acquirer sees: two
// tokenids of one card may share it.
func (a *attempt) mandateKey(number core.CardRef) string {
	return a.World.Digest("mandate", a.order.Business+"\x00"+number.Fingerprint)
}

// opened is the transaction of the attempt, before anything is decided.
func (a *attempt) opened() Payment {
	o := a.order
	id := ID(a.World, o.Business, o.TrackingCode)
	p := Payment{
		ID: id, Root: id, Business: o.Business, Merchant: o.Merchant, Action: o.Action, TrackingCode: o.TrackingCode,
		Money: o.Money, BrandID: o.BrandID, Descriptor: o.Descriptor, Bank: o.Bank,
		ThreeDS: o.ThreeDS, Claim: a.claim(), Return: o.ReturnURL, Flow: a.Flow, Created: a.Now,
	}
	if a.src != nil {
		card := a.src.card
		if a.src.sent.CVV {
			card.CVVResult = "M" // observed; the simulator knows no wrong code
		}
		p.Card = &card
	}
	return p
}

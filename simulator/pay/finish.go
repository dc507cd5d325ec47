package pay

import (
	"cardsim/simulator/agenda"
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Finish is what became of a payer who was sent elsewhere.
type Finish struct {
	ThreeDS *ThreeDS      // what 3-D Secure found out, where it was asked
	Proof   *Proof        // what it proved
	Denied  *core.Refusal // why the payer did not get through; nil: the payer did
}

// Complete ends a pending payment: it is decided as if it had come with the
// proof. One that waits no longer stays as it is.
func Complete(s sandbox.Scope, id string, f Finish) (Answer, error) {
	p, ok, err := Any(s, id)
	if err != nil {
		return Answer{}, err
	}
	if !ok {
		return Answer{}, core.Errf(core.CodeNotFound, "", "there is no transaction %s", id)
	}
	if p.Result != Pending || p.Waits == nil || p.Waits.Held {
		return Answer{Payment: p}, nil
	}
	a := resumed(s, p, f)
	if p.timed() {
		if err := agenda.Remove(s.Tx, s.World.ID, p.date()); err != nil {
			return Answer{}, err
		}
	}
	p.Waits = nil
	if f.ThreeDS != nil {
		p.ThreeDS = f.ThreeDS
	}
	refusal, err := a.reproved(p, f)
	if err != nil {
		return Answer{}, err
	}
	if claim := a.claim(); claim != nil {
		p.Claim = claim
	}
	if refusal != nil {
		p.Result = Declined
		return a.closed(p, refusal)
	}
	return a.decide(p)
}

// resumed is the attempt of a pending payment, as far as it is kept: token and
// cryptogram were presented when it came, because a cryptogram is not kept.
func resumed(s sandbox.Scope, p Payment, f Finish) *attempt {
	return &attempt{Scope: s, again: true, order: Order{
		Payer: Payer{Business: p.Business, Merchant: p.Merchant}, Action: p.Action,
		TrackingCode: p.TrackingCode, Money: p.Money, Tokenize: p.Waits.Tokenize, Proof: f.Proof,
	}}
}

// reproved says why what the payer brought back does not hold. An ECI that
// cannot be is no input error here: the merchant did not send it.
func (a *attempt) reproved(p Payment, f Finish) (*core.Refusal, error) {
	if f.Denied != nil || p.Card == nil {
		return f.Denied, nil
	}
	auth, refusal, err := verify(a.Scope, a.order.Payer, *p.Card, p.Money, f.Proof)
	a.auth, a.proof = auth, refusal
	if refusal != nil {
		return refusal, nil
	}
	return nil, err
}

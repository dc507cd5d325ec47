package pay

import (
	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// Checked is an order that is not refused before it is processed.
type Checked struct{ attempt *attempt }

// Check says whether an order would be refused before it is processed: its
// tracking code is taken (*RuleError), its card or 3-D Secure block cannot be
// (*core.Error). It changes nothing.
func Check(s sandbox.Scope, o Order) (Checked, error) {
	a := &attempt{Scope: s, order: o}
	if err := free(s, o.Business, o.TrackingCode); err != nil || o.Card == nil {
		return Checked{a}, err
	}
	src, err := resolve(s, o.Payer, *o.Card)
	if err != nil {
		if o.Force.failure() {
			return Checked{a}, nil // the card stays unknown, the forced failure stands
		}
		return Checked{}, err
	}
	a.src = &src
	return Checked{a}, a.verify()
}

// Pay is Check, and then [Checked.Pay].
func Pay(s sandbox.Scope, o Order) (Answer, error) {
	c, err := Check(s, o)
	if err != nil {
		return Answer{}, err
	}
	return c.Pay(o)
}

// Pay processes an order in the transaction in which it was checked (decisions, "At the
// acquirer"). By now o may say how it goes on, and bring a proof of the gateway's own. An
// error uses up nothing; everything else is an answer, and its transaction is kept.
func (c Checked) Pay(o Order) (Answer, error) {
	a := c.attempt
	proven := a.order.Proof == o.Proof
	a.order = o
	if !proven && a.src != nil {
		if err := a.verify(); err != nil {
			return Answer{}, err
		}
	}
	refusal, err := a.presented()
	if err != nil {
		return Answer{}, err
	}
	return a.process(refusal)
}

// attempt is one order on its way through the acquirer.
type attempt struct {
	sandbox.Scope
	order Order
	src   *source               // nil: no card
	auth  scheme.Authentication // what the proof rests on
	proof *core.Refusal         // why the proof does not hold
	again bool                  // the transaction is kept already: it was pending
}

// verify holds the order's proof to the scheme's memory. A failure that is forced wins.
func (a *attempt) verify() (err error) {
	o := a.order
	a.auth, a.proof, err = verify(a.Scope, o.Payer, a.src.card, o.Money, o.Proof)
	if o.Force.failure() {
		return nil
	}
	return err
}

// fieldECI is the path of the ECI in AceHub's requests.
const fieldECI = "body.threeDSecure.eci"

// verify holds a proof to the scheme's memory. An ECI that is none of the
// brand's, or is missing, is an input error.
func verify(s sandbox.Scope, p Payer, c Card, m core.Money, proof *Proof) (scheme.Authentication, *core.Refusal, error) {
	if proof == nil {
		return scheme.Authentication{}, nil, nil
	}
	auth, refusal, err := scheme.Verify(s, scheme.Claim{
		Merchant: p.Merchant, Card: c.Card, Money: m, CAVV: proof.CAVV, ECI: proof.ECI, XID: proof.XID,
		DSTransactionID: proof.DSTransactionID, Version: proof.Version, Exemption: proof.Exemption,
	})
	switch {
	case err != nil:
		return auth, nil, wrap(err, "verify the 3-D Secure claim")
	case refusal == nil:
		return auth, nil, nil
	case refusal.Code == scheme.ECIUnknown:
		return auth, refusal, core.Errf(core.CodeInvalid, fieldECI, "%s", refusal.Detail).Because(refusal)
	case refusal.Code == scheme.ECIMissing:
		return auth, refusal, core.Errf(core.CodeMissing, fieldECI, "%s", refusal.Detail).Because(refusal)
	}
	return auth, refusal, nil
}

// presented takes what the attempt used up at the scheme, whatever becomes of
// it (decisions 18), and says why the scheme refuses it.
func (a *attempt) presented() (*core.Refusal, error) {
	if a.src == nil {
		return nil, nil
	}
	refusal, err := a.tokenRefusal()
	if err != nil {
		return nil, err
	}
	if refusal == nil {
		refusal = a.proof
	}
	if refusal == nil {
		refusal = a.order.Denied
	}
	return refusal, nil
}

// process decides and keeps the transaction.
func (a *attempt) process(refusal *core.Refusal) (Answer, error) {
	p := a.opened()
	o := a.order
	switch {
	case o.Force.failure():
		p.Result, p.Words = o.Force.Result, o.Force.Words
		return a.closed(p, core.Refusef("scenario", "a scenario asked for the outcome %s", o.Force.Result))
	case refusal != nil:
		p.Result = Declined
		return a.closed(p, refusal)
	case o.Await != nil:
		return a.awaiting(p)
	}
	return a.decide(p)
}

// decide asks the issuer, for a card, and moves the money when it agrees. A
// forced success stands in for the issuer's decision only (decisions 3).
func (a *attempt) decide(p Payment) (Answer, error) {
	p.Result = Approved
	if p.Card != nil {
		ask := issuer.Authorisation{Card: p.Card.Card, Money: p.Money, Business: p.Business, Reference: p.TrackingCode}
		if p.Card.NetworkToken == "" && !a.order.Force.success() {
			ask.Expiry = p.Card.Expiry // a network token outlives its card's plastic
		}
		d := issuer.Authorise(a.Scope, ask)
		if !d.Approved {
			p.Result = Declined
			return a.closed(p, d.Refusal)
		}
		p.Card.ApprovalCode = d.ApprovalCode
	}
	return a.approved(p)
}

func (a *attempt) save(p Payment) error {
	if a.again {
		return keep(a.Scope, p)
	}
	return create(a.Scope, p)
}

// closed keeps a transaction in which no money moves.
func (a *attempt) closed(p Payment, refusal *core.Refusal) (Answer, error) {
	if refusal != nil {
		p.Refusal = refusal.Code
	}
	return Answer{Payment: p, Refusal: refusal}, a.save(p)
}

// awaiting keeps a transaction that the payer finishes elsewhere. Where the end
// is settled already, the answer alone still says that it waits.
func (a *attempt) awaiting(p Payment) (Answer, error) {
	w := a.order.Await
	p.Result = w.Result
	p.Waits = &Waits{Redirect: w.Redirect, Deadline: w.Deadline, Tokenize: a.order.Tokenize, Held: w.Settled == w.Result}
	if w.Settled == "" || p.Waits.Held {
		return Answer{Payment: p}, a.save(p)
	}
	end := p
	end.Result, end.Waits = w.Settled, nil
	kept, err := a.closedOrApproved(end)
	kept.Payment = p
	return kept, err
}

func (a *attempt) closedOrApproved(p Payment) (Answer, error) {
	if p.Result == Approved {
		return a.approved(p)
	}
	return a.closed(p, nil)
}

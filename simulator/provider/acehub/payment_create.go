package acehub

import (
	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
)

func (p *Provider) createPayment() provider.Operation {
	return provider.Make(provider.Op[paymentRequest, reply]{
		Name: opPaymentCreate, Decode: decodePayment, Facts: paymentFacts, Validate: validatePayment, Run: runPayment, Encode: encode,
	})
}

// runPayment processes a payment. A failure that a scenario demands of a request
// that cannot be processed is answered all the same, and leaves no transaction.
func runPayment(c *provider.Call, tx *provider.Tx, q paymentRequest) (reply, error) {
	if r, ok := forcedRefusal(c, q.problem != nil); ok {
		return r, nil
	}
	s := c.Scope(tx)
	o := q.order
	o.Force = forced(c)
	o.Descriptor = descriptor(s.World, q)
	o.Bank = bankOf(q.issuer)
	a, err := q.pay(c, s, o)
	if err != nil {
		return refusedOrForced(c, err)
	}
	return answered(c, a), nil
}

func (q paymentRequest) pay(c *provider.Call, s sandbox.Scope, o pay.Order) (pay.Answer, error) {
	if err := q.brandFits(c, s.Tx); err != nil {
		return pay.Answer{}, err
	}
	checked, err := pay.Check(s, o)
	if err != nil {
		return pay.Answer{}, err
	}
	if err := q.await(c, s, &o); err != nil {
		return pay.Answer{}, err
	}
	return checked.Pay(o)
}

// refusedOrForced lets a failure that a scenario demands win over a refusal.
func refusedOrForced(c *provider.Call, err error) (reply, error) {
	if r, ok := forcedRefusal(c, true); ok {
		return r, nil
	}
	return refused(c, err)
}

// answered is the reply to an operation that was processed, with the HTTP status
// of its result (reference acehub.md §2.3).
func answered(c *provider.Call, a pay.Answer) reply {
	note(c, string(a.Payment.Result))
	if a.Refusal != nil {
		c.Refuse(a.Refusal)
	}
	return reply{status: verdicts[string(a.Payment.Result)].status, value: render(c.World, a.Payment, a.Vault)}
}

// await sets how an order goes on that is not final at once. What a scenario
// demands is final.
func (q paymentRequest) await(c *provider.Call, s sandbox.Scope, o *pay.Order) error {
	switch {
	case o.Force != nil && (o.Force.Result != pay.Pending || q.brand.way != byRedirect):
		return nil
	case q.brand.way == byNotice:
		o.Await = &pay.Await{Result: pay.Waiting}
	case q.brand.way == byRedirect:
		o.Await = q.supplier(c, s, o)
		o.Force = nil
	case q.brand.way == byCard:
		return q.ownThreeDS(c, s, o)
	}
	return nil
}

// brandFits compares brandId and card number where the setting asks for it
// (decisions 19, *ours*).
func (q paymentRequest) brandFits(c *provider.Call, tx *provider.Tx) error {
	if q.brand.card == "" || !c.Setting().Bool("acehub.compareBrand") {
		return nil
	}
	card := underlying(c, tx, q.order.Card)
	if card.IsZero() || card.Brand == core.UnknownBrand || card.Brand == q.brand.card {
		return nil
	}
	return core.Errf(core.CodeInvalid, "body.transaction.brandId", "the brand is not that of the card, %s", card.Brand)
}

// descriptor is three groups of four digits, and the merchant's text when it sent
// one (reference acehub.md §5.2, observed on iDEAL). A card payment without such
// a text has none, as in the vendor's examples.
func descriptor(w *sandbox.World, q paymentRequest) string {
	o := q.order
	if q.brand.way == byCard && o.Descriptor == "" {
		return ""
	}
	d := w.Draw("acehub.descriptor", o.Business, o.TrackingCode)
	text := d.Digits(4) + "." + d.Digits(4) + "." + d.Digits(4)
	if o.Descriptor != "" {
		text += " " + o.Descriptor
	}
	return text
}

func bankOf(issuer int) *pay.Bank {
	if name, ok := issuers[issuer]; ok {
		return &pay.Bank{Name: name}
	}
	return nil
}

package pay

import "cardsim/simulator/scheme"

// approved keeps an approved transaction and all that an approval does: the
// money moves, the CAVV is used up (decisions 18), a token may come of it, and a
// good cryptogram opens a series.
func (a *attempt) approved(p Payment) (Answer, error) {
	if err := scheme.SpendCAVV(a.Scope, a.auth.TransactionID); err != nil {
		return Answer{}, wrap(err, "use up a CAVV")
	}
	if err := a.mandate(p); err != nil {
		return Answer{}, err
	}
	token, err := a.tokenized(&p)
	if err != nil {
		return Answer{}, err
	}
	if err := a.book(p); err != nil {
		return Answer{}, err
	}
	return Answer{Payment: p, Vault: token}, a.save(p)
}

func (a *attempt) book(p Payment) error {
	return post(a.Scope, p, nil, opening(p.Action, p.Money))
}

// mandate remembers the first approved payment with a cryptogram of a token.
func (a *attempt) mandate(p Payment) error {
	if p.Card == nil || !p.Card.Cryptogram || p.Card.NetworkToken == "" {
		return nil
	}
	key := a.mandateKey(p.Card.Number)
	if _, known, err := mandates.Get(a.Tx, a.World.ID, key); known || err != nil {
		return wrap(err, "look for the first payment of a series")
	}
	return wrap(mandates.Put(a.Tx, a.World.ID, key, link{p.ID}), "remember the first payment of a series")
}

// tokenized keeps the card in the vault where the order asked for it: only a
// success gives a token (seed 002, documented).
func (a *attempt) tokenized(p *Payment) (*Token, error) {
	if a.order.Tokenize == nil || p.Card == nil {
		return nil, nil
	}
	t, err := source{card: *p.Card}.tokenize(a.Scope, a.order.Payer, *a.order.Tokenize)
	if err != nil {
		return nil, err
	}
	p.Token = t.Token
	return &t, nil
}

package pay

import "cardsim/simulator/sandbox"

// What a merchant wrote may hold anything, a card number included, and must be
// given back as it came: it is kept sealed.

// sealed is the payment as it is kept; p stays as it is.
func (p Payment) sealed(w *sandbox.World) Payment {
	if p.Card != nil {
		p.Card = new(*p.Card)
	}
	if p.Waits != nil && p.Waits.Tokenize != nil {
		p.Waits = new(*p.Waits)
		p.Waits.Tokenize = new(*p.Waits.Tokenize)
	}
	p.each(w.Seal)
	return p
}

// unsealed is a kept payment as it came. What it points to is changed where it is: it
// belongs to the reader, as all that a table hands out.
func (p Payment) unsealed(w *sandbox.World) Payment {
	p.each(w.Unseal)
	return p
}

// each changes every text that a merchant wrote.
func (p *Payment) each(change func(string) string) {
	p.TrackingCode, p.Descriptor, p.Return = change(p.TrackingCode), change(p.Descriptor), change(p.Return)
	if card := p.Card; card != nil {
		card.Holder, card.IssueNumber = change(card.Holder), change(card.IssueNumber)
	}
	if p.Waits != nil && p.Waits.Tokenize != nil {
		owner := p.Waits.Tokenize
		owner.CustomerID, owner.Email = change(owner.CustomerID), change(owner.Email)
	}
}

func (t Token) each(change func(string) string) Token {
	t.CustomerID, t.Email = change(t.CustomerID), change(t.Email)
	t.Holder, t.IssueNumber = change(t.Holder), change(t.IssueNumber)
	return t
}

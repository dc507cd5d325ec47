package pay

import "cardsim/simulator/sandbox"

// What a merchant wrote may hold anything, a card number included, and must be
// given back as it came: it is kept sealed.

// sealed is the payment as it is kept.
func (p Payment) sealed(w *sandbox.World) Payment { return p.each(w.Seal) }

// unsealed is a kept payment as it came.
func (p Payment) unsealed(w *sandbox.World) Payment { return p.each(w.Unseal) }

// each changes every text that a merchant wrote, in a copy.
func (p Payment) each(change func(string) string) Payment {
	p.TrackingCode, p.Descriptor, p.Return = change(p.TrackingCode), change(p.Descriptor), change(p.Return)
	if p.Card != nil {
		card := *p.Card
		card.Holder, card.IssueNumber = change(card.Holder), change(card.IssueNumber)
		p.Card = &card
	}
	if p.Waits != nil && p.Waits.Tokenize != nil {
		waits := *p.Waits
		owner := Owner{CustomerID: change(waits.Tokenize.CustomerID), Email: change(waits.Tokenize.Email)}
		waits.Tokenize = &owner
		p.Waits = &waits
	}
	return p
}

func (t Token) each(change func(string) string) Token {
	t.CustomerID, t.Email = change(t.CustomerID), change(t.Email)
	t.Holder, t.IssueNumber = change(t.Holder), change(t.IssueNumber)
	return t
}

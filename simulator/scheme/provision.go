package scheme

import (
	"fmt"
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Provisioning asks a scheme for a token.
type Provisioning struct {
	Merchant   *sandbox.Merchant
	MerchantID string // Cardtokens' merchantid: the token works only with it
	Card       core.CardRef
	CardExpiry core.Expiry
	Scheme     Scheme
}

// Provision issues an active token. It has an id of its own each time; Visa and
// Mastercard give a card that has an active token at this merchant id the same
// number again (reference cardtokens.md §4.3, by analogy: one token per card and
// merchant), testscheme never does.
func Provision(s sandbox.Scope, p Provisioning) (Token, error) {
	if _, ok := prefixOf(p.Scheme); !ok {
		return Token{}, fmt.Errorf("there is no scheme %q", p.Scheme)
	}
	ordinal, err := s.Next("scheme.token/" + p.MerchantID + "/" + p.Card.Fingerprint + "/" + p.CardExpiry.String())
	if err != nil {
		return Token{}, err
	}
	seq, err := s.Next("scheme.tokens")
	if err != nil {
		return Token{}, err
	}
	t := Token{
		MerchantID: p.MerchantID, Merchant: p.Merchant.ID, Scheme: p.Scheme, Card: p.Card, CardExpiry: p.CardExpiry,
		State: Active, Ordinal: ordinal, Created: s.Now, Seq: seq, Flow: s.Flow,
	}
	t.ID = s.World.Draw("cardtokens.tokenid", t.entity()...).Hex32()
	if err := t.giveNumber(s); err != nil {
		return Token{}, err
	}
	return t, t.keep(s)
}

// entity is what id and number are drawn by (decisions, "Chance").
func (t Token) entity() []string {
	return []string{t.MerchantID, t.Card.Fingerprint, t.CardExpiry.String(), strconv.FormatUint(t.Ordinal, 10)}
}

// giveNumber sets number and expiry: those of the card's active token at this
// merchant, else new ones.
func (t *Token) giveNumber(s sandbox.Scope) error {
	if t.Scheme != Test {
		elder, found, err := youngest(s, *t, nil)
		if err != nil {
			return err
		}
		if found {
			t.Number, t.Source, t.Expiry = elder.Number, elder.Source, elder.Expiry
			return t.moveExpiry(s)
		}
	}
	source := NumberSource{CardExpiry: t.CardExpiry, Ordinal: t.Ordinal}
	source, ref, err := freeNumber(s, numberKey{t.Scheme, t.MerchantID, t.Card.Fingerprint, source})
	t.Source, t.Number, t.Expiry = source, ref, t.ownExpiry(s.World)
	return err
}

// ownExpiry is the token's expiry: the card's for testscheme, as the example
// shows; a later one for the others, so that a client which authorises with the
// card's is caught (reference cardtokens.md §4.3, by analogy).
func (t Token) ownExpiry(w *sandbox.World) core.Expiry {
	if t.Scheme == Test {
		return t.CardExpiry
	}
	draw := w.Draw("cardtokens.token.expiry", t.entity()...)
	year := t.CardExpiry.Year + 2 + draw.Below(3)
	return core.Expiry{Month: 1 + draw.Below(12), Year: min(year, 9999)}
}

// moveExpiry keeps a shared number's expiry later than the card's when the card
// came back renewed, for every token with that number (reference cardtokens.md
// §12.2: the token's expiry may move).
func (t *Token) moveExpiry(s sandbox.Scope) error {
	if t.Expiry.End().After(t.CardExpiry.End()) {
		return nil
	}
	t.Expiry = t.ownExpiry(s.World)
	return eachLiving(s, *t, func(other Token) (bool, error) {
		if other.Number.Fingerprint != t.Number.Fingerprint {
			return true, nil
		}
		other.Expiry = t.Expiry
		return true, tokens.Put(s.Tx, s.World.ID, other.ID, other)
	})
}

// keep stores a new token under its id, its number, its card and its arrival.
func (t Token) keep(s sandbox.Scope) error {
	if err := tokens.Add(s.Tx, s.World.ID, t.ID, t); err != nil {
		return err
	}
	if err := numbers.Put(s.Tx, s.World.ID, t.Number.Fingerprint, holder{t.ID}); err != nil {
		return err
	}
	if err := arrivals.Add(s.Tx, s.World.ID, fmt.Sprintf("%020d", t.Seq), holder{t.ID}); err != nil {
		return err
	}
	return living.Add(s.Tx, s.World.ID, t.lifeKey(), holder{t.ID})
}

// youngest finds the newest active token of t's card, merchant and scheme that
// fits; a nil fits takes any.
func youngest(s sandbox.Scope, t Token, fits func(Token) bool) (found Token, ok bool, err error) {
	err = eachLiving(s, t, func(other Token) (bool, error) {
		if other.Usable(s.Now) && (fits == nil || fits(other)) {
			found, ok = other, true
		}
		return !ok, nil
	})
	return found, ok, err
}

// eachLiving walks the tokens of t's card, merchant and scheme that are not
// deactivated, newest first.
func eachLiving(s sandbox.Scope, t Token, fn func(Token) (more bool, err error)) error {
	o := store.ScanOptions{Prefix: lifePrefix(t.MerchantID, t.Card.Fingerprint, t.Scheme), Reverse: true}
	return living.Scan(s.Tx, s.World.ID, o, func(_ string, h holder) (bool, error) {
		other, ok, err := tokens.Get(s.Tx, s.World.ID, h.Token)
		if err != nil || !ok {
			return err == nil, err
		}
		return fn(other)
	})
}

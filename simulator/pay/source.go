package pay

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// Payer is who asks for money: the merchant, under one of its businesses.
type Payer struct {
	Business string // AceHub's businessId
	Merchant string // the sandbox's own id
}

// Instrument is the card as it was sent: a number with its expiry, or a token of
// the vault.
type Instrument struct {
	Number      core.PAN // zero with Vault
	Expiry      core.Expiry
	Holder      string
	IssueNumber string
	CVV         bool   // a security code came with it; its value goes no further
	Cryptogram  string // of a network token; never kept
	Vault       string // AceHub's token; empty with Number
}

// The paths of AceHub's requests that errors about an instrument name.
const (
	fieldNumber = "body.card.number"
	fieldToken  = "body.transaction.token"
)

// source is an instrument found out: which card it is, and through which token.
type source struct {
	card  Card
	token *scheme.Token // the network token it is, nil for a card
	sent  Instrument
}

// Find tells which card an instrument is, without its approval; ok is false when
// that cannot be told.
func Find(s sandbox.Scope, p Payer, in Instrument) (c Card, ok bool) {
	src, err := resolve(s, p, in)
	return src.card, err == nil
}

// resolve finds an instrument's card. An unknown vault token, or another
// merchant's, and a number that cannot be one are input errors.
func resolve(s sandbox.Scope, p Payer, in Instrument) (source, error) {
	if in.Vault != "" {
		return fromVault(s, p, in)
	}
	src := source{sent: in, card: Card{Expiry: in.Expiry, Holder: in.Holder, IssueNumber: in.IssueNumber}}
	src.card.Number = s.World.Ref(in.Number)
	src.card.Card = src.card.Number
	t, ok, err := scheme.TokenByNumber(s, src.card.Number)
	if err != nil {
		return source{}, wrap(err, "look for a network token")
	}
	if ok {
		return src.as(t), nil
	}
	// A published test card is good whatever its check digit (decisions 12).
	if _, listed := s.World.Profile(src.card.Number.Fingerprint); !listed && !core.LuhnValid(in.Number.Digits()) {
		return source{}, core.Errf(core.CodeInvalid, fieldNumber, "the card number fails the Luhn check and is no test card and no network token")
	}
	return src, nil
}

func fromVault(s sandbox.Scope, p Payer, in Instrument) (source, error) {
	t, ok, err := TokenByID(s, p.Merchant, in.Vault)
	if err != nil {
		return source{}, err
	}
	if !ok {
		return source{}, core.Errf(core.CodeInvalid, fieldToken, "the merchant has no such token")
	}
	src := source{sent: in, card: Card{Number: t.Number, Card: t.Card, Expiry: t.Expiry, Holder: t.Holder, IssueNumber: t.IssueNumber}}
	if t.NetworkToken == "" {
		return src, nil
	}
	token, ok, err := scheme.TokenByID(s, t.NetworkToken)
	if err != nil || !ok {
		return source{}, core.Errf(core.CodeInternal, "", "the network token %s of a vault entry is not there: %v", t.NetworkToken, err)
	}
	return src.as(token), nil
}

// as says that the number is a network token's.
func (src source) as(t scheme.Token) source {
	src.token, src.card.Card, src.card.NetworkToken = &t, t.Card, t.ID
	return src
}

// Package guard tells what in a request may be real: a card number that is nobody's
// test card, a credential that has the form of a live one. A simulator is the wrong
// place for either.
//
// It owns the published test ranges and the forms of credentials, and judges; what
// becomes of a request is the pipeline's to decide. It never keeps, shows or logs a
// number or a credential, and never says more of one than that it may be real.
package guard

import (
	"slices"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// Mode says what becomes of a request that carries something real-looking. The zero
// Mode is Off.
type Mode string

// The modes of --pan-guard.
const (
	Off    Mode = "off"    // nothing is looked at
	Warn   Mode = "warn"   // the request is served, its journal entry has a warning
	Refuse Mode = "refuse" // the provider answers that the card, or the credential, is invalid
)

// ParseMode reads a mode as the flag gives it.
func ParseMode(text string) (Mode, bool) {
	m := Mode(text)
	return m, m == Off || m == Warn || m == Refuse
}

// Looks says that the mode looks at requests at all.
func (m Mode) Looks() bool { return m == Warn || m == Refuse }

// The reasons that the journal names.
const (
	ReasonCard       = "card-number-may-be-real"
	ReasonCredential = "credential-may-be-live"
)

// CardDetail and CredentialDetail are the sentences that go with the reasons.
const (
	CardDetail = "the card number is valid and no published test card: it may be a real one, which has no place in a simulator; " +
		"take one of `cardsim cards`, or add your own to a fixture file (--pan-guard)"
	CredentialDetail = "no sandbox knows the credential, and it has the form of a real one: keep it out of tests, " +
		"and take those of `cardsim sandbox env` (--pan-guard)"
)

// Pointer says how a provider names the card number that it finds invalid.
type Pointer struct {
	Field  string // path in the provider's spelling
	Number string // the provider's own error number; empty where it has none
}

// pointers are the fields of the providers' references: cardtokens.md §4.1,
// acehub.md §5.2, cardinal.md §3.3, cipher-acs.md A3.
var pointers = map[string]Pointer{
	"cardtokens": {Field: "card.pan"},
	"acehub":     {Field: "body.card.number"},
	"cardinal":   {Field: "CardNumber", Number: "1002, 4000"},
	"cipher":     {Field: "cardInfo.cardNumber"},
}

// PointerOf is the pointer of a provider, by its name.
func PointerOf(provider string) Pointer { return pointers[provider] }

// Card says whether the card that a request is about was named by a number that may
// be real. sent are the request's secret values, of which its number, or the digest
// of its number, is one; a card that is named by a token or a transaction was judged
// when that was made.
//
// A number may be real when it passes Luhn, begins like one of a card scheme, and is
// neither in the sandbox's catalogue, nor in a published test range, nor where the
// simulator's own network tokens are. Of a digest nobody can tell whether its number
// passes Luhn: it may be real whenever its mask is no test card's (all *ours*).
func Card(w *sandbox.World, card core.CardRef, sent []string) bool {
	if card.IsZero() || !slices.ContainsFunc(sent, names) {
		return false
	}
	if _, listed := w.Profile(card.Fingerprint); listed {
		return false
	}
	for _, value := range sent {
		if pan, ok := core.ParsePAN(value); ok && w.Ref(pan).Fingerprint == card.Fingerprint {
			return mayBeReal(pan.Digits())
		}
		if digest, ok := digestOf(value); ok && w.RefOfDigest(digest).Fingerprint == card.Fingerprint {
			return !maskPublished(card)
		}
	}
	return false
}

// names says whether a value can name a card: a number, or the digest of one.
func names(value string) bool {
	if _, ok := core.ParsePAN(value); ok {
		return true
	}
	_, ok := digestOf(value)
	return ok
}

package scheme

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// numberLength is that of every token number: 16 digits (reference cardtokens.md
// §4.3: documented for testscheme, allowed for the others).
const numberLength = 16

// maxAttempts bounds the search for a free number. It is reached only when a
// range of nine digits is almost full.
const maxAttempts = 100_000

var errNoNumber = errors.New("no free token number was found")

// prefixOf is the range a scheme's tokens live in. That of testscheme is
// documented (reference cardtokens.md §4.3), the others are *ours*: they look
// like numbers of their scheme (§12.4) and hold no published test card.
func prefixOf(s Scheme) (string, bool) {
	switch s {
	case Visa:
		return "489537", true
	case Mastercard:
		return "520424", true
	case Test:
		return "1", true
	default:
		return "", false
	}
}

// InTokenRange says that a card number lies where token numbers are drawn. Only
// the catalogue may know a card there; to anybody else it is no card.
func InTokenRange(digits string) bool {
	for _, s := range []Scheme{Visa, Mastercard, Test} {
		if p, _ := prefixOf(s); strings.HasPrefix(digits, p) {
			return true
		}
	}
	return false
}

// numberKey is the entity behind a token number (decisions, "Chance").
type numberKey struct {
	scheme     Scheme
	merchantID string
	card       string
	source     NumberSource
}

// number draws a token number: prefix, drawn digits, Luhn digit. A further
// attempt is the next number of the range.
func number(w *sandbox.World, k numberKey) string {
	prefix, _ := prefixOf(k.scheme)
	free := numberLength - 1 - len(prefix)
	span := uint64(1)
	for range free {
		span *= 10
	}
	draw := w.Draw("cardtokens.token", k.merchantID, k.card, k.source.CardExpiry.String(), strconv.FormatUint(k.source.Ordinal, 10))
	n := (draw.Uint64()%span + uint64(k.source.Attempt)) % span
	body := prefix + strconv.FormatUint(span+n, 10)[1:] // the one in front keeps the zeros
	return body + string(core.LuhnDigit(body))
}

// freeNumber finds the first number that no other token has and that is no
// catalogue card.
func freeNumber(s sandbox.Scope, k numberKey) (NumberSource, core.CardRef, error) {
	for k.source.Attempt = 0; k.source.Attempt < maxAttempts; k.source.Attempt++ {
		pan, ok := core.ParsePAN(number(s.World, k))
		if !ok {
			return k.source, core.CardRef{}, fmt.Errorf("scheme %q draws no card number: %w", k.scheme, errNoNumber)
		}
		ref := s.World.Ref(pan)
		if _, card := s.World.Profile(ref.Fingerprint); card {
			continue
		}
		_, taken, err := numbers.Get(s.Tx, s.World.ID, ref.Fingerprint)
		if err != nil {
			return k.source, core.CardRef{}, err
		}
		if !taken {
			return k.source, ref, nil
		}
	}
	return k.source, core.CardRef{}, fmt.Errorf("scheme %q: %w", k.scheme, errNoNumber)
}

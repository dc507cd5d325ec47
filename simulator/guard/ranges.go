package guard

import (
	"encoding/base64"
	"slices"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/scheme"
)

// published are the leading digits that Cardinal's test cards share: each series
// goes on with zeros that no issuer gives out (reference cardinal.md §11, observed;
// that the whole series is a test range is inferred).
var published = []string{
	"4000000000", "4000010000", "5200000000", "5200010000", "3400000000", "3400010000", "3000000000", "3005000000", "3337000000", "3338000000",
	"3520000000", "6011000000", "6011010000",
}

// wellKnown are test numbers that payment companies all over the trade print in
// their guides, beside those of the four simulated ones (*ours*).
var wellKnown = []string{
	"4111111111111111", "4012888888881881", "4242424242424242", "4222222222222", "4000056655665556",
	"5105105105105100", "5555555555554444", "2223003122003222", "5454545454545454",
	"378282246310005", "371449635398431", "378734493671000",
	"6011111111111117", "6011000990139424", "30569309025904", "38520000023237", "3530111333300000", "3566002020360505", "6200000000000005",
}

// mayBeReal judges a number that is in no catalogue.
func mayBeReal(digits string) bool {
	switch {
	case !core.LuhnValid(digits):
		return false
	case strings.ContainsRune("0179", rune(digits[0])): // no card scheme's: airlines, fuel, national use
		return false
	case scheme.InTokenRange(digits), slices.Contains(wellKnown, digits):
		return false
	}
	return !slices.ContainsFunc(published, func(head string) bool { return strings.HasPrefix(digits, head) })
}

// maskPublished says that what a mask shows is a test card's: all that can be told
// of a number whose digest was sent.
func maskPublished(card core.CardRef) bool {
	if card.First6 == "" {
		return false
	}
	begins := func(number string) bool { return strings.HasPrefix(number, card.First6) }
	return slices.ContainsFunc(published, begins) || slices.ContainsFunc(wellKnown, func(number string) bool {
		return begins(number) && strings.HasSuffix(number, card.Last4)
	})
}

// digestOf reads the base64 of a SHA-256.
func digestOf(value string) (digest [32]byte, ok bool) {
	if len(value) != base64.StdEncoding.EncodedLen(len(digest)) {
		return digest, false
	}
	raw, err := base64.StdEncoding.DecodeString(value)
	if err != nil || len(raw) != len(digest) {
		return digest, false
	}
	return [32]byte(raw), true
}

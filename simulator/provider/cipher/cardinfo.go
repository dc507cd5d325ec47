package cipher

import (
	"encoding/base64"
	"unicode"
	"unicode/utf8"

	"cardsim/simulator/core"
)

// The two ways to name a card (seed 004, documented).
const (
	schemeDefault = "DEFAULT" // by its number
	schemeSHA256  = "SHA256"  // by the digest of its number and a mask
)

// The members of cardInfo. The mask has two spellings on the vendor's page; both
// are taken and neither is preferred (reference cipher-acs.md A9.3).
const (
	memberScheme = "scheme"
	memberNumber = "cardNumber"
	memberSHA    = "cardNumberSha"
	memberMask   = "maskedcardNumber"
	memberMask2  = "maskedCardNumber"
)

// cardInfo is a card as a request names it: by number, or by digest and mask.
type cardInfo struct {
	number core.PAN
	digest [32]byte
	mask   core.CardRef // first six, last four, length
}

// parseCardInfo reads cardInfo. What a scheme does not need is ignored, although
// the tables call every member required (A9.10).
func parseCardInfo(o object) (cardInfo, error) {
	scheme, err := o.text(memberScheme, "cardInfo.scheme")
	if err != nil {
		return cardInfo{}, err
	}
	switch scheme {
	case schemeDefault:
		return byNumber(o)
	case schemeSHA256:
		return byDigest(o)
	default:
		return cardInfo{}, core.Errf(core.CodeInvalid, "cardInfo.scheme", "it must be %s or %s", schemeDefault, schemeSHA256)
	}
}

// byNumber takes a number of 15 or 16 digits as a string or an integer (A9.2).
// Luhn is not asked: both numbers of the vendor's own samples fail it (A3).
func byNumber(o object) (cardInfo, error) {
	if !o.has(memberNumber) {
		return cardInfo{}, core.Errf(core.CodeMissing, "cardInfo.cardNumber", "scheme DEFAULT needs it")
	}
	number, ok := core.ParsePAN(o.loose(memberNumber))
	if n := len(number.Digits()); !ok || n != 15 && n != 16 {
		return cardInfo{}, core.Errf(core.CodeInvalid, "cardInfo.cardNumber", "it must have 15 or 16 digits")
	}
	return cardInfo{number: number}, nil
}

// byDigest takes base64 of the raw SHA-256 of the number's digits, and a 6x4 mask.
func byDigest(o object) (cardInfo, error) {
	sha, err := o.text(memberSHA, "cardInfo.cardNumberSha")
	if err != nil {
		return cardInfo{}, err
	}
	digest, err := base64.StdEncoding.Strict().DecodeString(sha)
	if err != nil || len(digest) != 32 || len(sha) != base64.StdEncoding.EncodedLen(32) {
		return cardInfo{}, core.Errf(core.CodeInvalid, "cardInfo.cardNumberSha", "it must be the standard base64 of a SHA-256, 44 characters")
	}
	mask, err := maskOf(o)
	return cardInfo{digest: [32]byte(digest), mask: mask}, err
}

// maskOf reads the mask in whichever spelling it came.
func maskOf(o object) (core.CardRef, error) {
	name := memberMask
	if !o.has(name) && o.has(memberMask2) {
		name = memberMask2
	}
	text, err := o.text(name, "cardInfo."+memberMask)
	if err != nil {
		return core.CardRef{}, err
	}
	if o.has(memberMask2) && o.loose(memberMask2) != text {
		return core.CardRef{}, core.Errf(core.CodeInvalid, "cardInfo."+memberMask, "its two spellings disagree")
	}
	mask, ok := parseMask(text)
	if !ok {
		return core.CardRef{}, core.Errf(core.CodeInvalid, "cardInfo."+memberMask, "it must have six digits, five or six equal fillers, four digits")
	}
	return mask, nil
}

// parseMask reads six digits, five or six equal fillers and four digits.
func parseMask(s string) (core.CardRef, bool) {
	n := utf8.RuneCountInString(s)
	if n != 15 && n != 16 || len(s) < 15 || !core.AllDigits(s[:6]) || !core.AllDigits(s[len(s)-4:]) {
		return core.CardRef{}, false
	}
	filler, _ := utf8.DecodeRuneInString(s[6:])
	for _, r := range s[6 : len(s)-4] {
		if r != filler || unicode.IsDigit(r) || unicode.IsControl(r) {
			return core.CardRef{}, false
		}
	}
	return core.CardRef{First6: s[:6], Last4: s[len(s)-4:], Length: n}, true
}

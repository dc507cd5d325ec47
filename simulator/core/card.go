package core

import (
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"strings"
)

// PAN is a primary account number, digits only. It exists in memory while a
// request is served and prints masked, so that a stray log line cannot show it;
// Digits gives the number itself.
type PAN struct{ digits string }

// ParsePAN takes a card number of 12 to 19 digits. Blanks and hyphens are not
// repaired: each provider decides that for itself before it comes here.
func ParsePAN(s string) (PAN, bool) {
	if len(s) < 12 || len(s) > 19 || !AllDigits(s) {
		return PAN{}, false
	}
	return PAN{digits: s}, true
}

// Digits returns the number in clear. Use it to answer the provider's own wire
// format and to fingerprint, never to store or print.
func (p PAN) Digits() string { return p.digits }

// IsZero says that no number is held.
func (p PAN) IsZero() bool { return p.digits == "" }

// String masks all but the first six and last four digits.
func (p PAN) String() string { return MaskPAN(p.digits) }

// LogValue masks the number in structured logs.
func (p PAN) LogValue() slog.Value { return slog.StringValue(p.String()) }

// MarshalText masks the number in JSON and every other text encoding: a PAN
// that is marshalled by accident leaves only what may be shown.
func (p PAN) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// SHA256 is the digest of the number's ASCII digits: what Cipher's SHA256
// scheme enrols (reference cipher-acs.md A3).
func (p PAN) SHA256() [32]byte { return sha256.Sum256([]byte(p.digits)) }

// Ref describes the card under a sandbox's fingerprint key.
func (p PAN) Ref(key []byte) CardRef {
	digest := p.SHA256()
	return p.RefAs(Fingerprint(key, digest[:]))
}

// RefAs describes the card by the fingerprint that it is known to have.
func (p PAN) RefAs(fingerprint string) CardRef {
	return CardRef{
		Fingerprint: fingerprint, Brand: BrandOf(p.digits), Length: len(p.digits),
		First6: p.digits[:6], Last4: p.digits[len(p.digits)-4:],
	}
}

// CardRef is all that is kept of a card number: a keyed fingerprint that finds
// it again, and what may be shown (decisions 13).
type CardRef struct {
	// Fingerprint is base64url of HMAC-SHA256(sandbox key, SHA-256(PAN)), 22
	// characters (128 bits).
	Fingerprint string `json:"fp"`
	First6      string `json:"bin,omitempty"`
	Last4       string `json:"last4,omitempty"`
	Length      int    `json:"len,omitempty"`
	Brand       Brand  `json:"brand,omitempty"`
}

// RefFromDigest makes the reference of a card known only by the SHA-256 of its
// number; the caller adds what a mask shows.
func RefFromDigest(key []byte, digest [32]byte) CardRef {
	return CardRef{Fingerprint: Fingerprint(key, digest[:])}
}

// Fingerprint is the keyed digest under which a secret value is found again
// without being kept.
func Fingerprint(key, value []byte) string {
	sum := MAC(key, value)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// IsZero says that no card is referred to.
func (c CardRef) IsZero() bool { return c.Fingerprint == "" }

// Masked shows the card as first six, filler and last four.
func (c CardRef) Masked(filler string) string {
	hidden := c.Length - len(c.First6) - len(c.Last4)
	if hidden < 0 {
		hidden = 0
	}
	return c.First6 + strings.Repeat(filler, hidden) + c.Last4
}

// MaskPAN keeps the first six and last four digits of a number of at least 12
// digits and hides everything of a shorter one.
func MaskPAN(s string) string {
	if len(s) < 12 {
		return strings.Repeat("*", len(s))
	}
	return s[:6] + strings.Repeat("*", len(s)-10) + s[len(s)-4:]
}

// AllDigits says that s is not empty and holds ASCII digits only.
func AllDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

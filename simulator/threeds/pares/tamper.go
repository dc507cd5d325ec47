package pares

import (
	"bytes"
	"fmt"
)

// Tamper alters one value of a signed PARes and packs it again, for the cards
// whose signature must fail (reference cipher-acs.md B3.5, B6 row 12). It
// counts up the last digit of TX/time: the message stays valid in every other
// respect, so that a client which ignores SignatureVerification gets all the
// way to the authorization.
func Tamper(text string) (string, error) {
	raw, err := unpack(text)
	if err != nil {
		return "", fmt.Errorf("PARes: %w", err)
	}
	end := bytes.Index(raw, []byte("</time>"))
	if end < 1 || raw[end-1] < '0' || raw[end-1] > '9' {
		return "", fmt.Errorf("PARes: %w", ErrNothingToTamper)
	}
	digit := raw[end-1] - '0'
	raw[end-1] = '0' + (digit+1)%10
	return pack(raw)
}

package sandbox

import (
	"encoding/hex"
	"strings"
)

// UUID is a UUID of version 4 (RFC 9562).
type UUID [16]byte

// version4 is the UUID with its version and variant.
func (u UUID) version4() UUID {
	u[6] = u[6]&0x0f | 0x40
	u[8] = u[8]&0x3f | 0x80
	return u
}

// Hex32 is its text without hyphens, 32 lower-case hex digits.
func (u UUID) Hex32() string { return hex.EncodeToString(u[:]) }

// String is its text, lower case with hyphens.
func (u UUID) String() string {
	var text [36]byte
	from, to := 0, 0
	for _, n := range [...]int{4, 2, 2, 2, 6} {
		if to > 0 {
			text[to] = '-'
			to++
		}
		to += hex.Encode(text[to:], u[from:from+n])
		from += n
	}
	return string(text[:])
}

// ParseUUID reads what String writes.
func ParseUUID(text string) (u UUID, ok bool) {
	if len(text) != len("00000000-0000-4000-8000-000000000000") {
		return u, false
	}
	u, ok = ParseHex32(strings.ReplaceAll(text, "-", ""))
	return u, ok && u.String() == text
}

// ParseHex32 reads what Hex32 writes.
func ParseHex32(text string) (u UUID, ok bool) {
	if len(text) != hex.EncodedLen(len(u)) {
		return u, false
	}
	_, err := hex.Decode(u[:], []byte(text))
	return u, err == nil && u.Hex32() == text
}

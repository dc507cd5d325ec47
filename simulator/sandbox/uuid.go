package sandbox

import "encoding/hex"

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
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return UUID{}, false
	}
	return parseHex([...]string{text[:8], text[9:13], text[14:18], text[19:23], text[24:]})
}

// ParseHex32 reads what Hex32 writes.
func ParseHex32(text string) (u UUID, ok bool) {
	if len(text) != hex.EncodedLen(len(u)) {
		return UUID{}, false
	}
	return parseHex([...]string{text, "", "", "", ""})
}

// parseHex reads a UUID's digits, of which there are 32 in all, in small letters.
func parseHex(groups [5]string) (u UUID, ok bool) {
	n := 0
	for _, g := range groups {
		for i := range len(g) {
			c := g[i]
			switch {
			case c >= '0' && c <= '9':
				c -= '0'
			case c >= 'a' && c <= 'f':
				c -= 'a' - 10
			default:
				return UUID{}, false
			}
			u[n/2] = u[n/2]<<4 | c
			n++
		}
	}
	return u, true
}

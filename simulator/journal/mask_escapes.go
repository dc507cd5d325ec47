package journal

import (
	"bytes"
	"strconv"
)

// longestEscape bounds the look ahead for the end of an escape.
const longestEscape = 12

// unescape reads the escape that b begins with: the byte it stands for, and its
// length, 0 when there is none. It knows percent encoding, JSON's \u and \/, XML's
// references, and the first two also twice over, as they are found in a document
// inside a document. Only ASCII is decoded: secrets are ASCII.
func unescape(b []byte) (c byte, n int) {
	switch b[0] {
	case '%':
		return unescapePercent(b)
	case '\\':
		return unescapeJSON(b)
	case '&':
		return unescapeXML(b)
	}
	return 0, 0
}

func unescapePercent(b []byte) (byte, int) {
	n := 1
	for n < longestEscape && bytes.HasPrefix(b[n:], []byte("25")) && n+4 <= len(b) && isHex(b[n+2]) && isHex(b[n+3]) {
		n += 2 // %2541 is %41, encoded once more
	}
	if len(b) < n+2 || !isHex(b[n]) || !isHex(b[n+1]) {
		return 0, 0
	}
	return hexValue(b[n])<<4 | hexValue(b[n+1]), n + 2
}

func unescapeJSON(b []byte) (byte, int) {
	n := 1
	for n < len(b) && n < longestEscape && b[n] == '\\' {
		n++
	}
	if n == len(b) {
		return 0, 0
	}
	switch b[n] {
	case '/', '"', '\'':
		return b[n], n + 1
	case 'u':
		if len(b) < n+5 {
			return 0, 0
		}
		code, err := strconv.ParseUint(string(b[n+1:n+5]), 16, 16)
		if err != nil || code > 0x7f {
			return 0, 0
		}
		return byte(code), n + 5
	}
	if n >= 2 {
		return '\\', 2
	}
	return 0, 0
}

func unescapeXML(b []byte) (byte, int) {
	end := bytes.IndexByte(b[:min(len(b), longestEscape)], ';')
	if end < 0 {
		return 0, 0
	}
	name := string(b[1:end])
	switch name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, 0
	}
	base, digits := 10, name[1:]
	if digits[0]|0x20 == 'x' {
		base, digits = 16, digits[1:]
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil || code > 0x7f {
		return 0, 0
	}
	return byte(code), end + 1
}

// escapes chooses what decode reads.
type escapes uint8

const (
	percentEscapes escapes = 1 << iota
	jsonEscapes
	xmlEscapes
)

// decode returns b with the chosen escapes read, and b itself when it holds none.
// What is no escape stays as it is. Unless all is set, an escape that stands for a
// byte of some document's syntax stays too, so that what comes out can take the
// place of b where b stood.
func decode(b []byte, which escapes, all bool) []byte {
	next := nextEscape(b, 0, which)
	if next == len(b) {
		return b
	}
	out := make([]byte, 0, len(b))
	for from := 0; from < len(b); {
		out = append(out, b[from:next]...)
		if from = next; from == len(b) {
			break
		}
		c, n := unescape(b[from:])
		switch {
		case n == 0:
			n = 1
			out = append(out, b[from])
		case !all && isSyntax(c):
			out = append(out, b[from:from+n]...)
		default:
			out = append(out, c)
		}
		from += n
		next = nextEscape(b, from, which)
	}
	return out
}

func isSyntax(c byte) bool {
	return c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == '\''
}

func nextEscape(b []byte, i int, which escapes) int {
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c == '%' && which&percentEscapes != 0, c == '\\' && which&jsonEscapes != 0, c == '&' && which&xmlEscapes != 0:
			return i
		}
	}
	return i
}

func isHex(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func hexValue(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

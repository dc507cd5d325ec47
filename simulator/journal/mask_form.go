package journal

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// cardinalMessage is the form field that carries Cardinal's XML (reference
// cardinal.md §1, documented).
const cardinalMessage = "cmpi_msg"

// MaskQuery returns the query of a URL as it may be kept; it is masked like a form. In a
// broken one escapes are read that may spell no text.
func MaskQuery(raw string) string {
	if harmless(raw) {
		return raw
	}
	return strings.ToValidUTF8(MaskBody(Form, []byte(raw), nil), string(utf8.RuneError))
}

// harmless says of a query that it needs no mask: a few plain pairs, whose names say
// nothing about their values, and too few digits for a card number. Most are so, and this
// costs a fraction of reading them as a form.
func harmless(raw string) bool {
	digits := 0
	for rest := raw; rest != ""; {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		name, value, found := strings.Cut(pair, "=")
		if !found || name == "" || fieldOf([]byte(name), false).ruled() {
			return false
		}
		for _, text := range [...]string{name, value} {
			for i := range len(text) {
				switch c := text[i]; {
				case isDigit(c):
					digits++
				case !isLetter(c) && c != '-' && c != '_':
					return false
				}
			}
		}
	}
	return digits < shortestPAN
}

// maskForm masks the values of a form. What needs no mask stays in its own
// encoding, except Cardinal's message: it is shown as the XML that people look for.
func maskForm(body []byte, secrets []string, depth int) ([]byte, bool) {
	out := make([]byte, 0, len(body))
	rest, more := bytes.Trim(body, "\r\n"), true
	for more {
		var pair []byte
		pair, rest, more = bytes.Cut(rest, []byte("&"))
		var ok bool
		if out, ok = maskPair(out, pair, secrets, depth); !ok {
			return nil, false
		}
		if more {
			out = append(out, '&')
		}
	}
	// Once more over the whole: a sender that forgot to encode a secret may have
	// spread it over name and value.
	p := newPatch(out, secrets)
	masked, _ := p.finish()
	return masked, true
}

func maskPair(out, pair []byte, secrets []string, depth int) ([]byte, bool) {
	if len(pair) == 0 {
		return out, true
	}
	rawName, rawValue, found := bytes.Cut(pair, []byte("="))
	name, ok := decodeForm(rawName)
	if !found || !ok || !isFormName(name) {
		return nil, false // a form would not look so: whatever it is, nothing says what it holds
	}
	value, ok := decodeForm(rawValue)
	if !ok {
		return nil, false
	}
	if masked, changed := maskOne(name, secrets, plain); changed {
		out = append(out, masked...)
	} else {
		out = append(out, rawName...)
	}
	return appendFormValue(append(out, '='), name, value, formValue{raw: rawValue, secrets: secrets, depth: depth}), true
}

// formValue is what is known of a value beside its decoded text.
type formValue struct {
	raw     []byte
	secrets []string
	depth   int
}

func appendFormValue(out, name, value []byte, v formValue) []byte {
	if string(name) == cardinalMessage {
		return append(out, maskInner(XML, value, v)...)
	}
	f := formField(name)
	if kind := sniff(value); kind != Text && !f.secret() {
		if masked := maskInner(kind, value, v); !bytes.Equal(masked, value) {
			return append(out, masked...)
		}
	}
	if masked, changed := maskOne(value, v.secrets, f); changed {
		return append(out, formEscape(string(masked))...)
	}
	return append(out, v.raw...)
}

// maskInner masks a document that is the value of a form field.
func maskInner(kind Kind, value []byte, v formValue) []byte {
	masked, ok := maskAs(kind, value, v.secrets, v.depth+1)
	if !ok {
		return maskBroken(value, v.secrets)
	}
	return masked
}

// maskOne masks one value that stands alone.
func maskOne(text []byte, secrets []string, f field) (masked []byte, changed bool) {
	p := newPatch(text, secrets)
	p.value(0, len(text), f)
	return p.finish()
}

// formField looks up the last part of a name: number in card[number] and card.number.
func formField(name []byte) field {
	f := plain
	for part := range bytes.FieldsFuncSeq(name, func(r rune) bool { return r == '[' || r == ']' || r == '.' }) {
		f = fieldOf(part, f == card)
	}
	return f
}

// isFormName holds for what names in forms are made of.
func isFormName(name []byte) bool {
	for _, c := range name {
		if !isLetter(c) && !isDigit(c) && !strings.ContainsRune("_-.[]:$ ", rune(c)) {
			return false
		}
	}
	return len(name) > 0
}

// decodeForm reads percent encoding and the plus sign; ok is false when a percent
// sign encodes nothing.
func decodeForm(b []byte) (decoded []byte, ok bool) {
	if bytes.IndexByte(b, '%') < 0 && bytes.IndexByte(b, '+') < 0 {
		return b, true
	}
	decoded = make([]byte, len(b))
	n := 0
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '+':
			c = ' '
		case c == '%' && (i+2 >= len(b) || !isHex(b[i+1]) || !isHex(b[i+2])):
			return nil, false
		case c == '%':
			c = hexValue(b[i+1])<<4 | hexValue(b[i+2])
			i += 2
		}
		decoded[n] = c
		n++
	}
	return decoded[:n], true
}

// formEscape encodes what would be taken for the form's own syntax, and leaves the
// asterisks of a mask readable.
func formEscape(s string) string {
	return strings.NewReplacer("%", "%25", "&", "%26", "+", "%2B", "=", "%3D", " ", "+", "\r", "%0D", "\n", "%0A").Replace(s)
}

package journal

import "bytes"

// jsonMasker walks a JSON text once and patches it. It checks only as much of the
// grammar as it needs to know which name a value belongs to; where it finds
// anything else it gives up, and the body is masked as broken.
type jsonMasker struct {
	patch
	pos   int
	depth int
}

// place is where a value stands: what its name, or that of an enclosing value,
// says about it, and whether it is the content of a card.
type place struct {
	field field
	card  bool
}

func maskJSON(body []byte, secrets []string, depth int) ([]byte, bool) {
	m := jsonMasker{patch: newPatch(body, secrets), depth: depth}
	if bytes.HasPrefix(body, utf8BOM) {
		m.pos = len(utf8BOM)
	}
	if !m.element(place{}) {
		return nil, false
	}
	m.space()
	if m.pos != len(body) {
		return nil, false
	}
	masked, _ := m.finish()
	return masked, true
}

func (m *jsonMasker) space() {
	for m.pos < len(m.src) && isSpace(m.src[m.pos]) {
		m.pos++
	}
}

// next skips white space and takes c, if that is what follows.
func (m *jsonMasker) next(c byte) bool {
	m.space()
	if m.pos == len(m.src) || m.src[m.pos] != c {
		return false
	}
	m.pos++
	return true
}

func (m *jsonMasker) element(at place) bool {
	m.space()
	if m.pos == len(m.src) || m.depth > maxNesting {
		return false
	}
	m.depth++
	defer func() { m.depth-- }()
	switch c := m.src[m.pos]; {
	case c == '{':
		m.pos++
		return m.object(at)
	case c == '[':
		m.pos++
		return m.array(at)
	case c == '"':
		return m.text(at)
	case c == '-' || isDigit(c):
		return m.numeral(at)
	default:
		return m.word("true") || m.word("false") || m.word("null")
	}
}

func (m *jsonMasker) word(w string) bool {
	if !bytes.HasPrefix(m.src[m.pos:], []byte(w)) {
		return false
	}
	m.pos += len(w)
	return true
}

func (m *jsonMasker) array(at place) bool {
	if m.next(']') {
		return true
	}
	for m.element(at) {
		if m.next(']') {
			return true
		}
		if !m.next(',') {
			return false
		}
	}
	return false
}

func (m *jsonMasker) object(at place) bool {
	if m.next('}') {
		return true
	}
	for {
		if !m.next('"') {
			return false
		}
		start, end, escaped, ok := m.quoted()
		if !ok || !m.next(':') {
			return false
		}
		if !m.element(m.member(at, start, end, escaped)) {
			return false
		}
		if m.next('}') {
			return true
		}
		if !m.next(',') {
			return false
		}
	}
}

// member says what the name in src[start:end] means for its value. What is said
// about an enclosing value holds inside it too: {"otp":{"value":…}}.
func (m *jsonMasker) member(at place, start, end int, escaped bool) place {
	name := m.src[start:end]
	if escaped {
		name = decode(name, jsonEscapes, true)
	}
	f := fieldOf(name, at.card)
	inCard := f == card
	if !f.ruled() {
		if at.field.ruled() {
			f = at.field
		}
		if len(name) >= shortestPAN {
			m.plainText(start, end, escaped, plain)
		}
	}
	return place{field: f, card: inCard}
}

// quoted takes the rest of a string behind its opening quote.
func (m *jsonMasker) quoted() (start, end int, escaped, ok bool) {
	start = m.pos
	for i := start; i < len(m.src); i++ {
		switch m.src[i] {
		case '"':
			m.pos = i + 1
			return start, i, escaped, true
		case '\\':
			escaped = true
			i++
		}
	}
	return 0, 0, false, false
}

func (m *jsonMasker) text(at place) bool {
	m.pos++
	start, end, escaped, ok := m.quoted()
	if ok && start < end {
		m.plainText(start, end, escaped, at.field)
	}
	return ok
}

// plainText masks the content of a string. One with escapes is masked as it reads
// without them when that makes a difference, else left in its own spelling: the
// string in Cardtokens' err is JSON itself (reference cardtokens.md §11.1,
// documented), and people compare it.
func (m *jsonMasker) plainText(start, end int, escaped bool, f field) {
	if !escaped || f.secret() {
		m.value(start, end, f)
		return
	}
	sub := newPatch(decode(m.src[start:end], jsonEscapes, false), m.secrets)
	if f != plain {
		sub.value(0, len(sub.src), f)
	} else {
		sub.named(0, len(sub.src), false)
	}
	if masked, changed := sub.finish(); changed {
		m.replace(start, end, string(masked))
	}
}

// numeral masks a number. What stands in its place is a string, so that the body
// stays JSON.
func (m *jsonMasker) numeral(at place) bool {
	start := m.pos
	for m.pos < len(m.src) && isNumeral(m.src[m.pos]) {
		m.pos++
	}
	text := m.src[start:m.pos]
	if !at.field.ruled() && len(text) < shortestPAN && !m.hit(start, m.pos) && !wholeSecret(text, m.secrets) {
		return true
	}
	sub := newPatch(text, m.secrets)
	sub.value(0, len(text), at.field)
	if masked, changed := sub.finish(); changed {
		m.replace(start, m.pos, `"`+string(masked)+`"`)
	}
	return true
}

func isNumeral(c byte) bool {
	return isDigit(c) || c == '-' || c == '+' || c == '.' || c|0x20 == 'e'
}

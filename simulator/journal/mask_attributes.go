package journal

import "bytes"

// attribute is one attribute of a tag.
type attribute struct {
	name       []byte
	at         int // where the name begins
	start, end int // the value, without quotes
}

// attributes takes the rest of an opening tag and masks the values in it. The
// name attribute says what the value attribute, and the element's content, are:
// <input name="PaRes" value="…">, <textarea name="PaRes">…</textarea>.
func (m *markup) attributes(at *place) (closed, ok bool) {
	var few [8]attribute
	list := few[:0]
	for {
		a, more, good := m.attribute()
		if !good {
			return false, false
		}
		if !more {
			break
		}
		list = append(list, a)
	}
	named := plain
	for _, a := range list {
		if bytes.EqualFold(a.name, []byte("name")) {
			named = formField(m.src[a.start:a.end])
		}
	}
	if named.ruled() {
		at.field = named
	}
	for _, a := range list {
		f := fieldOf(a.name, at.card)
		if bytes.EqualFold(a.name, []byte("value")) && at.field.ruled() {
			f = at.field
		}
		m.digits(a.at, a.at+len(a.name))
		m.content(a.start, a.end, f)
	}
	closed = m.src[m.pos-2] == '/'
	return closed, true
}

// attribute takes the next attribute; more is false at the end of the tag, ok is
// false when the tag has none.
func (m *markup) attribute() (a attribute, more, ok bool) {
	for m.pos < len(m.src) && (isSpace(m.src[m.pos]) || m.src[m.pos] == '/') {
		m.pos++
	}
	if m.pos == len(m.src) {
		return a, false, false
	}
	if m.src[m.pos] == '>' {
		m.pos++
		return a, false, true
	}
	if m.src[m.pos] == '<' {
		return a, false, false // a tag in a tag: nobody can say which of them what follows belongs to
	}
	start := m.pos
	m.pos++ // a name has at least one byte, whatever it is
	for m.pos < len(m.src) && !isSpace(m.src[m.pos]) && bytes.IndexByte([]byte("=></"), m.src[m.pos]) < 0 {
		m.pos++
	}
	a = attribute{name: m.src[start:m.pos], at: start, start: m.pos, end: m.pos}
	i := m.pos
	for i < len(m.src) && isSpace(m.src[i]) {
		i++
	}
	if i < len(m.src) && m.src[i] == '=' {
		m.pos = i + 1
		return m.attributeValue(a)
	}
	return a, true, true
}

func (m *markup) attributeValue(a attribute) (_ attribute, more, ok bool) {
	for m.pos < len(m.src) && isSpace(m.src[m.pos]) {
		m.pos++
	}
	if m.pos == len(m.src) {
		return a, false, false
	}
	if quote := m.src[m.pos]; quote == '"' || quote == '\'' {
		a.start = m.pos + 1
		n := bytes.IndexByte(m.src[a.start:], quote)
		if n < 0 {
			return a, false, false
		}
		a.end = a.start + n
		m.pos = a.end + 1
		return a, true, true
	}
	a.start = m.pos
	for m.pos < len(m.src) && !isSpace(m.src[m.pos]) && m.src[m.pos] != '>' && m.src[m.pos] != '<' {
		m.pos++
	}
	a.end = m.pos
	return a, true, true
}

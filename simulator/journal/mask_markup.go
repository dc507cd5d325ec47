package journal

import "bytes"

// markup masks XML and HTML in one pass over tags and text. Element names and the
// name attribute say what a text or a value attribute is.
type markup struct {
	patch
	html bool
	pos  int
	open []element // the elements around pos
	root bool      // a root element was seen
}

// element is an open element.
type element struct {
	name     []byte
	numbered bool // the name holds digits, which may be a card number's
	at       place
}

func maskMarkup(body []byte, secrets []string, html bool) ([]byte, bool) {
	var few [8]element
	m := markup{patch: newPatch(body, secrets), html: html, open: few[:0]}
	m.pos = len(body) - len(bytes.TrimPrefix(body, utf8BOM))
	for m.pos < len(body) {
		if !m.step() {
			return nil, false
		}
	}
	if !html && (len(m.open) > 0 || !m.root) {
		return nil, false
	}
	masked, _ := m.finish()
	return masked, true
}

// step takes a text, or a tag.
func (m *markup) step() bool {
	rest := m.src[m.pos:]
	lt := bytes.IndexByte(rest, '<')
	if lt < 0 {
		lt = len(rest)
	}
	if lt > 0 {
		start := m.pos
		m.pos += lt
		return m.text(start, m.pos)
	}
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return m.skip("<!--", "-->", false)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return m.skip("<![CDATA[", "]]>", true)
	case bytes.HasPrefix(rest, []byte("<?")), bytes.HasPrefix(rest, []byte("<!")):
		if unended(rest) {
			break
		}
		return m.skip("<", ">", false)
	case bytes.HasPrefix(rest, []byte("</")):
		if m.closesLast(rest) {
			return true
		}
		if unended(rest) {
			break
		}
		return m.closeTag()
	case len(rest) > 1 && (isLetter(rest[1]) || rest[1] == '_'):
		return m.openTag()
	}
	m.pos++ // a bare < is text in HTML, and nothing in XML
	return m.html
}

// unended says that another tag begins before the end of the one that tag begins with:
// this one is none, and must not hide the other, which may say that a card number follows.
func unended(tag []byte) bool {
	next := bytes.IndexByte(tag[1:], '<') // never beyond the next tag, so that all tags together are read once
	return next >= 0 && bytes.IndexByte(tag[1:1+next], '>') < 0
}

// text masks character data.
func (m *markup) text(start, end int) bool {
	if !m.html && len(m.open) == 0 {
		return len(bytes.TrimSpace(m.src[start:end])) == 0
	}
	f := m.at().field
	if f.ruled() || !harmlessText(m.src[start:end]) {
		m.content(start, end, f)
	}
	return true
}

// harmlessText says of a text that it needs no mask where no name rules it: it holds
// neither references nor assignments, too few digits for a card number, and is longer
// than those secrets that are looked for as a whole. Most are so.
func harmlessText(text []byte) bool {
	if len(text) < anywhereSecret || isSpace(text[0]) || isSpace(text[len(text)-1]) {
		return false
	}
	digits := 0
	for _, c := range text {
		switch {
		case isDigit(c):
			digits++
		case c == '&' || c == '=':
			return false
		}
	}
	return digits < shortestPAN
}

// skip takes a comment, CDATA or an instruction.
func (m *markup) skip(from, to string, data bool) bool {
	start := m.pos + len(from)
	n := bytes.Index(m.src[start:], []byte(to))
	if n < 0 {
		if !m.html {
			return false
		}
		n, to = len(m.src)-start, ""
	}
	if data {
		m.value(start, start+n, m.at().field)
	} else {
		m.named(start, start+n, false)
	}
	m.pos = start + n + len(to)
	return true
}

// content masks a text or attribute in which references may stand for characters.
func (m *markup) content(start, end int, f field) {
	if f.secret() || bytes.IndexByte(m.src[start:end], '&') < 0 {
		m.value(start, end, f)
		return
	}
	text := decode(m.src[start:end], xmlEscapes, false)
	if masked, changed := maskOne(text, m.secrets, f); changed {
		m.replace(start, end, string(masked))
	}
}

func (m *markup) at() place {
	if len(m.open) == 0 {
		return place{}
	}
	return m.open[len(m.open)-1].at
}

// closesLast takes a closing tag that is just that of the element opened last, as nearly
// all are.
func (m *markup) closesLast(tag []byte) bool {
	if len(m.open) == 0 {
		return false
	}
	last := &m.open[len(m.open)-1]
	n := len("</") + len(last.name)
	if last.numbered || len(tag) <= n || tag[n] != '>' || !bytes.Equal(tag[len("</"):n], last.name) {
		return false
	}
	m.open = m.open[:len(m.open)-1]
	m.pos += n + 1
	return true
}

func (m *markup) closeTag() bool {
	gt := bytes.IndexByte(m.src[m.pos:], '>')
	if gt < 0 {
		m.pos = len(m.src)
		return m.html
	}
	name := bytes.TrimSpace(m.src[m.pos+2 : m.pos+gt])
	m.digits(m.pos, m.pos+gt)
	m.pos += gt + 1
	for i := len(m.open) - 1; i >= 0; i-- {
		if bytes.Equal(m.open[i].name, name) || m.html && bytes.EqualFold(m.open[i].name, name) {
			last := i == len(m.open)-1
			m.open = m.open[:i]
			return last || m.html
		}
	}
	return m.html
}

func (m *markup) openTag() bool {
	start := m.pos + 1
	m.pos = start
	numbered := false
	for m.pos < len(m.src) && !endsName(m.src[m.pos]) {
		numbered = numbered || isDigit(m.src[m.pos])
		m.pos++
	}
	name := m.src[start:m.pos]
	if numbered {
		m.digits(start, m.pos)
	}
	at := m.member(name)
	closed, ok := false, true
	if m.pos < len(m.src) && m.src[m.pos] == '>' {
		m.pos++
	} else {
		closed, ok = m.attributes(&at)
	}
	m.root = true
	switch {
	case !ok:
		return false
	case closed || m.html && isVoid(name):
		return true
	case len(m.open) == maxNesting:
		return m.html
	}
	m.open = append(m.open, element{name, numbered, at})
	if m.html && (bytes.EqualFold(name, []byte("script")) || bytes.EqualFold(name, []byte("style"))) {
		m.raw(name)
	}
	return true
}

func endsName(c byte) bool { return c == '>' || c == '<' || c == '/' || isSpace(c) }

// member says what an element's name means for its content.
func (m *markup) member(name []byte) place {
	if colon := bytes.IndexByte(name, ':'); colon >= 0 {
		name = name[colon+1:]
	}
	around := m.at()
	f := fieldOf(name, around.card)
	inCard := f == card
	if !f.ruled() && around.field.ruled() {
		f = around.field
	}
	return place{field: f, card: inCard}
}

// raw takes the content of a script, where < begins no tag.
func (m *markup) raw(name []byte) {
	end := m.pos
	for end < len(m.src) {
		n := bytes.Index(m.src[end:], []byte("</"))
		if n < 0 {
			end = len(m.src)
			break
		}
		end += n
		if rest := m.src[end+2:]; len(rest) >= len(name) && bytes.EqualFold(rest[:len(name)], name) {
			break
		}
		end += 2
	}
	m.named(m.pos, end, false)
	m.pos = end
}

// isVoid knows the HTML elements that have no end tag.
func isVoid(name []byte) bool {
	switch string(bytes.ToLower(name)) {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}

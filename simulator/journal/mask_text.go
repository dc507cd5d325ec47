package journal

import (
	"bytes"
	"strings"
)

// maskPlain masks a text without known structure: values behind names that are
// known to hold secrets, and card numbers.
func maskPlain(body []byte, secrets []string) []byte {
	p := newPatch(body, secrets)
	p.named(0, len(body), false)
	masked, _ := p.finish()
	return masked
}

// maskBroken masks a body that is not what it claims to be. Its escapes are read
// first, because in a broken document nobody can say where they hold; what it
// shows is for people only.
func maskBroken(body []byte, secrets []string) []byte {
	text := bytes.ReplaceAll(body, []byte{0}, nil) // UTF-16 sent where UTF-8 belongs
	for range 3 {
		plainer := decode(text, percentEscapes|jsonEscapes|xmlEscapes, true)
		if len(plainer) == len(text) {
			break
		}
		text = plainer
	}
	p := newPatch(text, secrets)
	p.named(0, len(text), true)
	masked, _ := p.finish()
	return masked
}

// longestNumber is how far behind its name a card number can end: separators,
// quotes and blanks included.
const longestNumber = 64

// named masks the values that stand behind known names in src[start:end], as in
// cvv=123, "otp" : "111111", <PAN>4…</PAN> or \"avv\":\"…\", and what the digit
// pass finds between them.
func (p *patch) named(start, end int, broken bool) {
	done := start // src before this is masked
	for i := start; i < end; {
		if !isWordByte(p.src[i]) {
			i++
			continue
		}
		word := i
		for i < end && isWordByte(p.src[i]) {
			i++
		}
		if broken && wholeSecret(p.src[word:i], p.secrets) {
			p.between(done, word, broken)
			p.replace(word, i, shown[securityCode])
			done = i
			continue
		}
		f := fieldOf(p.src[word:i], false)
		if !f.ruled() {
			continue
		}
		reach := end
		if f == networkToken { // only a number counts, and that is near
			reach = min(end, i+longestNumber)
		}
		from, to, ok := p.valueBehind(word, i, reach)
		if !ok || f == networkToken && (to == reach && reach < end || digitsOnly(bytes.TrimSpace(p.src[from:to])) < shortestMasked) {
			continue
		}
		p.between(done, from, broken)
		p.value(from, to, f)
		i, done = to, to
	}
	p.between(done, end, broken)
}

// between masks the digits of what is no value of a known name.
func (p *patch) between(start, end int, broken bool) {
	if broken {
		p.longRuns(start, end)
		return
	}
	p.digits(start, end)
}

// longRuns cuts every run of twelve and more digits, whatever it is.
func (p *patch) longRuns(start, end int) {
	for i := start; i < end; {
		if !isDigit(p.src[i]) {
			i++
			continue
		}
		stop, n := p.run(i, end)
		if n >= shortestMasked {
			p.maskMiddle(i, n)
		}
		i = stop
	}
}

// valueBehind finds the value that belongs to the name in src[word:i].
func (p *patch) valueBehind(word, i, end int) (from, to int, ok bool) {
	switch {
	case word > 0 && p.src[word-1] == '<':
		return p.insideTag(i, end)
	case word > 1 && p.src[word-1] == '/' && p.src[word-2] == '<':
		return 0, 0, false
	}
	from, mark, quote := p.assignment(i, end)
	if mark == 0 && bytes.HasPrefix(p.src[from:end], []byte("value")) {
		from, mark, quote = p.assignment(from+len("value"), end) // name="PaRes" value="…"
	}
	switch {
	case mark == 0:
		return 0, 0, false
	case quote != 0:
		return from, p.closing(from, end, quote), true
	case mark == '>':
		return from, p.untilTag(from, end), true
	case from < end && (p.src[from] == '{' || p.src[from] == '['):
		return from, p.bracketed(from, end), true
	}
	return from, p.bare(from, end), true
}

// bare ends a value without quotes; the blanks of a card number do not end it.
func (p *patch) bare(from, end int) int {
	to := from
	for to < end && strings.IndexByte(" \t\r\n\"'<>&,;}])", p.src[to]) < 0 {
		to++
	}
	stop, _ := p.run(from, end)
	return max(to, stop)
}

// insideTag finds the content of the element whose opening tag goes on at i.
func (p *patch) insideTag(i, end int) (from, to int, ok bool) {
	gt := bytes.IndexByte(p.src[i:end], '>')
	switch {
	case gt < 0:
		return i, end, true
	case gt > 0 && p.src[i+gt-1] == '/':
		return 0, 0, false
	}
	from = i + gt + 1
	return from, p.untilTag(from, end), true
}

// assignment passes over what may stand between a name and its value. mark is the
// last of : = > in it, 0 when there is none; quote is the value's opening quote.
func (p *patch) assignment(i, end int) (from int, mark, quote byte) {
	for ; i < end; i++ {
		switch c := p.src[i]; {
		case c == ':' || c == '=':
			mark = c
		case c == '>' && mark == '=': // => of PHP is an assignment, no tag
		case c == '>':
			mark = c
		case (c == '"' || c == '\'') && mark == 0: // closes the name
		case (c == '"' || c == '\'') && mark != '>':
			return i + 1, mark, c
		case isSpace(c) || c == '\\' || c == ']' || c == ')':
		default:
			return i, mark, 0
		}
	}
	return i, mark, 0
}

// closing finds the quote that ends a value; one behind a backslash ends it too when
// the value began so, in a document inside a document.
func (p *patch) closing(from, end int, quote byte) int {
	nested := from >= 2 && p.src[from-2] == '\\'
	for i := from; i < end; i++ {
		switch {
		case p.src[i] == quote:
			return i
		case p.src[i] == '\\' && nested && i+1 < end && p.src[i+1] == quote:
			return i
		case p.src[i] == '\\':
			i++
		}
	}
	return end
}

// untilTag ends a value at the next closing tag, so that comments inside it do not
// end it early.
func (p *patch) untilTag(from, end int) int {
	if n := bytes.Index(p.src[from:end], []byte("</")); n >= 0 {
		return from + n
	}
	return end
}

// bracketed ends a list or an object at its first closing bracket or brace.
func (p *patch) bracketed(from, end int) int {
	if n := bytes.IndexByte(p.src[from:end], p.src[from]+2); n >= 0 { // ] is [+2, } is {+2
		return from + n
	}
	return end
}

func isWordByte(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' || c == '-' }

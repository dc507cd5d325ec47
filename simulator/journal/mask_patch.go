package journal

import (
	"bytes"
	"sort"

	"cardsim/simulator/core"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// patch turns a body into its masked form in one pass: replacements come in rising
// order, everything between them is copied, except the secrets found beforehand,
// which no copy lets through.
type patch struct {
	src     []byte
	secrets []string
	hits    []hit // where secrets stand in src, rising and apart
	out     []byte
	from    int // src before this is dealt with
}

func newPatch(src []byte, secrets []string) patch {
	return patch{src: src, secrets: secrets, hits: findSecrets(src, secrets)}
}

// copyTo takes src over up to end.
func (p *patch) copyTo(end int) {
	for len(p.hits) > 0 && p.hits[0].start < end {
		h := p.hits[0]
		p.hits = p.hits[1:]
		if h.end <= p.from {
			continue // inside something replaced already
		}
		if h.start > p.from {
			p.write(p.src[p.from:h.start])
		}
		p.writeString(showSecret(h.secret))
		p.from = h.end
	}
	if end > p.from {
		p.write(p.src[p.from:end])
		p.from = end
	}
}

// replace puts text in place of src[start:end].
func (p *patch) replace(start, end int, text string) {
	p.copyTo(start)
	if end <= p.from {
		return // a secret found beforehand covers it
	}
	p.writeString(text)
	p.from = end
}

// stars hides the digits of src[start:end] and keeps what stands between them.
func (p *patch) stars(start, end int) {
	p.copyTo(start)
	for ; p.from < end; p.from++ {
		if c := p.src[p.from]; isDigit(c) {
			p.out = append(p.out, '*')
		} else {
			p.out = append(p.out, c)
		}
	}
}

// hit says whether a secret stands inside src[start:end].
func (p *patch) hit(start, end int) bool {
	i := sort.Search(len(p.hits), func(i int) bool { return p.hits[i].end > start })
	return i < len(p.hits) && p.hits[i].start < end
}

// finish returns the whole, and whether it differs from src; else it is src itself.
func (p *patch) finish() (masked []byte, changed bool) {
	if p.from == 0 && len(p.hits) == 0 {
		return p.src, false
	}
	p.copyTo(len(p.src))
	return p.out, true
}

func (p *patch) write(b []byte) {
	p.reserve()
	p.out = append(p.out, b...)
}

func (p *patch) writeString(s string) {
	p.reserve()
	p.out = append(p.out, s...)
}

// reserve makes the only allocation of the ordinary body.
func (p *patch) reserve() {
	if p.out == nil {
		p.out = make([]byte, 0, len(p.src)+64)
	}
}

// nestedSyntax is found in documents and never in a number of any kind.
const nestedSyntax = `"'<>{}[]&\`

// value masks src[start:end], a whole value of a field, in its own spelling (no
// escapes). Blank values stay: that a field was empty is worth seeing.
func (p *patch) value(start, end int, f field) {
	for start < end && isSpace(p.src[start]) {
		start++
	}
	for start < end && isSpace(p.src[end-1]) {
		end--
	}
	text := p.src[start:end]
	switch {
	case len(text) == 0:
	case f.secret():
		p.replace(start, end, shown[f])
	case f == cardNumber:
		p.number(start, end, f)
	case f == networkToken && digitsOnly(text) >= shortestMasked:
		p.number(start, end, f)
	case wholeSecret(text, p.secrets):
		p.replace(start, end, shown[securityCode])
	case bytes.IndexByte(text, '=') >= 0: // a query, or something like it
		p.named(start, end, false)
	case f != otherNumber || bytes.ContainsAny(text, nestedSyntax):
		p.digits(start, end)
	}
}

// number masks a value that its field declares to be a card number. One that is
// masked already stays; one that is no number at all shows nothing.
func (p *patch) number(start, end int, f field) {
	text := p.src[start:end]
	n := digitsOnly(text)
	switch {
	case n >= shortestMasked && n <= longestPAN:
		p.maskMiddle(start, n)
	case alreadyMasked(text):
	default:
		p.replace(start, end, shown[f])
	}
}

// alreadyMasked knows at most six digits, a filler, at most four digits:
// 400000xxxxxx1000 of Cipher (reference cipher-acs.md A9, documented), 411111******1111.
func alreadyMasked(text []byte) bool {
	head := bytes.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if head < 0 || head > 6 {
		return false
	}
	rest := bytes.TrimLeft(text[head:], "xX*#•.")
	return len(rest) <= 4 && len(rest) < len(text)-head && (len(rest) == 0 || core.AllDigits(string(rest)))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

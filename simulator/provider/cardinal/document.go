package cardinal

import (
	"fmt"
	"net/http"
	"strings"

	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// element is one element of an answer.
type element struct{ name, value string }

// document is an answer: elements in the order they are written.
type document []element

func (d *document) add(name, value string) { *d = append(*d, element{name, value}) }

// addIf leaves an empty element out.
func (d *document) addIf(name, value string) {
	if value != "" {
		d.add(name, value)
	}
}

// escaper knows the five characters of seed 003.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

// What most answers stay below: their length in bytes, and the number of elements.
const (
	ordinary = 2 << 10
	most     = 32
)

// text is the document as real parsers demand it: the literal root, no white space
// anywhere, one line, ASCII (reference cardinal.md §1, measured).
func (d document) text() []byte {
	b := append(make([]byte, 0, ordinary), "<CardinalMPI>"...)
	for _, e := range d {
		b = append(append(append(b, '<'), e.name...), '>')
		b = appendText(b, e.value)
		b = append(append(append(b, "</"...), e.name...), '>')
	}
	return append(b, "</CardinalMPI>"...)
}

// appendText writes a value; most can be taken as they are.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' {
			return append(b, ascii(escaper.Replace(s))...)
		}
	}
	return append(b, s...)
}

// ascii writes other characters as references, so that no charset is needed, and
// leaves out what XML cannot hold.
func ascii(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff:
		case r > '~':
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// answer sends a document. Success and failure are both 200 (reference
// cardinal.md §1, recorded).
func answer(c *provider.Call, d document) wire.Response {
	resp := wire.Bytes(http.StatusOK, c.Setting().Text("cardinal.contentType"), d.text())
	return resp.With("Cache-Control", "private")
}

// late is the answer of a test case or scenario whose time runs out: the
// connection is held and closed, or an error comes late with everything else
// blank (reference cardinal.md §8, unknown: both modes; decisions 16).
func late(c *provider.Call, d document) wire.Response {
	set := c.Setting()
	if set.Text("cardinal.timeoutMode") == "hold" {
		return wire.Aborted(set.Duration("cardinal.timeoutHold"))
	}
	resp := answer(c, d)
	resp.Hold = set.Duration("cardinal.timeoutDelay")
	return resp
}

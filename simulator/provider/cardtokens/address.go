package cardtokens

import (
	"strings"
	"unicode"

	"cardsim/simulator/core"
)

// address is the object billingaddress; every member may be absent or empty.
type address struct {
	Line1      field `json:"line1"`
	Line2      field `json:"line2"`
	City       field `json:"city"`
	State      field `json:"state"`
	Country    field `json:"country"`
	PostalCode field `json:"postalcode"`
}

// alphabet says which characters a text is made of, beside the letters and
// digits that it names.
type alphabet struct {
	letter, digit func(rune) bool // nil: none
	others        string
}

// span is a rule of a text: its alphabet and its length in characters.
type span struct {
	alphabet
	least, most int
}

// matches says whether a text keeps to the rule; the empty text always does.
func (s span) matches(text string) bool {
	n := 0
	for _, r := range text {
		known := s.letter != nil && s.letter(r) || s.digit != nil && s.digit(r) || strings.ContainsRune(s.others, r)
		if n++; !known || n > s.most {
			return false
		}
	}
	return n == 0 || n >= s.least
}

func asciiLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func asciiDigit(r rune) bool { return '0' <= r && r <= '9' }

// addressRule is one row of the address table.
type addressRule struct {
	name    string
	of      func(address) field
	lenient span // by default
	strict  span // with cardtokens.strictAddress
	says    string
}

const blanks = " \t\n\f\r"

// The two readings of an address (reference cardtokens.md §4.1): letters of any
// alphabet by default, since "alphabetic" is never said to mean ASCII (unknown),
// ASCII in strict mode.
var (
	anyText    = alphabet{unicode.IsLetter, unicode.IsNumber, "'-" + blanks}
	anyLine    = span{alphabet{unicode.IsLetter, unicode.IsNumber, ".,'-#/" + blanks}, 0, 140}
	asciiLine  = span{alphabet{asciiLetter, asciiDigit, ".,'-#/" + blanks}, 0, 140}
	anyCity    = span{alphabet{unicode.IsLetter, nil, "'-" + blanks}, 0, 100}
	asciiCity  = span{alphabet{asciiLetter, nil, "'-" + blanks}, 0, 100}
	country    = span{alphabet{asciiLetter, nil, ""}, 0, 2}
	postalCode = span{alphabet{asciiLetter, asciiDigit, ""}, 3, 16}
)

// addressRules is the table of reference cardtokens.md §4.1 (documented), with
// state as the page's own example needs it (§4.2 row 1).
var addressRules = []addressRule{
	{"line1", func(a address) field { return a.Line1 }, anyLine, asciiLine, "takes letters, digits and . , ' - # / and blanks, at most 140"},
	{"line2", func(a address) field { return a.Line2 }, anyLine, asciiLine, "takes letters, digits and . , ' - # / and blanks, at most 140"},
	{"city", func(a address) field { return a.City }, anyCity, asciiCity, "takes letters, ' - and blanks, at most 100"},
	{"state", func(a address) field { return a.State }, span{anyText, 0, 100}, span{alphabet{asciiLetter, nil, ""}, 0, 3}, "is not a state or province code"},
	{"country", func(a address) field { return a.Country }, country, country, "takes two letters"},
	{"postalcode", func(a address) field { return a.PostalCode }, postalCode, postalCode, "takes 3 to 16 letters and digits without blanks"},
}

// check holds the address to the table.
func (a address) check(strict bool) error {
	for _, r := range addressRules {
		f, rule := r.of(a), r.lenient
		if strict {
			rule = r.strict
		}
		if !f.empty() && !(f.isText() && rule.matches(f.text)) {
			return core.Errf(core.CodeInvalid, "billingaddress."+r.name, "%s", r.says)
		}
	}
	return nil
}

// facts is the address as scenarios see it.
func (a address) facts() map[string]any {
	m := map[string]any{}
	for _, r := range addressRules {
		if f := r.of(a); f.isText() {
			m[r.name] = f.text
		}
	}
	return m
}

package cardtokens

import (
	"regexp"

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

// addressRule is one row of the address table.
type addressRule struct {
	name    string
	of      func(address) field
	lenient *regexp.Regexp // by default
	strict  *regexp.Regexp // with cardtokens.strictAddress
	says    string
}

// The two readings of a street line (reference cardtokens.md §4.1): letters of
// any alphabet by default, since "alphabetic" is never said to mean ASCII
// (unknown), ASCII in strict mode.
var (
	lineLenient = regexp.MustCompile(`^[\p{L}\p{N}.,'\-#/\s]{0,140}$`)
	lineStrict  = regexp.MustCompile(`^[A-Za-z0-9.,'\-#/\s]{0,140}$`)
	country     = regexp.MustCompile(`^[A-Za-z]{0,2}$`)
	postalCode  = regexp.MustCompile(`^([A-Za-z0-9]{3,16})?$`)
)

// addressRules is the table of reference cardtokens.md §4.1 (documented), with
// state as the page's own example needs it (§4.2 row 1).
var addressRules = []addressRule{
	{"line1", func(a address) field { return a.Line1 }, lineLenient, lineStrict, "takes letters, digits and . , ' - # / and blanks, at most 140"},
	{"line2", func(a address) field { return a.Line2 }, lineLenient, lineStrict, "takes letters, digits and . , ' - # / and blanks, at most 140"},
	{"city", func(a address) field { return a.City }, regexp.MustCompile(`^[\p{L}'\-\s]{0,100}$`), regexp.MustCompile(`^[A-Za-z'\-\s]{0,100}$`), "takes letters, ' - and blanks, at most 100"},
	{"state", func(a address) field { return a.State }, regexp.MustCompile(`^[\p{L}\p{N}'\-\s]{0,100}$`), regexp.MustCompile(`^[A-Za-z]{0,3}$`), "is not a state or province code"},
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
		if !f.empty() && !(f.isText() && rule.MatchString(f.text)) {
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

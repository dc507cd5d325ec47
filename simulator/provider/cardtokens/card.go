package cardtokens

import (
	"regexp"
	"strconv"
	"sync"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// cardObject is the object card, plain or decrypted (reference cardtokens.md
// §4.1, documented).
type cardObject struct {
	PAN          field `json:"pan"`
	ExpMonth     field `json:"expmonth"`
	ExpYear      field `json:"expyear"`
	SecurityCode field `json:"securitycode"`
}

// decodeCard parses a card object. What its members hold is judged later.
func decodeCard(text []byte) (cardObject, error) {
	var c cardObject
	return c, unmarshalObject(text, &c)
}

// The rules of reference cardtokens.md §4.1: digits documented, lengths inferred. That
// of the number, 12 to 19 digits, is [core.ParsePAN]'s.
var (
	monthRule        = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(0?[1-9]|1[0-2])$`) })
	yearRule         = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{4}$`) })
	securityCodeRule = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]{3,4}$`) })
)

// pan is the number, zero when it is none.
func (o cardObject) pan() core.PAN {
	if !o.PAN.isText() {
		return core.PAN{}
	}
	pan, _ := core.ParsePAN(o.PAN.text) // zero where it has not 12 to 19 digits
	return pan
}

// expiry is the month and year, zero where they are none.
func (o cardObject) expiry() core.Expiry {
	return core.Expiry{Month: o.ExpMonth.number(monthRule()), Year: o.ExpYear.number(yearRule())}
}

// number is the value of a numeral, or of a string that holds one; 0 when the
// rule is not met.
func (f field) number(rule *regexp.Regexp) int {
	if !f.isNumber() || !rule.MatchString(f.text) {
		return 0
	}
	n, _ := strconv.Atoi(f.text)
	return n
}

// check holds the card to its rules in the order of reference cardtokens.md §4.4.
// A card of the catalogue need not pass Luhn (decisions 12).
func (o cardObject) check(c *provider.Call, ref core.CardRef) error {
	pan := o.pan()
	switch {
	case o.PAN.empty():
		return core.Errf(core.CodeMissing, "card.pan", "is required")
	case pan.IsZero():
		return core.Errf(core.CodeInvalid, "card.pan", "must have 12 to 19 digits")
	case !core.LuhnValid(pan.Digits()) && !inCatalogue(c, ref):
		return core.Errf(core.CodeInvalid, "card.pan", "is not a valid card number")
	}
	if err := o.checkExpiry(c); err != nil {
		return err
	}
	if s := o.SecurityCode; !s.empty() && !(s.isText() && securityCodeRule().MatchString(s.text)) {
		return core.Errf(core.CodeInvalid, "card.securitycode", "must be empty or have 3 or 4 digits")
	}
	return nil
}

func (o cardObject) checkExpiry(c *provider.Call) error {
	at := o.expiry()
	switch {
	case o.ExpMonth.empty():
		return core.Errf(core.CodeMissing, "card.expmonth", "is required")
	case at.Month == 0:
		return core.Errf(core.CodeInvalid, "card.expmonth", "must be 1 to 12")
	case o.ExpYear.empty():
		return core.Errf(core.CodeMissing, "card.expyear", "is required")
	case !at.Valid():
		return core.Errf(core.CodeInvalid, "card.expyear", "must have four digits")
	case at.Expired(c.Now):
		return core.Errf(core.CodeInvalid, "card.expyear", "the card has expired")
	}
	return nil
}

func inCatalogue(c *provider.Call, ref core.CardRef) bool {
	_, ok := c.World.Profile(ref.Fingerprint)
	return ok
}

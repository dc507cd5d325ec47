package cipher

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
)

// The names of the list of identities: one for enrolment, one for update. Each
// call takes its own only, unless setting cipher.lenientNames is on (reference
// cipher-acs.md A9.7).
const (
	enrolmentList = "identities"
	updateList    = "identitiesInfo"
)

// listName is the name that a body uses.
func listName(body object, own, other string, lenient bool) string {
	if lenient && !body.has(own) && body.has(other) {
		return other
	}
	return own
}

// identities reads a list of {type, value}. allowed are the types taken; each at
// most once, each with a value: the table calls value optional, but a vector
// without one is none (A9.9).
func identities(body object, name string, allowed ...string) ([]issuer.Identity, error) {
	if !body.has(name) {
		return nil, core.Errf(core.CodeMissing, name, "it is required")
	}
	var items []object
	if err := json.Unmarshal(body[name], &items); err != nil {
		return nil, core.Errf(core.CodeInvalid, name, "it must be an array of objects")
	}
	if len(items) == 0 {
		return nil, core.Errf(core.CodeInvalid, name, "it must have at least one entry")
	}
	seen := map[string]bool{}
	list := make([]issuer.Identity, 0, len(items))
	for i, item := range items {
		id, err := identity(item, name+"["+strconv.Itoa(i)+"]", allowed)
		if err != nil {
			return nil, err
		}
		if seen[id.Type] {
			return nil, core.Errf(core.CodeInvalid, name, "type %s is there twice", id.Type)
		}
		seen[id.Type] = true
		list = append(list, id)
	}
	return list, nil
}

func identity(item object, field string, allowed []string) (issuer.Identity, error) {
	kind, err := item.text("type", field+".type")
	if err != nil {
		return issuer.Identity{}, err
	}
	known := false
	for _, a := range allowed {
		known = known || a == kind
	}
	if !known {
		return issuer.Identity{}, core.Errf(core.CodeInvalid, field+".type", "this call takes the types %s", strings.Join(allowed, ", "))
	}
	value, err := item.text("value", field+".value")
	if err != nil {
		return issuer.Identity{}, err
	}
	if !wellFormed(kind, value) {
		return issuer.Identity{}, core.Errf(core.CodeInvalid, field+".value", "it is no %s", kind)
	}
	return issuer.Identity{Type: kind, Value: value}, nil
}

// wellFormed checks a value by its type (reference cipher-acs.md A3, inferred
// from the samples): a phone number is a plus sign and 8 to 15 digits, an e-mail
// address has one @ with text on both sides.
func wellFormed(kind, value string) bool {
	switch kind {
	case issuer.PhoneNumber:
		digits, plus := strings.CutPrefix(value, "+")
		return plus && core.AllDigits(digits) && len(digits) >= 8 && len(digits) <= 15
	case issuer.Email:
		local, domain, at := strings.Cut(value, "@")
		return at && local != "" && domain != "" && !strings.Contains(domain, "@") && !strings.ContainsFunc(value, blank)
	default:
		return strings.TrimSpace(value) != ""
	}
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

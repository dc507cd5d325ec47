package acehub

import (
	"encoding/json"
	"strconv"

	"cardsim/simulator/core"
)

// view reads fitted members and keeps the first problem of the whole request.
type view struct {
	path    string // "body."
	members map[string]any
	problem **core.Error
}

// in is the view of an object member, of an empty one when it is absent.
func (v view) in(name string) view {
	members, _ := v.members[name].(map[string]any)
	return view{path: v.path + name + ".", members: members, problem: v.problem}
}

// has says that a member is there and not an empty text.
func (v view) has(name string) bool {
	value, ok := v.members[name]
	return ok && value != ""
}

func (v view) missing(name string) {
	if *v.problem == nil {
		*v.problem = core.Errf(core.CodeMissing, v.path+name, "a required property is absent")
	}
}

func (v view) invalid(name, why string) {
	if *v.problem == nil {
		*v.problem = core.Errf(core.CodeInvalid, v.path+name, "%s", why)
	}
}

// need says that a member must be there: an absent one is missing, an empty text
// invalid.
func (v view) need(name string) {
	if value, ok := v.members[name]; !ok {
		v.missing(name)
	} else if value == "" {
		v.invalid(name, "the text is empty")
	}
}

func (v view) text(name string) string {
	s, _ := v.members[name].(string)
	return s
}

func (v view) flag(name string) bool {
	b, _ := v.members[name].(bool)
	return b
}

// number is the member as it was fitted, "" when absent.
func (v view) number(name string) string {
	n, _ := v.members[name].(json.Number)
	return string(n)
}

// integer is a whole number; one beyond all sense is invalid.
func (v view) integer(name string) int {
	s := v.number(name)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		v.invalid(name, "the number is out of range")
	}
	return int(n)
}

// money reads amount and currencyCode. The amount is above zero and has no more
// decimals than its currency (reference acehub.md §3, documented; above zero is
// *ours*).
func (v view) money() core.Money {
	v.need("amount")
	v.need("currencyCode")
	amount, currency := v.number("amount"), v.text("currencyCode")
	if amount == "" || currency == "" {
		return core.Money{}
	}
	m, err := core.ParseMajor(amount, currency)
	if err != nil || m.Minor <= 0 {
		v.invalid("amount", "the amount is not above zero, or has more decimals than its currency")
		return core.Money{}
	}
	return m
}

// facts is what scenarios see: the members without card number, security code,
// cryptogram and authentication value, and numbers as numbers (decisions 4).
func (v view) facts() map[string]any { return facts(v.members) }

// facts does so at any depth.
func facts(members map[string]any) map[string]any {
	out := make(map[string]any, len(members))
	for name, value := range members {
		switch {
		case name == "number" || name == "cvv" || name == "cryptogram" || name == "avv":
			continue
		default:
			out[name] = fact(value)
		}
	}
	return out
}

func fact(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return facts(v)
	case []any:
		list := make([]any, 0, len(v))
		for _, item := range v {
			list = append(list, fact(item))
		}
		return list
	case json.Number:
		f, _ := v.Float64() // decimal has bounded it
		return f
	}
	return value
}

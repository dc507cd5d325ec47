package acehub

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"cardsim/simulator/core"
)

// fitter brings a parsed request to its documented names and types. It keeps the
// first thing that does not fit, and every value that must not be shown.
type fitter struct {
	problem *core.Error
	secrets []string
}

func (f *fitter) invalid(path, why string) {
	if f.problem == nil {
		f.problem = core.Errf(core.CodeInvalid, path, "%s", why)
	}
}

// object fits the members of one object; what is not documented is left out, and
// so is null, and an empty object in place of a value (reference acehub.md §1.4,
// observed).
func (f *fitter) object(tree map[string]any, members []member, path string) map[string]any {
	out := map[string]any{}
	for _, m := range members {
		raw, given := tree[m.lower]
		if empty, isObject := raw.(map[string]any); !given || raw == nil || isObject && len(empty) == 0 {
			continue
		}
		if v := f.value(raw, m, path+m.name); v != nil {
			out[m.name] = v
		}
	}
	return out
}

// value fits one value, nil when it does not.
func (f *fitter) value(raw any, m member, path string) any {
	switch m.kind {
	case object:
		if tree, ok := raw.(map[string]any); ok {
			if fitted := f.object(tree, m.of, path+"."); len(fitted) > 0 {
				return fitted
			}
			return nil // as absent as {}
		}
	case objects:
		if list, ok := raw.([]any); ok {
			return f.list(list, m, path)
		}
	case flag:
		if b, ok := truth(raw); ok {
			return b
		}
	case number, integer:
		if n, ok := numeral(raw); ok && (m.kind == number || !strings.Contains(string(n), ".")) {
			return n
		}
	default:
		return f.text(raw, m, path)
	}
	f.invalid(path, "the value has the wrong type")
	return nil
}

func (f *fitter) list(list []any, m member, path string) any {
	out := make([]any, 0, len(list))
	for _, raw := range list {
		tree, ok := raw.(map[string]any)
		if !ok {
			f.invalid(path, "the list holds something else than objects")
			return nil
		}
		out = append(out, f.object(tree, m.of, path+"."))
	}
	return out
}

// text fits a text; a number counts as one (reference acehub.md §1.4: businessId
// and eci come as both).
func (f *fitter) text(raw any, m member, path string) any {
	s, ok := raw.(string)
	if n, isNumber := raw.(json.Number); isNumber {
		s, ok = string(n), true
	}
	if !ok {
		f.invalid(path, "the value is no text")
		return nil
	}
	if m.secret && s != "" {
		f.secrets = append(f.secrets, s)
	}
	if why := m.wrong(s); why != "" {
		f.invalid(path, why)
		return nil
	}
	return s
}

// wrong says what is wrong with a text, or "".
func (m member) wrong(s string) string {
	_, known := core.CurrencyByAlpha(s)
	switch {
	case m.max > 0 && utf8.RuneCountInString(s) > m.max:
		return "the text is too long"
	case strings.ContainsFunc(s, unicode.IsControl) && s != strings.Map(printable, s):
		return "the text holds control characters"
	case s == "":
		return ""
	case m.kind == country && !core.CountryKnown(s):
		return "the country is not in ISO 3166-1"
	case m.kind == currency && !known:
		return "the currency is not in ISO 4217"
	case m.kind == language && (len(s) != 2 || !unicode.IsLetter(rune(s[0])) || !unicode.IsLetter(rune(s[1]))):
		return "the language has no two letters"
	}
	return ""
}

// printable drops the control characters that no text may hold; tabs and line
// ends may stand in descriptions and addresses.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' {
		return -1
	}
	return r
}

func truth(raw any) (value, ok bool) {
	switch v := raw.(type) {
	case bool:
		return v, true
	case string:
		lower := strings.ToLower(v)
		return lower == "true", lower == "true" || lower == "false"
	}
	return false, false
}

func numeral(raw any) (json.Number, bool) {
	switch v := raw.(type) {
	case json.Number:
		return decimal(string(v))
	case string:
		return decimal(v)
	}
	return "", false
}

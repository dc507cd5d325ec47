package journal

import "strings"

// mentions says whether a text stands anywhere in what was kept of a request,
// whatever the case of its letters.
func (e Entry) mentions(text string) bool {
	text = strings.ToLower(text)
	found := func(in string) bool { return strings.Contains(strings.ToLower(in), text) }
	for _, in := range [...]string{
		e.ID, e.Path, e.Query, e.Operation, e.Flow, e.Outcome, e.Result, e.Merchant, e.Currency, e.Reference, e.Rule,
	} {
		if found(in) {
			return true
		}
	}
	if c := e.Card; c != nil && (found(c.Brand) || found(c.Bin) || found(c.Last4)) {
		return true
	}
	if r := e.Refusal; r != nil && (found(r.Code) || found(r.Detail)) {
		return true
	}
	for _, w := range e.Warnings {
		if found(w) {
			return true
		}
	}
	return e.Request.mentions(found) || e.Response.mentions(found)
}

func (m *Message) mentions(found func(string) bool) bool {
	if m == nil {
		return false
	}
	for name, value := range m.Headers {
		if found(name) || found(value) {
			return true
		}
	}
	return found(m.Body)
}

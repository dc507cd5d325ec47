package console

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"cardsim/web"
)

// explained is what the console reads of an explanation.
type explained struct {
	Request  entry
	Decision *decision
	Clock    *struct {
		Mode string
		Now  string
	}
	State []change
}

// change is one thing that a request made or altered.
type change struct {
	Table, Key    string
	Before, After json.RawMessage
}

// made says that the thing was not there before.
func (c change) made() bool { return empty(c.Before) && !empty(c.After) }

// spent says that the request used the thing up.
func (c change) spent() bool {
	var before, after struct{ Used bool }
	_ = json.Unmarshal(c.Before, &before) // what is no such object was not used
	_ = json.Unmarshal(c.After, &after)
	return after.Used && !before.Used
}

func empty(raw json.RawMessage) bool {
	return len(raw) == 0 || bytes.Equal(raw, []byte("null"))
}

// travelling are the tables whose entries are values that one party issues and
// another checks.
var travelling = map[string]string{
	"scheme.cryptograms":     "cryptogram",
	"scheme.authentications": "CAVV",
}

// trail follows the values of one journey from hop to hop. The journal never holds
// the values themselves; their records' keys tell them apart.
type trail struct {
	order  []string
	signs  map[string]string // table and key -> letter
	kinds  map[string]string // letter -> kind
	issued map[string]string // letter -> operation that made it
	spent  map[string]web.HopLink
}

func newTrail() *trail {
	return &trail{signs: map[string]string{}, kinds: map[string]string{}, issued: map[string]string{}, spent: map[string]web.HopLink{}}
}

// hop is one request as the lanes show it.
func (t *trail) hop(r *http.Request, e entry, why explained) web.Hop {
	h := web.Hop{
		ID: e.ID, Href: root(r) + "/requests/" + url.PathEscape(e.ID), To: lane(e), Label: label(e), Operation: e.Operation,
		Outcome: e.mark(), Time: clockTime(e.At), Duration: e.duration(), Rule: e.Rule,
	}
	for _, ch := range why.State {
		kind, known := travelling[ch.Table]
		if !known {
			continue
		}
		sign := t.sign(ch.Table+"/"+ch.Key, kind)
		letter := web.Letter{Sign: sign, Kind: kind}
		if ch.made() {
			t.issued[sign] = e.Operation
			h.Issued = append(h.Issued, letter)
			continue
		}
		h.Checked = append(h.Checked, letter)
		if ch.spent() {
			t.spent[sign] = web.HopLink{Sign: sign, ID: e.ID, Label: label(e) + " " + e.Reference}
		}
	}
	if e.Refusal != nil {
		h.Reason = e.Refusal.Detail
		t.blame(&h, e.Refusal.Code)
	}
	return h
}

// sign is the letter of a value, a new one for a new value.
func (t *trail) sign(key, kind string) string {
	if s, ok := t.signs[key]; ok {
		return s
	}
	s := string(rune('a' + len(t.order)%26))
	if n := len(t.order) / 26; n > 0 {
		s += string(rune('0' + n%10))
	}
	t.signs[key], t.kinds[s] = s, kind
	t.order = append(t.order, s)
	return s
}

// blame leads from a refused value to the hop that used it up: the newest value of
// the kind that the refusal names (cryptogram-used, cavv-used).
func (t *trail) blame(h *web.Hop, code string) {
	kind, used := strings.CutSuffix(code, "-used")
	if !used {
		return
	}
	for i := len(t.order) - 1; i >= 0; i-- {
		sign := t.order[i]
		link, spent := t.spent[sign]
		if spent && link.ID != h.ID && strings.EqualFold(t.kinds[sign], kind) {
			h.Spoiled = &link
			if len(h.Checked) == 0 {
				h.Checked = append(h.Checked, web.Letter{Sign: sign, Kind: t.kinds[sign]})
			}
			return
		}
	}
}

// values explains the letters, in the order of their appearance.
func (t *trail) values() []web.Value {
	var list []web.Value
	for _, s := range t.order {
		list = append(list, web.Value{Sign: s, Kind: t.kinds[s], Issued: t.issued[s]})
	}
	return list
}

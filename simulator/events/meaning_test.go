package events

import (
	"encoding/json"
	"testing"

	"cardsim/simulator/store"
)

// raw is stored text; empty for nothing there.
func raw(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	return json.RawMessage(text)
}

func TestWhatAWriteMeans(t *testing.T) {
	const at = "2026-01-02T03:04:05Z"
	for _, c := range []struct {
		name, table, key, before, after string
		want                            []string
	}{
		{"a token", "scheme.tokens", "t", "", `{"id":"t","state":"ACTIVE","flow":"f"}`, []string{"token created t f ACTIVE"}},
		{"a token that went", "scheme.tokens", "t", `{"id":"t","state":"ACTIVE"}`, "", []string{"token deleted t  ACTIVE"}},
		{"came and went", "scheme.tokens", "t", "", "", nil},
		{"not readable", "scheme.tokens", "t", "", `{"id":7}`, nil},
		{"frictionless", "threeds.transactions", "x", "", `{"id":"x","status":"Y"}`, []string{"transaction created x  Y"}},
		{"a challenge begins", "threeds.transactions", "x", "", `{"id":"x","flow":"f","status":"C","challenge":{"id":"c","state":"pending"}}`,
			[]string{"transaction created x f C", "challenge created c f pending"}},
		{"a challenge comes later", "threeds.transactions", "x", `{"id":"x"}`, `{"id":"x","challenge":{"id":"c","state":"open"}}`,
			[]string{"transaction changed x  ", "challenge created c  open"}},
		{"a challenge stays", "threeds.transactions", "x", `{"id":"x","challenge":{"id":"c","state":"open"}}`, `{"id":"x","status":"Y","challenge":{"id":"c","state":"open"}}`,
			[]string{"transaction changed x  Y"}},
		{"a challenge goes", "threeds.transactions", "x", `{"id":"x","challenge":{"id":"c","state":"open"}}`, "",
			[]string{"transaction deleted x  ", "challenge deleted c  open"}},
		{"a payment", "pay.payments", "p", "", `{"id":"p","result":"approved"}`, []string{"payment created p  approved"}},
		{"its own money", "pay.ledger", "p/000001", "", `{"operation":"p"}`, nil},
		{"a follow-up's money", "pay.ledger", "p/000002", "", `{"operation":"q"}`, []string{"payment changed p  "}},
		{"a message", "notify.messages", "m", "", `{"id":"m","channel":"sms","flow":"f","to":"+45"}`, []string{"message created m f sms"}},
		{"a card", "issuer.cards", "1/CRN", `{"id":"CRN","state":"ENABLED"}`, `{"id":"CRN","state":"DISABLED"}`, []string{"cardholder changed CRN  DISABLED"}},
		{"a new holder", "issuer.holders", "1/h", "", `{"id":"h"}`, nil},
		{"a holder", "issuer.holders", "1/h", `{"id":"h"}`, `{"id":"h","cards":["CRN"]}`, []string{"cardholder changed h  "}},
		{"a new sandbox", "sandbox.worlds", "world", "", `{"clock":"real"}`, nil},
		{"a clock", "sandbox.worlds", "world", `{"clock":"real"}`, `{"clock":"frozen","at":"` + at + `"}`, []string{"clock changed   frozen"}},
		{"a clock at the same instant", "sandbox.worlds", "world", `{"clock":"frozen","at":"` + at + `"}`, `{"clock":"frozen","at":"2026-01-02T04:04:05+01:00"}`, nil},
		{"settings", "sandbox.worlds", "world", `{"clock":"real"}`, `{"clock":"real","settings":{"acehub":{"cavvAmount":"exact"}}}`, []string{"settings changed   "}},
		{"settings taken back", "sandbox.worlds", "world", `{"clock":"real","settings":{"a":{}}}`, `{"clock":"real"}`, []string{"settings changed   "}},
		{"nobody's table", "scheme.cavvs", "k", "", `{}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := NewHub()
			r, _ := h.Open("", Filter{})
			h.Stored([]store.Write{{Sandbox: "s", Change: store.Change{Table: c.table, Key: c.key, Before: raw(c.before), After: raw(c.after)}}})
			list, _, _, _ := r.Next()
			var got []string
			for _, told := range list {
				var e Event
				if err := json.Unmarshal(told.Data, &e); err != nil || e.Sandbox != "s" || e.Kind != told.Kind {
					t.Errorf("%s: %v", told.Data, err)
				}
				got = append(got, string(e.Kind)+" "+string(e.Action)+" "+e.ID+" "+e.Flow+" "+e.State)
			}
			if len(got) != len(c.want) {
				t.Fatalf("%q, want %q", got, c.want)
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("%q, want %q", got[i], c.want[i])
				}
			}
		})
	}
}

// TestPostingsOfOneOperation: a capture that also lets go is heard of once, and two
// payments as two.
func TestPostingsOfOneOperation(t *testing.T) {
	h := NewHub()
	r, _ := h.Open("", Filter{})
	post := func(key string) store.Write {
		return store.Write{Sandbox: "s", Change: store.Change{Table: ledger, Key: key, After: raw(`{"operation":"q"}`)}}
	}
	h.Stored([]store.Write{post("p/1"), post("p/2"), post("o/1"), post("o/2")})
	if ids, _ := drain(r); len(ids) != 2 || ids[0] != "p" || ids[1] != "o" {
		t.Errorf("%v", ids)
	}
}

func TestEveryTableIsAskedForOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range Tables() {
		if seen[table] {
			t.Errorf("%s twice", table)
		}
		seen[table] = true
	}
	for _, s := range sources {
		if !seen[s.table] {
			t.Errorf("%s is not asked for", s.table)
		}
	}
}

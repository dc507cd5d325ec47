package acehub

import (
	"encoding/json"
	"reflect"
	"testing"
)

// FuzzRequest decodes whatever comes: no panic, nothing secret among the facts,
// and what fits once fits again.
func FuzzRequest(f *testing.F) {
	for _, body := range []string{seedTokenize, seedPayment, payment("payment", "ORDER-0001", "20"), bankPayment(3010, "ORDER-0002", "1"), `{"body":{"card":{"number":4.1e15}}}`, `{"body":[]}`, `{"BODY":{"a":1},"body":{"A":[{"B":1,"b":2}]},"Body":{"x":null}}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		tree, err := parse(body)
		if err != nil {
			return
		}
		if ordered, err := parseInOrder(body); err != nil || !reflect.DeepEqual(tree, ordered) {
			t.Errorf("parsed %v, in the order of the text %v (%v)", tree, ordered, err)
		}
		var top fitter
		top.object(tree, envelopeSchema, "")
		raw, _ := tree["body"].(map[string]any)
		for _, members := range [][]member{paymentSchema, tokenSchema, followUpSchema} {
			checkFit(t, raw, members)
		}
	})
}

func checkFit(t *testing.T, raw map[string]any, members []member) {
	var fit fitter
	fitted := fit.object(raw, members, "body.")
	shown := facts(fitted)
	if card, ok := shown["card"].(map[string]any); ok {
		for _, name := range []string{"number", "cvv", "cryptogram"} {
			if _, there := card[name]; there {
				t.Errorf("the facts show card.%s", name)
			}
		}
	}
	text, err := json.Marshal(fitted)
	if err != nil {
		t.Fatalf("what was fitted does not marshal: %v", err)
	}
	again, err := parse(text)
	if err != nil {
		t.Fatalf("what was fitted does not parse: %v", err)
	}
	var second fitter
	if twice, err := json.Marshal(second.object(again, members, "body.")); err != nil || string(twice) != string(text) {
		t.Errorf("fitted twice it is %s, once %s", twice, text)
	}
}

func FuzzDecimal(f *testing.F) {
	for _, s := range []string{"5", "5.00", "1.0E7", "12.345e-3", "-0", "1e99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := decimal(s)
		if !ok {
			return
		}
		if again, ok := decimal(string(n)); len(n) <= maxNumber && (!ok || again != n) {
			t.Errorf("decimal(%q) = %s, again %s", s, n, again)
		}
	})
}

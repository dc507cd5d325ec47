package scenarios

import (
	"fmt"
	"testing"
)

// Everything that has a direct form, and what stands close to it.
var (
	leftSides = []string{
		"merchant", "currency", "flow", "sandbox", "amount", "minor", "call", "card.brand", "card.last4", "card.issuer",
		"request.text", "request.whole", "request.decimal", "request.huge", "request.yes", "request.no", "request.null", "request.absent", "request.list", "request.deep",
		"request.deep.text", "request.deep.whole", "request.deep.absent", "request.deep.absent.more", "request.absent.one", "request.absent.one.two", "request.null.one",
		"request.text.one", "request.whole.one", `request["deep"]["text"]`, "request?.absent?.one",
		`headers["X-Sent"]`, `headers["x-sent"]`, "headers.absent", "query.sent", "query.absent",
		"upper(card.brand)", "lower(request.text)", "upper(request.absent)", "lower(request.absent.one)", "upper(headers.absent)", "lower(request.whole)", "len(request.text)",
	}
	operators  = []string{"==", "!=", "<", "<=", ">", ">=", "startsWith", "endsWith", "contains"}
	rightSides = []string{`"Text"`, `"visa"`, `""`, "5", "5.5", "10050", "9007199254740993", "true", "false", "nil", "amount", "minor", "card.brand", "request.whole", "request.absent", "request.absent.one"}
	lists      = []string{`["Text", "visa", ""]`, `["a"]`, "[5, 10050]", `["a", 5]`, "[]", "request.list"}
)

func everyComparison() []string {
	var all []string
	for _, l := range leftSides {
		all = append(all, l, "!"+l)
		for _, o := range operators {
			for _, r := range rightSides {
				all = append(all, l+" "+o+" "+r)
			}
		}
		for _, list := range lists {
			all = append(all, l+" in "+list, l+" not in "+list)
		}
	}
	return all
}

func somethingSent() *environment {
	return &environment{
		Request: map[string]any{
			"text": "Text", "whole": 5, "decimal": 5.5, "huge": 9007199254740993, "yes": true, "no": false, "null": nil,
			"list": []any{"Text", 5}, "deep": map[string]any{"text": "visa", "whole": 10050},
		},
		Headers: map[string]string{"X-Sent": "Text", "x-sent": "Text"}, Query: map[string]string{"sent": "5"},
		Card: cardView{Brand: "visa", Last4: "1111"}, Merchant: "Text", Amount: 100.5, Minor: 10050, Call: 5, Currency: "EUR",
	}
}

// TestDirectFormsAgreeWithTheMachine: wherever a direct form answers, the machine
// gives the same answer, in the same words; and it answers most of them, or it would
// be of no use.
func TestDirectFormsAgreeWithTheMachine(t *testing.T) {
	answered, compiled := 0, 0
	around := []string{"%s", "not (%s)", `merchant == "Text" && %s`, "%s || minor > 5"}
	for i, source := range everyComparison() {
		e, mistakes := conditions().compile(fmt.Sprintf(around[i%len(around)], source))
		if len(mistakes) > 0 {
			continue
		}
		for _, env := range []*environment{somethingSent(), {}} {
			compiled++
			if e.direct != nil && agree(t, e, env) {
				answered++
			}
		}
	}
	if compiled < 5000 || answered*10 < compiled*6 {
		t.Errorf("%d of %d conditions are answered directly", answered, compiled)
	}
}

// agree compares, and says whether the direct form knew.
func agree(t *testing.T, e *expression, env *environment) bool {
	t.Helper()
	a := e.direct(env)
	if !a.known {
		return false
	}
	want, reason := false, ""
	is, err := newMachine().condition(e, env)
	if err != nil {
		reason = notEvaluated + err.Error()
	} else {
		want = is
	}
	if a.wrong != reason || reason == "" && a.is != want {
		t.Errorf("%s\ndirectly: %v %q\nmachine:  %v %q", e.source, a.is, a.wrong, want, reason)
	}
	return true
}

// FuzzDirect looks for conditions on which the two differ.
func FuzzDirect(f *testing.F) {
	for i, s := range everyComparison() {
		if i%97 == 0 {
			f.Add(fmt.Sprintf("%s && request.deep.whole > %d", s, i))
		}
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, mistakes := conditions().compile(source)
		if len(mistakes) > 0 || e.direct == nil {
			return
		}
		agree(t, e, somethingSent())
		agree(t, e, &environment{})
	})
}

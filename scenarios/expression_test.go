package scenarios_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cardsim/scenarios"
	"cardsim/simulator/core"
)

// matches plans one call with a condition.
func matches(t *testing.T, when string, in scenarios.Input) (bool, string) {
	t.Helper()
	quoted, err := json.Marshal(when)
	if err != nil {
		t.Fatal(err)
	}
	a := activate(t, rulesOf("  - {on: acehub.*, when: "+string(quoted)+", do: pass}\n"))
	_, d := plan(t, a, in, &counters{})
	return d.Pass, d.Considered[0].Reason
}

func TestConditions(t *testing.T) {
	tests := []struct {
		when string
		want bool
	}{
		{`request.transaction.amount > 12 && request.transaction.amount < 13`, true},
		{`request.transaction.count == 3`, true},
		{`request.transaction.trackingCode startsWith "ORDER"`, true},
		{`amount == 12.5 && minor == 1250 && currency == "EUR"`, true},
		{`amount > 500`, false},
		{`card.brand == "visa" and card.bin == "400000" and card.last4 == "1091" and card.issuer == "Ada Bank"`, true},
		{`merchant == "demo-shop" && sandbox == "default" && flow == "f-1" && call == 1`, true},
		{`headers["User-Agent"] == "shop/1" && headers["user-agent"] == "shop/1"`, true},
		{`headers["Absent"] == ""`, true},
		{`query.businessId == "770001" && !("x" in query)`, true},
		{`request.nothing == nil`, true},
		{`request.nothing startsWith "x"`, false},
		{`request.nothing?.at?.all == nil`, true},
		{`request.transaction.amount > 12 ? true : false`, true},
		{`any(request.transaction.items, # == "b")`, true},
		{`count(request.transaction.items, # != "b") == 1`, true},
		{`"a" in request.transaction.items`, true},
		{`first(split(request.transaction.trackingCode, "-")) == "ORDER"`, true},
		{`request.transaction.trackingCode matches "^ORDER-[0-9]+$"`, true},
		{`request.transaction.trackingCode | lower() | hasPrefix("order")`, true},
	}
	for _, tt := range tests {
		t.Run(tt.when, func(t *testing.T) {
			if got, reason := matches(t, tt.when, visa()); got != tt.want {
				t.Errorf("matches: %v (%s), want %v", got, reason, tt.want)
			}
		})
	}
}

// What cannot be evaluated does not match and says why.
func TestConditionsThatFail(t *testing.T) {
	for when, want := range map[string]string{
		`request.no.such.thing > 5`:                       "character 12: a value is missing here",
		`request.nothing > 5`:                             "character 17: a value is missing here",
		`request.transaction.items[7] == "x"`:             "character 26: a value is missing here",
		`int(request.transaction.trackingCode) > 5`:       "character 1: a value is missing here",
		`request.transaction`:                             "true or false",
		`request.transaction.trackingCode and amount > 1`: "is of another type",
	} {
		got, reason := matches(t, when, visa())
		if got || !strings.HasPrefix(reason, "the condition could not be evaluated: ") || !strings.Contains(reason, want) && want != "true or false" {
			t.Errorf("%s: matches %v, because %q, want %q", when, got, reason, want)
		}
	}
}

// A request without amount, card and documents is no accident for conditions.
func TestConditionsOfAnEmptyRequest(t *testing.T) {
	in := scenarios.Input{Operation: "acehub.payment.find"}
	if got, reason := matches(t, `amount == 0 && currency == "" && card.brand == "" && len(headers) == 0 && request.x == nil`, in); !got {
		t.Error(reason)
	}
}

// Amounts are in major units, whatever the currency's decimals are.
func TestAmounts(t *testing.T) {
	for _, tt := range []struct {
		money core.Money
		when  string
	}{
		{core.Money{Minor: 500, Currency: "JPY"}, `amount == 500 && minor == 500`},
		{core.Money{Minor: 1234, Currency: "BHD"}, `amount == 1.234`},
		{core.Money{Minor: -1250, Currency: "EUR"}, `amount == -12.5`},
	} {
		in := visa()
		in.Money = tt.money
		if got, reason := matches(t, tt.when, in); !got {
			t.Errorf("%v: %s is false: %s", tt.money, tt.when, reason)
		}
	}
}

// The body may be a megabyte, and the caller may be no friend: a condition takes
// no longer for that.
func TestConditionsAreBounded(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	list := make([]any, 200_000)
	for i := range list {
		list[i] = long[:4]
	}
	in := visa()
	in.Open = func(scenarios.Parts) scenarios.Documents {
		return scenarios.Documents{Request: map[string]any{"s": long, "list": list}, Headers: map[string]string{"X": long}, Query: map[string]string{"x": long}}
	}
	for when, want := range map[string]bool{
		`len(request.list) == 1000`:                                    true,
		`len(request.s) == 10000 && len(headers.x) == 10000`:           true,
		`len(query.x) == 10000`:                                        true,
		`all(request.list, request.s matches "^(a+)+b?$" || # == "x")`: true,
		`all(request.list, # in request.list)`:                         true,
		`count(request.list, request.s contains "ab") > 0`:             false,
		`len(split(request.s, "")) > 0`:                                true,
	} {
		before := time.Now()
		got, reason := matches(t, when, in)
		if got != want {
			t.Errorf("%s: %v (%s), want %v", when, got, reason, want)
		}
		if took := time.Since(before); took > 10*time.Second {
			t.Errorf("%s took %v", when, took)
		}
	}
}

func TestLongExpressions(t *testing.T) {
	for name, when := range map[string]string{
		"long": strings.Repeat("amount > 1 && ", 200) + "true", "deep": strings.Repeat("(", 3000) + "true" + strings.Repeat(")", 3000),
	} {
		_, problems := scenarios.CheckFile("f", []byte(rulesOf("  - {on: acehub.*, do: pass, when: '"+when+"'}\n")), catalogue())
		if len(problems) != 1 || problems[0].Message != "the expression is too long: at most 2000 characters are read" {
			t.Errorf("%s: problems %v", name, problems)
		}
	}
}

func TestWhereReads(t *testing.T) {
	for source, want := range map[string]bool{
		`state == "done"`: true, `outcome == "x" && (status == 1 || state != "done")`: true, `card.brand == "visa"`: false, `reference == "state"`: false,
	} {
		w, mistakes := scenarios.CompileWhere(source)
		if len(mistakes) > 0 {
			t.Fatalf("%s: %v", source, mistakes)
		}
		if w.Reads("state") != want {
			t.Errorf("%s: Reads is %v", source, !want)
		}
	}
	if w, _ := scenarios.CompileWhere(`card.brand == "visa"`); !w.Reads("card") || w.Reads("car") {
		t.Error("a member of a member is not found, or a part of a name is")
	}
	var none *scenarios.Where
	if none.Reads("state") || none.Takes("in-flight") || !none.Takes("done") {
		t.Error("no expression looks at the state")
	}
}

func TestWhere(t *testing.T) {
	entry := map[string]any{
		"operation": "acehub.payment.create", "status": 200.0, "outcome": "approved", "amount": 12.5, "card": map[string]any{"brand": "visa"},
		"refusal": nil, "warnings": []any{"no User-Agent"}, "request": map[string]any{"headers": map[string]any{"Accept": "*/*"}, "body": "{}"},
	}
	for where, want := range map[string]bool{
		`status == 200`: true, `status in [200, 201]`: true, `status >= 400`: false, `amount > 10 && card.brand == "visa"`: true,
		`refusal == nil`: true, `refusal.code == "x"`: false, `request.headers["Accept"] == "*/*"`: true, `request.headers.absent == "x"`: false,
		`any(warnings, # contains "Agent")`: true, `flow == "f-1"`: false,
	} {
		w, mistakes := scenarios.CompileWhere(where)
		if len(mistakes) > 0 {
			t.Fatal(where, mistakes)
		}
		if got, err := w.Match(entry); got != want {
			t.Errorf("%s: %v, %v", where, got, err)
		}
	}
	if _, mistakes := scenarios.CompileWhere("outcom == 5"); len(mistakes) != 1 || mistakes[0].Error() != "character 1: unknown name outcom" || mistakes[0].Suggestion != `did you mean "outcome"?` {
		t.Errorf("mistakes %v", mistakes)
	}
	var all *scenarios.Where
	if ok, err := all.Match(entry); !ok || err != nil {
		t.Errorf("no expression: %v, %v", ok, err)
	}
}

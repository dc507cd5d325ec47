package scenarios_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"cardsim/scenarios"
	"cardsim/simulator/core"

	"github.com/google/go-cmp/cmp"
)

// rulesOf is a scenario of rules.
func rulesOf(rules string) string { return "version: 1\nname: story\nrules:\n" + rules }

// outcomes are what so many calls get, "" for nothing.
func outcomes(t *testing.T, a *scenarios.Active, n int, change func(i int, in *scenarios.Input)) []string {
	t.Helper()
	c := &counters{}
	var list []string
	for i := range n {
		in := visa()
		in.Draws = &fixed{}
		if change != nil {
			change(i, &in)
		}
		p, d := plan(t, a, in, c)
		name := p.Outcome
		if d.Pass {
			name = "pass"
		}
		list = append(list, name)
	}
	return list
}

func TestSequences(t *testing.T) {
	const two = "    sequence: [{outcome: declined}, {outcome: failed}]\n"
	tests := []struct {
		name, rule string
		change     func(i int, in *scenarios.Input)
		want       []string
	}{
		{"do, every time", "    do: {outcome: declined}\n", nil, []string{"declined", "declined", "declined"}},
		{"pass", "    do: pass\n", nil, []string{"pass", "pass"}},
		{"steps aside", two, nil, []string{"declined", "failed", "", ""}},
		{"stays", two + "    after: stay\n", nil, []string{"declined", "failed", "failed", "failed"}},
		{"repeats", two + "    after: repeat\n", nil, []string{"declined", "failed", "declined", "failed", "declined"}},
		{"sandbox is the default", two, otherCards, []string{"declined", "failed", "", ""}},
		{"per card", "    per: card\n" + two, otherCards, []string{"declined", "declined", "failed", "failed", "", ""}},
		{"per merchant", "    per: merchant\n" + two, func(i int, in *scenarios.Input) { in.Merchant = string(rune('a' + i%2)) },
			[]string{"declined", "declined", "failed", "failed"}},
		{"per order", "    per: order\n" + two, func(i int, in *scenarios.Input) { in.Order = string(rune('a' + i%2)) },
			[]string{"declined", "declined", "failed", "failed"}},
		{"per flow", "    per: flow\n" + two, func(i int, in *scenarios.Input) { inFlow(in, string(rune('a'+i%2))) },
			[]string{"declined", "declined", "failed", "failed"}},
		{"per expression", "    per: currency + card.brand\n" + two, func(i int, in *scenarios.Input) { in.Money.Currency = []string{"EUR", "USD"}[i%2] },
			[]string{"declined", "declined", "failed", "failed"}},
		{"per a number of the request", "    per: request.transaction.count\n" + two, nil, []string{"declined", "failed", ""}},
		{"no card, no counter", "    per: card\n" + two, func(_ int, in *scenarios.Input) { in.Card = core.CardRef{} }, []string{"", ""}},
		{"only matching calls count", "    when: currency == \"EUR\"\n" + two,
			func(i int, in *scenarios.Input) { in.Money.Currency = []string{"EUR", "USD"}[i%2] }, []string{"declined", "", "failed", "", ""}},
		{"the ordinal of the call", "    when: call in [2, 4]\n    do: {outcome: declined}\n", nil, []string{"", "declined", "", "declined", ""}},
		{"the ordinal and a sequence", "    when: call > 1\n" + two, nil, []string{"", "declined", "failed", "", ""}},
		{"the ordinal per card", "    when: call == 2\n    per: card\n    do: {outcome: declined}\n", otherCards, []string{"", "", "declined", "declined", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := activate(t, rulesOf("  - on: acehub.payment.create\n"+tt.rule))
			if got := outcomes(t, a, len(tt.want), tt.change); !slices.Equal(got, tt.want) {
				t.Errorf("outcomes %q, want %q", got, tt.want)
			}
		})
	}
}

// otherCards lets two cards take turns.
func otherCards(i int, in *scenarios.Input) { in.Card.Fingerprint = []string{"fp-a", "fp-b"}[i%2] }

func TestFirstRuleThatMatchesWins(t *testing.T) {
	a := activate(t,
		rulesOf(`  - {name: other operation, on: cardinal.*, do: {delay: 1s}}
  - {name: not this one, on: acehub.*, when: amount > 100, do: {delay: 1s}}
  - {name: once, on: [cipher.card.create, acehub.payment.*], sequence: [{delay: 2s}]}
  - {name: then, on: "*", do: {delay: 3s}}
`),
		"version: 1\nname: second\nrules:\n  - {name: never, on: acehub.*, do: {delay: 4s}}\n")
	c := &counters{}
	for i, want := range []string{"once", "then", "then"} {
		p, d := plan(t, a, visa(), c)
		if p.Rule != want || p.Scenario != "story" || d.Rule != want {
			t.Errorf("call %d: rule %q of %q, want %q", i+1, p.Rule, p.Scenario, want)
		}
	}
	if want := []scenarios.RuleName{{"story", "other operation"}, {"story", "not this one"}, {"story", "once"}, {"story", "then"}, {"second", "never"}}; !slices.Equal(a.Rules(), want) {
		t.Errorf("rules %v", a.Rules())
	}
}

func TestStepBecomesPlan(t *testing.T) {
	tests := []struct {
		name, step string
		want       core.Plan
	}{
		{"outcome", `{outcome: declined, with: {code: 5, message: no}}`, core.Plan{Outcome: "declined", With: map[string]any{"code": 5, "message": "no"}}},
		{"fault", `{fault: {kind: reset}}`, core.Plan{Fault: core.Fault{Kind: core.FaultReset, At: core.BeforeValidation}}},
		{"fault of a body", `{fault: {kind: drip}}`, core.Plan{Fault: core.Fault{Kind: core.FaultDrip, At: core.MidBody}}},
		{"fault with status", `{fault: {kind: http}}`, core.Plan{Fault: core.Fault{Kind: core.FaultHTTP, At: core.BeforeValidation, Status: 503}}},
		{"fault at", `{fault: {kind: reset, at: after-answer}}`, core.Plan{Fault: core.Fault{Kind: core.FaultReset, At: core.AfterAnswer}}},
		{"respond", `{respond: {body: hello}}`, core.Plan{Respond: &core.Respond{Status: 200, Body: "hello"}}},
		{"respond with headers", `{respond: {status: 418, headers: {X-A: b}}}`, core.Plan{Respond: &core.Respond{Status: 418, Headers: map[string]string{"X-A": "b"}}}},
		{"delay", `{delay: 80ms}`, core.Plan{Delay: 80 * time.Millisecond}},
		{"even delay", `{delay: {min: 1s, max: 3s}}`, core.Plan{Delay: 2 * time.Second}},
		{"log-normal delay", `{delay: {p50: 80ms, p99: 2s}}`, core.Plan{Delay: 80 * time.Millisecond}},
		{"all of it", `{outcome: approved, delay: 1s, fault: {kind: empty, at: after-commit}}`,
			core.Plan{Outcome: "approved", Delay: time.Second, Fault: core.Fault{Kind: core.FaultEmpty, At: core.AfterCommit}}},
		{"pass", `pass`, core.Plan{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := activate(t, rulesOf("  - {name: r, on: acehub.payment.create, do: "+tt.step+"}\n"))
			in := visa()
			in.Draws = &fixed{value: 0.5}
			tt.want.Scenario, tt.want.Rule = "story", "r"
			p, d := plan(t, a, in, &counters{})
			if diff := cmp.Diff(tt.want, p); diff != "" {
				t.Errorf("plan (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(p, d.Plan); diff != "" {
				t.Errorf("the decision has another plan:\n%s", diff)
			}
		})
	}
}

// A caller that writes to a plan must not change the scenario.
func TestPlansShareNothing(t *testing.T) {
	a := activate(t, rulesOf("  - {on: acehub.payment.create, do: {outcome: declined, with: {code: 1}}}\n"))
	p, _ := plan(t, a, visa(), nil)
	p.With["code"] = 2
	if again, _ := plan(t, a, visa(), nil); again.With["code"] != 1 {
		t.Errorf("the code of the next plan is %v", again.With["code"])
	}
}

func TestProbability(t *testing.T) {
	a := activate(t, rulesOf("  - {name: r, on: acehub.payment.create, probability: 0.05, do: {outcome: declined}}\n"))
	for _, tt := range []struct {
		draw float64
		want string
	}{{0, "declined"}, {0.0499, "declined"}, {0.05, ""}, {0.9, ""}} {
		in := visa()
		in.Draws = &fixed{value: tt.draw}
		p, d := plan(t, a, in, &counters{})
		if p.Outcome != tt.want || len(d.Draws) != 1 || d.Draws[0].Value != tt.draw || d.Draws[0].For != "probability" {
			t.Errorf("drew %v: outcome %q, draws %v", tt.draw, p.Outcome, d.Draws)
		}
	}
}

// What is drawn depends on the rule, on whose counter it is and on the ordinal,
// and on nothing that other requests do.
func TestDrawsAreTheRequestsOwn(t *testing.T) {
	a := activate(t, rulesOf("  - {name: r, on: acehub.payment.create, probability: 0.5, do: {delay: {min: 1s, max: 2s}}}\n"))
	c, chance := &counters{}, &fixed{}
	one, two := visa(), visa()
	one.Draws, two.Draws, two.Order = chance, chance, "ORDER-2"
	for _, in := range []scenarios.Input{one, two, one} {
		plan(t, a, in, c)
	}
	if len(chance.asked) != 6 {
		t.Fatalf("chance was asked %d times, want twice a call", len(chance.asked))
	}
	first, second, third := chance.asked[0], chance.asked[2], chance.asked[4]
	if first[0] != "scenario.probability" || chance.asked[1][0] != "scenario.delay" {
		t.Errorf("chance was asked for %q and %q", first[0], chance.asked[1][0])
	}
	if ordinal := len(first) - 1; first[ordinal] != "1" || second[ordinal] != "1" || third[ordinal] != "2" {
		t.Errorf("ordinals %s, %s, %s: each order counts for itself", first[ordinal], second[ordinal], third[ordinal])
	}
	if slices.Equal(first, second) {
		t.Error("two orders draw the same")
	}
}

func TestCountersMoveOnlyWhereNeeded(t *testing.T) {
	plain := activate(t, rulesOf("  - {on: acehub.payment.create, when: amount > 5, per: card, do: {outcome: declined}}\n"))
	if p, _ := plan(t, plain, visa(), nil); p.Outcome != "declined" {
		t.Errorf("outcome %q", p.Outcome)
	}
	for name, rule := range map[string]string{
		"sequence": "sequence: [pass]", "stay": "sequence: [pass], after: stay", "probability": "do: pass, probability: 1",
		"call": "do: pass, when: call == 1", "drawn delay": "do: {delay: {min: 1s, max: 2s}}",
	} {
		a := activate(t, rulesOf("  - {on: acehub.payment.create, "+rule+"}\n"))
		if _, d, err := a.Plan(visa(), nil); !errors.Is(err, scenarios.ErrNeedsCounter) || d.Rule != "" {
			t.Errorf("%s: without counters the error is %v, the rule %q", name, err, d.Rule)
		}
		c := &counters{}
		if plan(t, a, visa(), c); c.moves != 1 {
			t.Errorf("%s: %d counters moved, want 1", name, c.moves)
		}
		in := visa()
		in.Operation = "acehub.payment.get"
		plan(t, a, in, nil)
	}
}

// A sequence that is spent is told by reading alone.
func TestSpentSequenceMovesNothing(t *testing.T) {
	a := activate(t, rulesOf("  - {on: acehub.payment.create, sequence: [pass]}\n"))
	c := &counters{}
	plan(t, a, visa(), c)
	before := c.moves
	if _, d := plan(t, a, visa(), c); c.moves != before || d.Considered[0].Failed != "sequence" {
		t.Errorf("%d counters moved, failed at %q", c.moves-before, d.Considered[0].Failed)
	}
	for key := range c.values {
		if key[:len(scenarios.CounterPrefix)] != scenarios.CounterPrefix {
			t.Errorf("the counter %q lacks its prefix", key)
		}
	}
}

type failing struct{}

var errBroken = errors.New("the store is broken")

func (failing) Get(string) (uint64, error)  { return 0, errBroken }
func (failing) Next(string) (uint64, error) { return 0, errBroken }

func TestCountersThatFail(t *testing.T) {
	for _, rule := range []string{"sequence: [pass]", "sequence: [pass], after: stay", "do: pass, probability: 0.5", "do: pass, when: call == 1"} {
		a := activate(t, rulesOf("  - {on: acehub.payment.create, "+rule+"}\n"))
		if _, _, err := a.Plan(visa(), failing{}); !errors.Is(err, errBroken) {
			t.Errorf("%s: error %v", rule, err)
		}
	}
}

func TestNothingActive(t *testing.T) {
	for _, a := range []*scenarios.Active{nil, activate(t)} {
		p, d := plan(t, a, visa(), nil)
		if !cmp.Equal(p, core.Plan{}) || len(d.Every()) != 0 || a.Cards() != nil || a.Cardholder() != nil || a.Demands() != nil || len(a.Rules()) != 0 || len(a.Scenarios()) != 0 {
			t.Errorf("plan %v, decision %v", p, d)
		}
		if text, err := json.Marshal(d); err != nil || string(text) != `{"operation":"acehub.payment.create","considered":[],"plan":{}}` {
			t.Errorf("%s %v", text, err)
		}
	}
	twice := load(t, rulesOf("  - {on: acehub.*, do: pass}\n"))
	if _, err := scenarios.NewActive(twice, twice); err == nil {
		t.Error("the same scenario is active twice")
	}
}

func TestCardsAndCardholder(t *testing.T) {
	const cards = "version: 1\nname: a\ncards:\n  - pan: \"4000000000001091\"\n    threeds: {flow: challenge, result: authenticated}\n    authorization: {outcome: approved}\n    otp: \"135790\"\n"
	const more = "version: 1\nname: b\ncards: [{pan: \"4000000000001091\"}, {pan: \"4000000000001109\"}]\ncardholder: [wrong-otp, approve]\n"
	a := activate(t, cards, more)
	got := a.Cards()
	if len(got) != 2 || got[0].PAN.Digits() != "4000000000001091" || got[0].OTP.Digits() != "135790" || got[0].ThreeDS.Result != "authenticated" || got[0].Authorization.Outcome != "approved" {
		t.Errorf("cards %v", got)
	}
	if want := []string{"wrong-otp", "approve"}; !slices.Equal(a.Cardholder(), want) {
		t.Errorf("cardholder %v", a.Cardholder())
	}
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"4000000000001091", "135790"} {
		if contains(string(text), secret) {
			t.Errorf("%s stands in clear in %s", secret, text)
		}
	}
}

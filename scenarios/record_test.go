package scenarios_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"cardsim/scenarios"
)

// TestRecordGivesTheDecisionBack: the short form loses nothing that the long one
// has, with rules of other operations between, different failures and a winner.
func TestRecordGivesTheDecisionBack(t *testing.T) {
	for name, rules := range map[string]string{
		"nothing wins":   many(3, "acehub.*", "amount > 5000"),
		"others between": many(2, "acehub.*", "amount > 5000") + many(3, "cipher.*", "amount > 1") + many(2, "acehub.*", `request.nothing.there > 1`),
		"one wins":       many(2, "cipher.*", "amount > 1") + many(4, "acehub.*", "amount > 5000") + "  - {on: acehub.*, do: {delay: {min: 1s, max: 2s}}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			active := activate(t, rulesOf(rules))
			_, d, err := active.Plan(visa(), &counters{})
			if err != nil {
				t.Fatal(err)
			}
			long, short := encode(t, d), encode(t, d.Record())
			back, err := scenarios.ReadRecord([]byte(short), func(id string) (scenarios.RuleList, bool) { return active.List(), id == active.ListID() })
			if err != nil {
				t.Fatal(err)
			}
			if got := encode(t, back); got != long {
				t.Errorf("it reads back as\n%s\nand was\n%s", got, long)
			}
		})
	}
	none := func(string) (scenarios.RuleList, bool) { return scenarios.RuleList{}, false }
	if _, err := scenarios.ReadRecord([]byte(`{"tried":`), none); err == nil {
		t.Error("half a record is read")
	}
	if _, err := scenarios.ReadRecord([]byte(`{"list":"gone","tried":[],"decision":{}}`), none); !errors.Is(err, scenarios.ErrNoList) {
		t.Errorf("a record whose list is gone: %v", err)
	}
}

// TestFormerRecordsAreRead: those of before the lists name each rule.
func TestFormerRecordsAreRead(t *testing.T) {
	const former = `{"tried":[{"scenario":"s","rules":["one","two"],"failed":"when","reason":"the condition is false"},{"scenario":"s","rules":["three"],"matched":true}],"decision":{"operation":"cipher.card.create","considered":null,"scenario":"s","rule":"three","plan":{}}}`
	d, err := scenarios.ReadRecord([]byte(former), nil)
	if err != nil || len(d.Considered) != 3 || d.Considered[1].Rule != "two" || d.Considered[1].Failed != "when" || !d.Considered[2].Matched || d.Rule != "three" {
		t.Errorf("%v: %+v", err, d)
	}
}

// TestRecordIsShort: what every request keeps of 200 rules does not grow with them.
func TestRecordIsShort(t *testing.T) {
	_, d, err := activate(t, rulesOf(many(200, "acehub.*", "amount > 5000"))).Plan(visa(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if short := encode(t, d.Record()); len(d.Every()) != 200 || len(short) > 400 {
		t.Errorf("%d bytes for %d rules", len(short), len(d.Every()))
	}
}

// TestUntakenShareARecord: requests that no rule took share a record as long as the
// reasons are the same; one that moved a counter, or was taken, has its own.
func TestUntakenShareARecord(t *testing.T) {
	active := activate(t, rulesOf("  - {on: acehub.*, when: amount > 5000, do: {delay: 1s}}\n  - {on: acehub.*, when: request.nothing.there > 1, do: {delay: 1s}}\n"))
	record := func(a *scenarios.Active, amount int64) *scenarios.Record {
		in := visa()
		in.Money.Minor = amount
		_, d, err := a.Plan(in, &counters{})
		if err != nil {
			t.Fatal(err)
		}
		return d.Record()
	}
	first := record(active, 100)
	if record(active, 200) != first {
		t.Error("the same reasons are told twice")
	}
	taken := record(active, 1_000_000)
	if taken == first || record(active, 1_000_000) == taken {
		t.Error("one that was taken shares its record")
	}
	if record(active, 300) != first {
		t.Error("one that was taken drove out the record of the others")
	}
	other := activate(t, rulesOf("  - {on: acehub.*, per: card, probability: 0, do: {delay: 1s}}\n"))
	if one, another := record(other, 100), record(other, 100); one == another {
		t.Error("two that moved a counter or asked chance share a record")
	}
}

// many writes rules that differ in their names alone.
func many(n int, on, when string) string {
	var rules strings.Builder
	for range n {
		fmt.Fprintf(&rules, "  - {on: %s, when: %s, do: {delay: 1s}}\n", on, when)
	}
	return rules.String()
}

func encode(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

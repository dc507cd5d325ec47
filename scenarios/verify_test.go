package scenarios_test

import (
	"testing"

	"cardsim/scenarios"

	"github.com/google/go-cmp/cmp"
)

// entry is a journal entry as its JSON reads.
func entry(id, operation, outcome string, status float64) map[string]any {
	return map[string]any{
		"id": id, "operation": operation, "outcome": outcome, "status": status, "amount": 12.5,
		"card": map[string]any{"brand": "visa", "bin": "400000", "last4": "1091"}, "request": map[string]any{"body": "long"}, "response": map[string]any{},
	}
}

func journey() []map[string]any {
	const pay = "acehub.payment.create"
	return []map[string]any{
		entry("r-1", "cardinal.lookup", "challenge", 200), entry("r-2", "cardinal.authenticate", "authenticated", 200),
		entry("r-3", pay, "declined", 400), entry("r-4", pay, "approved", 200), entry("r-5", "acehub.payment.get", "ok", 200),
	}
}

func n(i int) *int { return &i }

func demands(t *testing.T, list ...scenarios.Expectation) []scenarios.Demand {
	t.Helper()
	var all []scenarios.Demand
	for _, e := range list {
		d, err := e.Demand()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

func TestVerify(t *testing.T) {
	const pay = "acehub.payment.create"
	met := []scenarios.Expectation{
		{Operation: pay}, {Operation: pay, Count: n(2)}, {Operation: pay, AtLeast: n(2)}, {Operation: pay, AtMost: n(2)},
		{Operation: "acehub.*", Count: n(3)}, {Operation: "cipher.*", Count: n(0)}, {Operation: pay, Where: `outcome == "approved" && status == 200`, Count: n(1)},
		{Order: []string{"cardinal.lookup", pay, pay, "acehub.payment.get"}}, {Order: []string{"cardinal.*", "acehub.*"}},
	}
	if failures := scenarios.Verify(demands(t, met...), journey()); len(failures) != 0 {
		t.Errorf("failures %+v", failures)
	}
	unmet := []scenarios.Expectation{
		{Operation: "cipher.card.create"}, {Operation: pay, Count: n(3)}, {Operation: pay, AtLeast: n(3)}, {Operation: pay, AtMost: n(1)}, {Operation: pay, Count: n(0)},
		{Operation: pay, Where: "amount > 100"}, {Order: []string{pay, "cardinal.lookup"}}, {Order: []string{pay, pay, pay}}, {Order: []string{"cipher.*", pay}},
	}
	failures := scenarios.Verify(demands(t, unmet...), journey())
	if len(failures) != len(unmet) {
		t.Fatalf("%d failures, want %d", len(failures), len(unmet))
	}
	if failures := scenarios.Verify(demands(t, unmet...), nil); len(failures) != len(unmet)-2 { // no call is at most one, and none
		t.Errorf("%d failures of an empty journal", len(failures))
	}
}

// TestFailures pins what a person sees: the nearest entries first, field by field.
// TestRequestsUnderWay: they count only where the state is spoken of, and are told
// as what they are.
func TestRequestsUnderWay(t *testing.T) {
	under := entry("r-6", "acehub.payment.create", "", 0)
	under["state"] = "in-flight"
	entries := append(journey(), under)
	for where, count := range map[string]int{"": 2, `card.last4 == "1091"`: 2, `state != "done" && path == ""`: 0, `state == "in-flight"`: 1, `status > 0 || state == "in-flight"`: 3} {
		if f := scenarios.Verify(demands(t, scenarios.Expectation{Operation: "acehub.payment.create", Where: where, Count: &count}), entries); len(f) > 0 {
			t.Errorf("where %q: %s", where, f[0].Message)
		}
	}
	f := scenarios.Verify(demands(t, scenarios.Expectation{Operation: "acehub.payment.create", Count: n(3)}), entries)
	want := []scenarios.Difference{{Field: "state", Want: "answered", Got: "in-flight"}}
	if diff := cmp.Diff(want, f[0].Closest[0].Differences); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
}

func TestFailures(t *testing.T) {
	list := demands(t,
		scenarios.Expectation{Operation: "acehub.payment.create", Where: `outcome == "approved" && status == 402 && card.brand == "visa"`, Count: n(1)},
		scenarios.Expectation{Operation: "acehub.payment.create", AtMost: n(1)},
		scenarios.Expectation{Order: []string{"acehub.payment.create", "cardinal.lookup"}},
	)
	failures := scenarios.Verify(list, journey())
	golden(t, "failures.json", failures)
	if len(failures) != 3 {
		t.Fatalf("%d failures", len(failures))
	}
	first := failures[0].Closest[0]
	if want := []scenarios.Difference{{Field: "status", Want: "status == 402", Got: 200.0}}; first.Entry["id"] != "r-4" || !cmp.Equal(first.Differences, want) {
		t.Errorf("the closest is %v with %v", first.Entry["id"], first.Differences)
	}
	if _, long := first.Entry["request"]; long {
		t.Error("the entry is shown with its request")
	}
}

// Demands of a file know their scenario.
func TestDemandsOfAScenario(t *testing.T) {
	a := activate(t, "version: 1\nname: one\nexpect: [{operation: acehub.payment.create, where: 'outcome == \"failed\"'}]\n", "version: 1\nname: two\nexpect: [{operation: cipher.*}]\n")
	failures := scenarios.Verify(a.Demands(), journey())
	if len(failures) != 2 || failures[0].Scenario != "one" || failures[1].Scenario != "two" {
		t.Errorf("failures %+v", failures)
	}
}

func TestDemandsThatAreNone(t *testing.T) {
	for name, e := range map[string]scenarios.Expectation{
		"nothing": {}, "two numbers": {Operation: "x", Count: n(1), AtMost: n(1)}, "negative": {Operation: "x", Count: n(-1)},
		"order and more": {Operation: "x", Order: []string{"a", "b"}}, "where": {Operation: "x", Where: "outcom == 1"},
	} {
		if _, err := e.Demand(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

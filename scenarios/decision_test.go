package scenarios_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/scenarios"

	"github.com/google/go-cmp/cmp"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

// golden compares JSON with a file of testdata.
func golden(t *testing.T, name string, value any) {
	t.Helper()
	got, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(bytes.TrimSpace(want)), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestDecision pins what explain shows: every rule in order, and the first thing
// about each that did not match.
func TestDecision(t *testing.T) {
	a := activate(t, rulesOf(`  - {name: another operation, on: [cardinal.*, cipher.*], do: {delay: 1s}}
  - {name: is false, on: acehub.*, when: amount > 100, do: {delay: 1s}}
  - {name: cannot be evaluated, on: acehub.*, when: request.order.total > 100, do: {delay: 1s}}
  - {name: gives no truth, on: acehub.*, when: request.transaction.amount, do: {delay: 1s}}
  - {name: no flow, on: acehub.*, per: flow, sequence: [{delay: 1s}]}
  - {name: unlucky, on: acehub.*, probability: 0.25, do: {delay: 1s}}
  - {name: spent, on: acehub.*, per: card, sequence: [{delay: 1s}]}
  - on: acehub.payment.create
    per: card
    sequence: [pass, {outcome: declined, delay: {min: 1s, max: 3s}}]
  - {name: too late, on: acehub.*, do: {delay: 1s}}
`))
	c := &counters{}
	in := visa()
	in.Draws = &fixed{value: 0.5}
	inFlow(&in, "")
	plan(t, a, in, c) // takes the step of "spent"
	plan(t, a, in, c) // passes
	_, d := plan(t, a, in, c)
	golden(t, "decision.json", d)
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back scenarios.Decision
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(back); err != nil || string(again) != string(text) {
		t.Errorf("read back it is %s, %v", again, err)
	}
}

// What a caller sent in a header must not get into explain by way of an error.
func TestReasonsHideSecrets(t *testing.T) {
	a := activate(t, rulesOf("  - {on: acehub.*, when: 'int(headers[\"X-Secret\"]) > 5', do: pass}\n  - {on: acehub.*, per: 'request[headers[\"x-secret\"]].y', sequence: [pass]}\n"))
	_, d := plan(t, a, visa(), &counters{})
	if len(d.Considered) != 2 || d.Considered[0].Failed != "when" || d.Considered[1].Failed != "per" {
		t.Fatalf("considered %+v", d.Considered)
	}
	for _, one := range d.Considered {
		if contains(one.Reason, "s3cr3t") || one.Reason == "" {
			t.Errorf("the reason is %q", one.Reason)
		}
	}
}

func TestMasked(t *testing.T) {
	src := "# 4000000000001091\ncards:\n  - pan: \"4000000000001091\"\n    otp: \"135790\"\n  - {pan: '5200000000001096', \"otp\": '99'}\n  - otp:\n      \"4711\"\nrules: [{do: {outcome: declined, with: {code: 300400800}}}]\n"
	want := "# 400000******1091\ncards:\n  - pan: \"400000******1091\"\n    otp: \"******\"\n  - {pan: '520000******1096', \"otp\": '**'}\n  - otp:\n      \"****\"\nrules: [{do: {outcome: declined, with: {code: 300400800}}}]\n"
	if got := string(scenarios.Masked([]byte(src))); got != want {
		t.Errorf("masked:\n%s\nwant:\n%s", got, want)
	}
}

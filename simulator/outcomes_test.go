package simulator_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/core"
	"cardsim/simulator/simulatortest"
)

// seen is what became of a steered call. In expectations it is written out from
// the references, never computed by the product.
type seen struct {
	status int    // HTTP; 0 when the connection closed without an answer
	answer string // what the provider said, in the words of its play
	state  string // what is so afterwards, in the words of its play
}

// play makes an operation's call, all it needs before, and a look at the state
// afterwards. Only the operation's first call is steered.
type play func(t *testing.T, c *simulatortest.Client) seen

// plays are the calls of every operation.
func plays() map[string]play {
	return merged(cardtokensPlays, acehubPlays, cardinalPlays, cipherPlays, acsPlays)
}

// expectations are what each outcome must look like, by operation/outcome.
func expectations() map[string]seen {
	return merged(cardtokensOutcomes(), acehubOutcomes(), cardinalOutcomes, cipherOutcomes(), acsOutcomes())
}

func merged[V any](maps ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, m := range maps {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}

// minimum is the table of interface §6, with the names that decisions 20 adds.
var minimum = map[string]string{
	"cardtokens.token.create":     "created rejected scheme-declined scheme-timeout",
	"cardtokens.token.cryptogram": "issued rejected scheme-declined scheme-timeout",
	"acehub.payment.create": "approved declined declined-retry failed failed-retry input-error security-error unexpected-error business-rule " +
		"fraud customer-error referral pending waiting timeout",
	"acehub.payment.capture": "approved declined failed business-rule unexpected-error",
	"acehub.payment.cancel":  "approved declined failed business-rule unexpected-error",
	"acehub.payment.refund":  "approved declined failed business-rule unexpected-error",
	"cardinal.lookup":        "challenge frictionless attempted not-enrolled unavailable rejected failed bypassed timeout error",
	"cardinal.authenticate":  "authenticated attempted failed unavailable rejected signature-invalid error",
	"cipher.card.create":     cipherMinimum, "cipher.card.update": cipherMinimum, "cipher.tenant.get": cipherMinimum,
	"cipher.cardholder.get": cipherMinimum, "cipher.cardholder.update": cipherMinimum,
	"acs.challenge.open": acsMinimum, "acs.challenge.submit": acsMinimum, "acs.challenge.resend": acsMinimum, "acs.challenge.cancel": acsMinimum,
}

const (
	cipherMinimum = "ok er000 er001 er002 er003 er004"
	acsMinimum    = "authenticated failed cancelled expired card-not-found unavailable"
)

// split cuts operation/outcome.
func split(key string) (op, outcome string) {
	op, outcome, _ = strings.Cut(key, "/")
	return op, outcome
}

func TestCatalogueHoldsTheMinimum(t *testing.T) {
	has := map[string]bool{}
	for _, o := range simulator.Outcomes() {
		has[o.Operation+"/"+o.Name] = true
	}
	for op, names := range minimum {
		for _, name := range strings.Fields(names) {
			if !has[op+"/"+name] {
				t.Errorf("the catalogue has no %s of %s", name, op)
			}
		}
	}
	for key := range expectations() {
		if !has[key] {
			t.Errorf("%s is expected and not in the catalogue", key)
		}
	}
}

// TestEveryOutcome produces every outcome of every operation through a scenario.
func TestEveryOutcome(t *testing.T) {
	expected, calls := expectations(), plays()
	for _, o := range simulator.Outcomes() {
		key := o.Operation + "/" + o.Name
		t.Run(key, func(t *testing.T) {
			want, ok := expected[key]
			call := calls[o.Operation]
			if !ok || call == nil {
				t.Fatal("nobody has written down what this outcome looks like")
			}
			c := steer(t, o.Operation, o.Name, "")
			if got := call(t, c); got != want {
				t.Errorf("it shows\n  %+v, want\n  %+v", got, want)
			}
			decidedByRule(t, c, o)
		})
	}
}

// decidedByRule makes sure that the scenario was at work: what came could have come
// without it.
func decidedByRule(t *testing.T, c *simulatortest.Client, o core.Outcome) {
	t.Helper()
	var list struct {
		Items []struct{ Operation, Rule string }
	}
	if err := c.Admin(http.MethodGet, "/requests?limit=1000&operation="+o.Operation, nil, &list); err != nil {
		t.Fatal(err)
	}
	ruled := slices.ContainsFunc(list.Items, func(e struct{ Operation, Rule string }) bool { return e.Rule != "" })
	if !ruled {
		t.Errorf("no entry of %s was decided by the rule", o.Operation)
	}
}

// steer starts a simulator whose scenario gives the first call of an operation an
// outcome; with is YAML, empty for none.
func steer(t *testing.T, op, outcome, with string) *simulatortest.Client {
	t.Helper()
	if with != "" {
		with = ", with: " + with
	}
	return steerDo(t, op, fmt.Sprintf("{outcome: %s%s}", outcome, with))
}

// steerDo gives the first call of an operation any step.
func steerDo(t *testing.T, op, do string) *simulatortest.Client {
	t.Helper()
	c, _ := simulatortest.Start(t, simulator.Config{
		Scenarios: []string{scenario(t, fmt.Sprintf("{on: %s, when: call == 1, do: %s}", op, do))},
		Fixtures:  []string{settingsFor(t, op)},
	})
	// A client that keeps connections repeats a GET whose connection closed: the
	// repetition would not be steered.
	c.HTTP.Transport.(*http.Transport).DisableKeepAlives = true
	return c
}

// scenario writes a scenario of some rules, each in YAML's flow style.
func scenario(t testing.TB, rules ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scenario.yaml")
	writeFile(t, path, "version: 1\nname: one\nrules:\n  - "+strings.Join(rules, "\n  - ")+"\n")
	return path
}

// settingsFor is a fixture whose time-outs come at once, and whose lookups demand
// the data collection when that is what is played.
func settingsFor(t testing.TB, op string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.yaml")
	writeFile(t, path, fmt.Sprintf("version: 1\nsandboxes:\n  - id: default\n    settings: {cardinal: {timeoutHold: 1ms, requireReferenceId: %t}}\n", op == "acs.method"))
	return path
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// send makes a call; a connection that closed without an answer is status 0.
func send(t *testing.T, c *simulatortest.Client, method, url string, body any, header ...string) simulatortest.Answer {
	t.Helper()
	var data []byte
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
		header = append(header, "Content-Type", "application/json")
	}
	a, err := c.Do(method, url, data, header...)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	return a
}

// must stops the test at a call around the steered one that went wrong.
func must[V any](t *testing.T) func(V, error) V {
	return func(v V, err error) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

package cli_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/scenarios"
	"cardsim/simulator"
	"cardsim/simulator/cli"
	"cardsim/simulator/simulatortest"
)

// called runs the program in this process.
func called(args ...string) (code int, out, problems string) {
	var stdout, stderr bytes.Buffer
	code = cli.Main(args, cli.IO{In: strings.NewReader(""), Out: &stdout, Err: &stderr, Env: func(string) (string, bool) { return "", false }})
	return code, stdout.String(), stderr.String()
}

// offScript are the sentences of a play that did not go as it was written.
var offScript = []string{"Here the shop gives up", "was to fail in this story", "Nothing met the rule"}

// TestDemoPlaysEveryShippedScenario: each ends as its expect says, meets every rule
// of its scenario, goes as its play was written and shows no card number.
func TestDemoPlaysEveryShippedScenario(t *testing.T) {
	library, err := scenarios.Library()
	if err != nil {
		t.Fatal(err)
	}
	for _, shipped := range library {
		t.Run(shipped.Name, func(t *testing.T) {
			t.Parallel()
			code, out, problems := called("demo", "--scenario", shipped.Name)
			if code != 0 || !strings.Contains(out, "passed: the story ended as its expect says") {
				t.Fatalf("exit code %d: %s\n%s", code, problems, out)
			}
			if !strings.Contains(out, "     * the scenario's ") {
				t.Errorf("nothing is said about the scenario:\n%s", out)
			}
			for _, sentence := range offScript {
				if strings.Contains(out, sentence) {
					t.Errorf("the play does not go as it was written:\n%s", out)
				}
			}
			for _, pan := range []string{"4000000000001091", "5200000000001096"} {
				if strings.Contains(out, pan) {
					t.Errorf("a card number is shown:\n%s", out)
				}
			}
		})
	}
}

// impossible is a story that cannot end as it expects.
const impossible = `version: 1
name: impossible
rules:
  - name: never
    on: acehub.payment.create
    do: {outcome: declined}
expect:
  - {operation: acehub.payment.create, where: 'outcome == "approved"', atLeast: 1}
  - {order: [acehub.payment.create, cipher.card.create]}
`

func impossibleFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "impossible.yaml")
	if err := os.WriteFile(path, []byte(impossible), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDemoSaysWhatIsNotAsExpected: exit code 1, each demand that does not hold, and
// the entries that come closest.
func TestDemoSaysWhatIsNotAsExpected(t *testing.T) {
	code, out, problems := called("demo", "--scenario", impossibleFile(t))
	if code != 1 || !strings.Contains(problems, "did not end as its expect says") {
		t.Errorf("exit code %d: %s", code, problems)
	}
	for _, want := range []string{
		`failed: impossible: calls of acehub.payment.create where outcome == "approved": wanted at least 1, got 0`,
		" acehub.payment.create DEMO-0002: 400 declined",
		`outcome: wanted outcome == "approved", got declined`,
		"failed: impossible: cipher.card.create did not come after acehub.payment.create",
		`* the scenario's rule "never": outcome declined`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if strings.Contains(out, "passed") {
		t.Errorf("it says passed, too:\n%s", out)
	}
}

// TestDemoStoryLeavesTheRunningSimulatorAlone: a story changes nothing in the
// sandbox that others use, and its own goes when it ended well; with a token and
// strict credentials, too.
func TestDemoStoryLeavesTheRunningSimulatorAlone(t *testing.T) {
	c, sim := simulatortest.Start(t, simulator.Config{AdminToken: "secret", StrictCredentials: true, Scenarios: []string{"er000-burst", "slow-day"}})
	c.AdminToken = "secret"
	before := standing(t, c)
	for _, story := range []struct {
		scenario        string
		code, sandboxes int
	}{{"challenge-abandoned", 0, 1}, {"provider-down-for-five-calls", 0, 1}, {impossibleFile(t), 1, 2}} {
		code, out, problems := called("demo", "--scenario", story.scenario, "--url", sim.URL(), "--admin-url", sim.AdminURL(), "--admin-token", "secret")
		if code != story.code || !strings.Contains(out, "the scenarios in force in the others are as they were") {
			t.Errorf("%s: exit code %d: %s\n%s", story.scenario, code, problems, out)
		}
		if after := standing(t, c); after != before {
			t.Errorf("%s: the default sandbox stands at\n%s, before at\n%s", story.scenario, after, before)
		}
		var list struct{ Items []struct{ ID string } }
		if err := json.Unmarshal([]byte(adminSays(t, c, "")), &list); err != nil || len(list.Items) != story.sandboxes {
			t.Errorf("%s: the sandboxes are %v (%v), want %d", story.scenario, list.Items, err, story.sandboxes)
		}
	}
}

// standing is all that a story might change in the default sandbox.
func standing(t *testing.T, c *simulatortest.Client) string {
	t.Helper()
	var all strings.Builder
	for _, path := range []string{"/scenarios", "/requests", "/messages", "/cardholders", "/settings", "/payments"} {
		all.WriteString(adminSays(t, c, "/default"+path))
	}
	return all.String()
}

// adminSays reads what the admin API answers below the sandboxes.
func adminSays(t *testing.T, c *simulatortest.Client, path string) string {
	t.Helper()
	a, err := c.Do(http.MethodGet, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes"+path, nil, "Authorization", "Bearer "+c.AdminToken)
	if err != nil || a.Status != http.StatusOK {
		t.Fatalf("GET %s: HTTP %d, %v", path, a.Status, err)
	}
	return string(a.Body)
}

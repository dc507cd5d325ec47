package simulator_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/admin"
	"cardsim/simulator/simulatortest"
)

const yamlType = "application/yaml"

// decliningStory declines the first payment; its second rule is never met.
const decliningStory = `version: 1
name: declining
rules:
  - name: only others
    on: acehub.payment.create
    when: request.transaction.trackingCode startsWith "OTHER"
    do: {outcome: failed}
  - name: first one
    on: acehub.payment.create
    sequence:
      - {outcome: declined}
expect:
  - {operation: acehub.payment.create, where: 'outcome == "declined"', count: 1}
`

// putScenarios sends a body and reads the answer into v.
func putScenarios(t *testing.T, c *simulatortest.Client, media, body string, v any) int {
	t.Helper()
	a := raw(t, c, "PUT", s+"/scenarios", body, "Content-Type", media)
	if err := a.JSON(v); err != nil {
		t.Fatal(err)
	}
	return a.Status
}

func payOnce(t *testing.T, c *simulatortest.Client, number string) simulatortest.Paid {
	t.Helper()
	j, err := c.Walk(c.Env["CARDTOKENS_API_KEY"], good(number))
	if err != nil {
		t.Fatal(err)
	}
	paid, err := c.Pay(j.Payment())
	if err != nil {
		t.Fatal(err)
	}
	return paid
}

func TestScenariosOnTheAdminAPI(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	var got admin.Scenarios
	if status := putScenarios(t, c, "application/json", `{"use":["slow-day","not-enrolled"]}`, &got); status != 200 || len(got.Active) != 2 ||
		got.Active[0].Name != "slow-day" || got.Active[0].Source != "shipped" || len(got.Available) < 25 {
		t.Fatalf("HTTP %d %+v", status, got)
	}
	if status := putScenarios(t, c, yamlType, decliningStory+"---\nversion: 1\nname: second\nrules: []\n", &got); status != 200 || len(got.Active) != 2 ||
		got.Active[0].Source != "admin api" || len(got.Active[0].Rules) != 2 || !got.Active[0].Rules[0].Unused || got.Active[0].Error != nil {
		t.Fatalf("HTTP %d %+v", status, got)
	}
	for media, body := range map[string]string{"application/json": `{"use":[]}`, yamlType: ""} {
		putScenarios(t, c, "text/yaml; charset=utf-8", decliningStory, &got)
		if status := putScenarios(t, c, media, body, &got); status != 200 || len(got.Active) != 0 {
			t.Errorf("%s %q: HTTP %d %+v", media, body, status, got)
		}
	}
}

func TestRefusedScenariosLeaveTheOldOnes(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	var before, after admin.Scenarios
	putScenarios(t, c, yamlType, decliningStory, &before)
	tests := []struct {
		name, media, body string
		status            int
		want              []admin.ProblemError // of a Detail its beginning
	}{
		{"every problem", yamlType, "version: 1\nname: bad\nrules:\n  - {on: acehub.payment.create, do: {outcome: declind}}\n  - {on: acehub.payment.create, do: {outcome: approved}, twice: 1}\n", 422, []admin.ProblemError{
			{Line: 4, Column: 47, Detail: `outcome "declind" does not exist`}, {Line: 5, Column: 58, Detail: `unknown key "twice"`},
		}},
		{"the same name twice", yamlType, decliningStory + "---\n" + decliningStory, 422, []admin.ProblemError{{Line: 16, Column: 7, Detail: "there are two scenarios named"}}},
		{"unknown names", "application/json", `{"use":["not-enroled","slow-day","/etc/passwd","slow-day"]}`, 422, []admin.ProblemError{
			{Pointer: "/use/0", Detail: `there is no shipped scenario "not-enroled"; did you mean "not-enrolled"?`},
			{Pointer: "/use/2", Detail: `there is no shipped scenario "/etc/passwd"`}, {Pointer: "/use/3", Detail: `"slow-day" is named twice`},
		}},
		{"no use", "application/json", `{}`, 422, nil},
		{"no JSON", "application/json", `{"use":`, 400, nil},
		{"another type", "application/x-www-form-urlencoded", decliningStory, 415, nil},
		{"too much", yamlType, strings.Repeat("#", 1<<20+1), 413, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p admin.Problem
			if status := putScenarios(t, c, tt.media, tt.body, &p); status != tt.status || p.Status != tt.status || len(p.Errors) != len(tt.want) {
				t.Fatalf("HTTP %d %+v", status, p)
			}
			for i, want := range tt.want {
				got := p.Errors[i]
				if got.Pointer != want.Pointer || got.Line != want.Line || got.Column != want.Column || !strings.HasPrefix(got.Detail, want.Detail) {
					t.Errorf("problem %d: %+v", i, got)
				}
			}
			if err := c.Admin("GET", "/scenarios", nil, &after); err != nil || len(after.Active) != 1 || after.Active[0].Name != "declining" {
				t.Errorf("what is active: %+v %v", after.Active, err)
			}
		})
	}
}

func TestExplain(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	var ignored admin.Scenarios
	putScenarios(t, c, yamlType, decliningStory, &ignored)
	if paid := payOnce(t, c, "WHY-1"); paid.Result == 0 {
		t.Fatalf("not declined: %s", paid.Raw)
	}
	entries, err := c.Journal("acehub.payment.create")
	if err != nil || len(entries) != 1 {
		t.Fatalf("%+v %v", entries, err)
	}
	var got struct {
		Request  struct{ ID, Outcome, Rule string }
		Decision struct {
			Considered []struct {
				Rule, Failed, Reason string
				Matched              bool
			}
			Rule     string
			Step     int
			Counters []struct{ Counts string }
			Plan     struct{ Outcome string }
		}
		Clock  struct{ Mode, Now string }
		State  []struct{ Table, Key string }
		Unused []admin.UnusedRule
	}
	if err := c.Admin("GET", "/requests/"+entries[0].ID+"/explain", nil, &got); err != nil {
		t.Fatal(err)
	}
	d := got.Decision
	if got.Request.ID != entries[0].ID || got.Request.Outcome != "declined" || got.Request.Rule != "first one" || d.Plan.Outcome != "declined" || d.Rule != "first one" || d.Step != 1 || len(d.Counters) == 0 {
		t.Errorf("%+v", got)
	}
	if len(d.Considered) != 2 || d.Considered[0].Matched || d.Considered[0].Failed != "when" || d.Considered[0].Reason == "" || !d.Considered[1].Matched {
		t.Errorf("considered %+v", d.Considered)
	}
	if got.Clock.Mode != "real" || got.Clock.Now == "" || len(got.State) == 0 || len(got.Unused) != 1 || got.Unused[0] != (admin.UnusedRule{Scenario: "declining", Rule: "only others"}) {
		t.Errorf("clock %+v, state %+v, unused %+v", got.Clock, got.State, got.Unused)
	}
	if a := raw(t, c, "GET", s+"/requests/r-999999/explain", ""); a.Status != http.StatusNotFound {
		t.Errorf("HTTP %d %s", a.Status, a.Body)
	}
}

// TestExplainWithoutScenarios shows what there is when nothing steers.
func TestExplainWithoutScenarios(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	payOnce(t, c, "WHY-2")
	entries, err := c.Journal("acehub.payment.create")
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]json.RawMessage
	if err := c.Admin("GET", "/requests/"+entries[0].ID+"/explain", nil, &got); err != nil {
		t.Fatal(err)
	}
	if string(got["decision"]) != "null" || string(got["unused"]) != "[]" || len(got["state"]) < 10 || len(got["clock"]) < 10 {
		t.Errorf("%s", got)
	}
	if strings.Contains(string(got["request"]), `"response"`) {
		t.Errorf("the entry has its bodies: %s", got["request"])
	}
}

func TestVerify(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	var ignored admin.Scenarios
	putScenarios(t, c, yamlType, decliningStory, &ignored)
	tests := []struct {
		name, body string
		status     int
		want       []string // in each failure's message
	}{
		{"too early for the active ones", "", 409, []string{`wanted exactly 1, got 0`}},
		{"nothing is demanded", `{}`, 422, nil},
		{"unknown member", `{"calls":[{"op":"x"}]}`, 400, nil},
		{"PAY", "", 0, nil},
		{"the active ones hold", "", 200, nil},
		{"count", `{"calls":[{"operation":"acehub.payment.create","count":1}]}`, 200, nil},
		{"where", `{"calls":[{"operation":"acehub.*","where":"outcome == \"declined\" && response.body != \"\"","atLeast":1}]}`, 200, nil},
		{"order", `{"order":["cardtokens.token.create","cardinal.lookup","acehub.payment.create"]}`, 200, nil},
		{"both fail", `{"calls":[{"operation":"acehub.payment.create","atMost":0}],"order":["acehub.payment.create","cardinal.lookup"]}`, 409, []string{
			"wanted at most 0, got 1", "cardinal.lookup did not come after acehub.payment.create",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.status == 0 {
				payOnce(t, c, "VERIFY-1")
				return
			}
			a := raw(t, c, "POST", s+"/verify", tt.body)
			var got admin.Verdict
			if err := a.JSON(&got); err != nil || a.Status != tt.status || got.Passed != (tt.status == 200) || len(got.Failures) != len(tt.want) {
				t.Fatalf("HTTP %d %s %v", a.Status, a.Body, err)
			}
			for i, want := range tt.want {
				if !strings.Contains(got.Failures[i].Message, want) {
					t.Errorf("failure %d: %+v", i, got.Failures[i])
				}
			}
			if tt.name == "both fail" && len(got.Failures[0].Closest) != 1 {
				t.Errorf("no entry is shown: %+v", got.Failures[0])
			}
		})
	}
}

func TestVerifyPlacesWhatIsWrong(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	a := raw(t, c, "POST", s+"/verify", `{"calls":[{"operation":"acehub.*","where":"status == 200 &&\n outcom == \"x\""},{"count":1},{"operation":"acehub.*","count":1,"atMost":2}]}`)
	var p admin.Problem
	if err := a.JSON(&p); err != nil || a.Status != 422 || len(p.Errors) != 3 {
		t.Fatalf("HTTP %d %s %v", a.Status, a.Body, err)
	}
	if e := p.Errors[0]; e.Pointer != "/calls/0/where" || e.Line != 2 || e.Column != 2 || !strings.Contains(e.Detail, "outcome") {
		t.Errorf("%+v", e)
	}
	if p.Errors[1].Pointer != "/calls/1" || p.Errors[2].Pointer != "/calls/2" || !strings.Contains(p.Errors[2].Detail, "do not belong together") {
		t.Errorf("%+v", p.Errors[1:])
	}
}

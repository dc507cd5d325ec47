package simulator_test

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// numbers reads the metrics as Prometheus would.
func numbers(t *testing.T, c *simulatortest.Client, header ...string) (map[string]*dto.MetricFamily, []byte) {
	t.Helper()
	a := raw(t, c, http.MethodGet, "/metrics", "", header...)
	if a.Status != http.StatusOK {
		t.Fatalf("HTTP %d %s", a.Status, a.Body)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(a.Body))
	if err != nil {
		t.Fatal(err)
	}
	return families, a.Body
}

// sum adds up a family's numbers (of a histogram: how many were observed) whose
// labels are as given, name=value.
func sum(families map[string]*dto.MetricFamily, name string, labels ...string) (n float64) {
	for _, m := range families[name].GetMetric() {
		if fitsLabels(m, labels) {
			n += m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return n
}

func fitsLabels(m *dto.Metric, want []string) bool {
	fit := 0
	for _, l := range m.GetLabel() {
		for _, w := range want {
			if w == l.GetName()+"="+l.GetValue() {
				fit++
			}
		}
	}
	return fit == len(want)
}

// secretStory has names, an answer and a status that nobody else has.
const secretStory = `version: 1
name: zanzibar-story
rules:
  - name: zanzibar-rule
    on: acehub.payment.create
    when: request.transaction.trackingCode startsWith "OWN"
    do: {respond: {status: 499, body: '{"zanzibar": 1}'}}
  - name: zanzibar-declined
    on: acehub.payment.create
    when: request.transaction.trackingCode startsWith "DECLINED"
    do: {outcome: declined}
  - name: zanzibar-gone
    on: cardtokens.token.status
    do: {fault: {kind: http, status: 503, at: after-validation}}
`

func TestMetricsCountKnownTraffic(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{Version: "1.2.3"})
	j, _ := journeyTo(t, c, "METRICS-1")
	var ignored any
	putScenarios(t, c, yamlType, secretStory, &ignored)
	for _, code := range []string{"OWN-1", "OWN-2", "DECLINED-1"} {
		payCard(t, c, "4000000000001000", code)
	}
	if _, err := c.TokenStatus(j.Key, j.Token.TokenID); err == nil {
		t.Error("the fault was not served")
	}
	for _, path := range []string{"/api/zanzibar", "/zanzibar"} {
		_, err := c.Do(http.MethodGet, c.Env["CARDSIM_URL"]+path, nil)
		did(t, err)
	}
	stream := openEvents(t, c, "", "")
	stream.want("ready")
	did(t, create(c, map[string]any{"id": "zanzibar-box"}, &ignored))

	got, text := numbers(t, c)
	for _, want := range []struct {
		n      float64
		name   string
		labels []string
	}{
		{1, "cardsim_requests_total", []string{"operation=cardinal.lookup", "provider=cardinal", "outcome=challenge", "status=200"}},
		{1, "cardsim_requests_total", []string{"operation=cardinal.authenticate", "outcome=authenticated"}},
		{1, "cardsim_requests_total", []string{"operation=cardtokens.token.create", "outcome=created"}},
		{1, "cardsim_requests_total", []string{"operation=cardtokens.token.cryptogram", "outcome=issued"}},
		{4, "cardsim_requests_total", []string{"operation=acehub.payment.create"}},
		{2, "cardsim_requests_total", []string{"operation=acehub.payment.create", "status=other"}},
		{1, "cardsim_requests_total", []string{"operation=acehub.payment.create", "outcome=declined", "status=400"}},
		{1, "cardsim_requests_total", []string{"operation=cardtokens.token.status", "outcome=fault http", "status=503"}},
		{1, "cardsim_requests_total", []string{"provider=cardtokens", "operation=none", "status=404"}},
		{1, "cardsim_requests_total", []string{"provider=none", "operation=none", "outcome=none", "status=404"}},
		{4, "cardsim_request_duration_seconds", []string{"operation=acehub.payment.create"}},
		{3, "cardsim_rules_matched_total", []string{"operation=acehub.payment.create"}},
		{1, "cardsim_faults_total", []string{"kind=http", "at=after-validation"}},
		{1, "cardsim_faults_total", nil},
		{10, "cardsim_journal_entries", nil}, {0, "cardsim_journal_in_flight", nil}, {0, "cardsim_journal_dropped_total", nil},
		{2, "cardsim_sandboxes", nil}, {1, "cardsim_events_subscribers", nil}, {1, "cardsim_build_info", []string{"version=1.2.3"}},
	} {
		if n := sum(got, want.name, want.labels...); n != want.n {
			t.Errorf("%s %q is %v, want %v", want.name, want.labels, n, want.n)
		}
	}
	for _, name := range []string{"cardsim_uptime_seconds", "cardsim_store_commits_total", "cardsim_store_file_bytes", "cardsim_journal_bytes", "go_goroutines"} {
		if sum(got, name) <= 0 {
			t.Errorf("%s is %v", name, sum(got, name))
		}
	}
	if commits := sum(got, "cardsim_store_commits_total"); commits != sum(got, "cardsim_store_commit_size") || commits != sum(got, "cardsim_store_commit_duration_seconds") {
		t.Errorf("%v commits, sizes of %v", commits, sum(got, "cardsim_store_commit_size"))
	}
	if bytes.Contains(text, []byte("zanzibar")) || strings.Contains(string(text), `"499"`) {
		t.Error("what a user made up became a label")
	}
	if n := sum(got, "cardsim_requests_total", "outcome=other"); n != 0 {
		t.Errorf("%v requests have an outcome that is in no catalogue", n)
	}
	problems, err := promlint.New(bytes.NewReader(text)).Lint()
	if err != nil || len(problems) > 0 {
		t.Errorf("promlint: %+v, %v", problems, err)
	}
}

func TestMetricsAreBehindTheToken(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{AdminToken: "let-me-in"})
	if a := raw(t, c, http.MethodGet, "/metrics", ""); a.Status != http.StatusUnauthorized {
		t.Errorf("without the token: HTTP %d", a.Status)
	}
	got, _ := numbers(t, c, "Authorization", "Bearer let-me-in")
	if sum(got, "cardsim_sandboxes") != 1 {
		t.Error("with the token there are no numbers")
	}
}

// TestRunningChallengesAreCounted by what runs: not what has ended, whether somebody
// ended it or its time ran out, of every sandbox, and the same after a restart.
func TestRunningChallengesAreCounted(t *testing.T) {
	data := filepath.Join(t.TempDir(), "cardsim.db")
	c, run := startOn(t, simulator.Config{Data: data})
	running := func(want float64) {
		t.Helper()
		got, _ := numbers(t, c)
		if n := sum(got, "cardsim_challenges_running"); n != want || got["cardsim_challenges_running"] == nil {
			t.Errorf("%v run, want %v", n, want)
		}
	}
	running(0)
	here := &timed{tale: tale{t, c}}
	here.set(leapDay)
	_, cancelled := here.asked()
	here.asked()
	running(2)
	_, err := c.Act(cancelled.ID, map[string]string{"action": "cancel"})
	did(t, err)
	running(1)
	other, err := run.CreateSandbox(simulator.SandboxOptions{ID: "other"})
	did(t, err)
	there := &timed{tale: tale{t, simulatortest.New(other.Env)}}
	there.asked()
	running(2)
	did(t, run.Close())
	c, run = startOn(t, simulator.Config{Data: data})
	here.c = c
	running(2)
	here.advance("5m")
	running(1)
	did(t, run.Close())
}

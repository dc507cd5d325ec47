package simulator_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/admin"
	"cardsim/simulator/clock"
	"cardsim/simulator/simulatortest"
)

// found is a list or an answer of count and wait.
type found struct {
	Count int
	Items []simulatortest.Entry
	Next  *string
}

func (f found) operations() []string {
	var list []string
	for _, e := range f.Items {
		list = append(list, e.Operation)
	}
	return list
}

// asked sends a search and wants an answer with this status.
func asked(t *testing.T, c *simulatortest.Client, what, body string, status int) (f found) {
	t.Helper()
	a := raw(t, c, http.MethodPost, s+"/requests/"+what, body)
	if a.Status != status {
		t.Fatalf("%s %s: HTTP %d %s", what, body, a.Status, a.Body)
	}
	if err := a.JSON(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// listed reads the list with a query.
func listed(t *testing.T, c *simulatortest.Client, query string) (f found) {
	t.Helper()
	a := raw(t, c, http.MethodGet, s+"/requests?"+query, "")
	if a.Status != http.StatusOK {
		t.Fatalf("%s: HTTP %d %s", query, a.Status, a.Body)
	}
	if err := a.JSON(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// shopped is a simulator in which one journey went well and one card was declined.
func shopped(t *testing.T) *simulatortest.Client {
	t.Helper()
	c, _ := simulatortest.Start(t, simulator.Config{})
	journeyTo(t, c, "SEARCH-1")
	if paid := payCard(t, c, "5200000000001096", "SEARCH-2"); paid.Result != 0 {
		t.Fatalf("%s", paid.Raw)
	}
	if a, err := c.Holder("nobody"); err != nil || a.Status != http.StatusNotFound {
		t.Fatalf("HTTP %d %v", a.Status, err)
	}
	return c
}

const paying = "acehub.payment.create"

func TestRequestsAreFiltered(t *testing.T) {
	c := shopped(t)
	flow := newest(t, c, "cardinal.lookup").Flow
	whole := []string{"cipher.cardholder.get", paying, paying, "cardtokens.token.cryptogram", "cardinal.authenticate", "cardinal.lookup", "cardtokens.token.create"}
	tests := []struct {
		name  string
		query url.Values
		want  []string
	}{
		{"all", nil, whole},
		{"operation", url.Values{"operation": {paying}}, whole[1:3]},
		{"pattern", url.Values{"operation": {"cardinal.*"}}, whole[4:6]},
		{"flow", url.Values{"flow": {flow}}, whole[2:]},
		{"last four", url.Values{"card": {"1096"}}, whole[1:2]},
		{"bin and last four", url.Values{"card": {"400000…1091"}, "operation": {"acehub.*"}}, whole[2:3]},
		{"masked", url.Values{"card": {"520000******1096"}}, whole[1:2]},
		{"outcome", url.Values{"outcome": {"er003"}}, whole[:1]},
		{"where", url.Values{"where": {`status == 404 || card.last4 == "1096"`}}, whole[:2]},
		{"where in a body", url.Values{"where": {`request.body contains "SEARCH-2"`}}, whole[1:2]},
		{"text", url.Values{"text": {"search-2"}}, whole[1:2]},
		{"state", url.Values{"state": {"in-flight"}}, nil},
		{"since", url.Values{"since": {"2999-01-01T00:00:00Z"}}, nil},
		{"limit", url.Values{"limit": {"1"}, "operation": {paying}}, whole[1:2]},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := listed(t, c, tt.query.Encode()).operations(); !slices.Equal(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	var paged []string
	for query := "limit=3"; query != ""; {
		page := listed(t, c, query)
		paged = append(paged, page.operations()...)
		if query = ""; page.Next != nil {
			query = "limit=3&after=" + *page.Next
		}
	}
	if !slices.Equal(paged, whole) {
		t.Errorf("page by page %q", paged)
	}
}

func TestRequestsRefuseWhatTheyDoNotKnow(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	tests := []struct{ method, path, body, status, detail string }{
		{"GET", "?operatoin=x", "", "400", `this list knows no parameter "operatoin"; did you mean "operation"?`},
		{"GET", "?colour=x", "", "400", `this list knows no parameter "colour"; it knows operation, flow`},
		{"GET", "?flow=a&flow=b", "", "400", "the parameter flow is given twice"},
		{"GET", "?operation=acehub.paymnet.create", "", "400", `operation: unknown operation "acehub.paymnet.create"; did you mean "acehub.payment.create"?`},
		{"GET", "?card=4000000000001091", "", "400", "card is the last four digits"},
		{"GET", "?state=gone", "", "400", "state is in-flight or done"},
		{"GET", "?after=x", "", "400", "after is the next"},
		{"GET", "?limit=1001", "", "400", "limit is a whole number from 1 to 1000"},
		{"GET", "?where=outcom", "", "400", `did you mean \"outcome\"?`},
		{"GET", "/har?operatoin=x", "", "400", `did you mean "operation"?`},
		{"POST", "/count", `{"operation":"acehub.paymnet.create"}`, "422", `"/operation"`},
		{"POST", "/find", `{"where":"status = 1"}`, "422", `"line":1,"column":8`},
		{"POST", "/wait", `{"timeout":"6m"}`, "422", "Go duration from 0s to 5m"},
		{"POST", "/wait", `{"timeout":"soon"}`, "422", "Go duration from 0s to 5m"},
		{"POST", "/wait", `{"count":0}`, "422", "at least 1 entry"},
		{"POST", "/find", `{"limit":0,"after":"x"}`, "422", `"/after"`},
		{"POST", "/find", `{"opration":""}`, "400", "unknown field"},
		{"GET", "/count", "", "404", `no request "count"`},
	}
	for _, tt := range tests {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			a := raw(t, c, tt.method, s+"/requests"+tt.path, tt.body)
			text := strings.NewReplacer(`\"`, `"`).Replace(string(a.Body))
			if fmt.Sprint(a.Status) != tt.status || !strings.Contains(text, strings.ReplaceAll(tt.detail, `\"`, `"`)) || a.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("HTTP %d %s", a.Status, a.Body)
			}
		})
	}
}

func TestRequestsAreCountedAndFound(t *testing.T) {
	c := shopped(t)
	for body, want := range map[string]int{
		"": 7, "{}": 7, `{"operation":"acehub.*"}`: 2, `{"where":"status == 404"}`: 1, `{"operation":"acehub.*","where":"amount > 100","timeout":"1s","count":5}`: 1,
		`{"where":"state == \"in-flight\""}`: 0, `{"flow":"none"}`: 0,
	} {
		if got := asked(t, c, "count", body, 200); got.Count != want {
			t.Errorf("count %s: %d, want %d", body, got.Count, want)
		}
	}
	first := asked(t, c, "find", `{"operation":"acehub.*","limit":1}`, 200)
	if len(first.Items) != 1 || first.Next == nil {
		t.Fatalf("%+v", first)
	}
	rest := asked(t, c, "find", `{"operation":"acehub.*","limit":1,"after":"`+*first.Next+`"}`, 200)
	if len(rest.Items) != 1 || rest.Next != nil || rest.Items[0].ID >= first.Items[0].ID {
		t.Errorf("%+v then %+v", first, rest)
	}
	if a := raw(t, c, http.MethodPost, s+"/requests/find", ""); strings.Contains(string(a.Body), `"request":`) {
		t.Error("find shows what lists leave out")
	}
}

func TestRequestsAreCleared(t *testing.T) {
	c := shopped(t)
	if a := raw(t, c, http.MethodDelete, s+"/requests", ""); a.Status != http.StatusNoContent || len(a.Body) > 0 {
		t.Errorf("HTTP %d %s", a.Status, a.Body)
	}
	if f := listed(t, c, ""); len(f.Items) != 0 {
		t.Errorf("%+v", f)
	}
	if paid := payCard(t, c, "4000000000001091", "SEARCH-2"); paid.Result == 0 {
		t.Error("the payments went, too: a tracking code is free again")
	}
}

// TestWaitHearsWhatIsAnswered: the entry is there before the caller has his answer,
// so that a wait behind it never waits, and one before it is woken.
func TestWaitHearsWhatIsAnswered(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	var waits sync.WaitGroup
	for n := range 20 {
		waits.Go(func() {
			body := fmt.Sprintf(`{"operation":"acehub.payment.create","where":"reference == \"WAIT-%d\"","timeout":"1m","count":1}`, n)
			a, err := c.Do(http.MethodPost, c.Env["CARDSIM_ADMIN_URL"]+s+"/requests/wait", []byte(body))
			var f found
			if err != nil || a.Status != http.StatusOK || a.JSON(&f) != nil || f.Count != 1 || len(f.Items) != 1 {
				t.Errorf("HTTP %d %s %v", a.Status, a.Body, err)
			}
		})
	}
	for n := range 20 {
		payCard(t, c, "4000000000001091", fmt.Sprintf("WAIT-%d", n))
		asked(t, c, "wait", fmt.Sprintf(`{"where":"reference == \"WAIT-%d\"","timeout":"0s"}`, n), 200)
	}
	waits.Wait()
}

func TestWaitTellsWhatComesClosest(t *testing.T) {
	c := shopped(t)
	a := raw(t, c, http.MethodPost, s+"/requests/wait", `{"operation":"acehub.payment.create","where":"reference == \"SEARCH-2\" && outcome == \"declined\"","timeout":"10ms"}`)
	var late admin.WaitTimeout
	if err := a.JSON(&late); err != nil || a.Status != http.StatusRequestTimeout || a.Header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("HTTP %d %s %v", a.Status, a.Body, err)
	}
	if late.Status != 408 || late.Count != 0 || !strings.HasSuffix(late.Detail, "wanted 1 within 10ms, found 0") || len(late.Closest) != 3 {
		t.Fatalf("%s", a.Body)
	}
	nearest := late.Closest[0]
	if nearest.Entry["reference"] != "SEARCH-2" || len(nearest.Differences) != 1 || nearest.Differences[0].Field != "outcome" || nearest.Differences[0].Got != "approved" {
		t.Errorf("%+v", nearest)
	}
	partly := asked(t, c, "wait", `{"operation":"acehub.payment.create","count":3,"timeout":"0s"}`, 408)
	if partly.Count != 2 || len(partly.Items) != 2 {
		t.Errorf("%+v", partly)
	}
}

// TestCloseEndsWaits: whoever waits is told at once.
func TestCloseEndsWaits(t *testing.T) {
	c, sim := simulatortest.Start(t, simulator.Config{})
	const waits = 200
	answers := make(chan int, waits)
	for range waits {
		go func() {
			a, err := c.Do(http.MethodPost, c.Env["CARDSIM_ADMIN_URL"]+s+"/requests/wait", []byte(`{"timeout":"5m"}`))
			if err != nil {
				a.Status = 0 // it came too late to be heard
			}
			answers <- a.Status
		}()
	}
	asked(t, c, "count", "", 200) // the listener is at work
	watch := clock.StartStopwatch()
	if err := sim.Close(); err != nil {
		t.Fatal(err)
	}
	if took := watch.Elapsed(); took > time.Second {
		t.Errorf("Close took %s", took)
	}
	for range waits {
		if status := <-answers; status != http.StatusServiceUnavailable && status != 0 {
			t.Errorf("HTTP %d", status)
		}
	}
}

// TestJournalSurvivesARestart when the store does: what was asked, and how the
// answer came about.
func TestJournalSurvivesARestart(t *testing.T) {
	cfg := simulator.Config{Data: t.TempDir() + "/cardsim.db", JournalEntries: 3}
	c, sim := simulatortest.Start(t, cfg)
	journeyTo(t, c, "KEPT-1")
	before := listed(t, c, "")
	if len(before.Items) != 3 {
		t.Fatalf("%d entries, 3 are the bound", len(before.Items))
	}
	if err := sim.Close(); err != nil {
		t.Fatal(err)
	}
	c, _ = simulatortest.Start(t, cfg)
	after := listed(t, c, "")
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("before %+v\nafter %+v", before, after)
	}
	if a := raw(t, c, http.MethodGet, s+"/requests/"+after.Items[0].ID+"/explain", ""); a.Status != http.StatusOK || !strings.Contains(string(a.Body), "payments") {
		t.Errorf("HTTP %d %s", a.Status, a.Body)
	}
}

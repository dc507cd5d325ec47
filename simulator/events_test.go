package simulator_test

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// TestEventsTellOfAJourney: every thing of a journey is told of with the id that
// its list has, in order, and nothing that must not be told.
func TestEventsTellOfAJourney(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	stream := openEvents(t, c, "", "")
	stream.want("ready")
	enrolled, err := c.Enrol(journeysCard, "V1", "+4598765432")
	did(t, err)
	j, paid := journeyTo(t, c, "EVENTS-1")
	messages, err := c.Messages()
	if err != nil || len(messages) != 1 {
		t.Fatalf("%v %v", messages, err)
	}
	payment := paid.Body.Transaction.ID
	actOn(t, c, payment, "capture", "EVENTS-CAP", 50)
	did(t, c.DeleteToken(j.Key, j.Token.TokenID))
	did(t, c.SetCardState(enrolled.CardID, "DISABLED"))
	list := stream.until("the mark", mark(t, c))

	challenges, err := c.Challenges()
	did(t, err)
	for _, want := range []struct{ kind, id, told string }{
		{"cardholder", enrolled.CardID, "created ENABLED, changed DISABLED"},
		{"token", j.Token.TokenID, "created ACTIVE, changed DEACTIVATED"},
		{"transaction", j.Lookup["TransactionId"], "created C, changed Y, changed Y"},
		{"challenge", challenges[0].ID, "created pending, changed finished"},
		{"message", "msg-0000000001", "created sms"},
		{"payment", payment, "created approved, changed"},
	} {
		var got []string
		for _, e := range chosen(list, want.kind, want.id) {
			got = append(got, strings.TrimSpace(e.Action+" "+e.State))
			if e.Sandbox != "default" || e.Entry != nil {
				t.Errorf("%s: %s", want.kind, e.data)
			}
		}
		if strings.Join(got, ", ") != want.told {
			t.Errorf("%s %s: %q, want %q", want.kind, want.id, got, want.told)
		}
	}
	requestsOf(t, list)
	for _, secret := range []string{journeysCard, j.Token.Token, j.Cryptogram.Cryptogram, j.Auth["Cavv"], messages[0].Code, "+4598765432"} {
		for _, e := range list {
			if secret != "" && strings.Contains(e.data, secret) {
				t.Errorf("%s is told: %s", secret, e.data)
			}
		}
	}
}

// requestsOf checks that every request was told of twice, as lists have it.
func requestsOf(t *testing.T, list []streamed) {
	t.Helper()
	seen := map[string]string{}
	last := 0
	for _, e := range list {
		if n := number(t, e.id); n <= last {
			t.Errorf("id %s comes after %d", e.id, last)
		} else {
			last = n
		}
		if e.Kind != "request" {
			continue
		}
		seen[e.ID] += e.Action + " " + e.State + ";"
		if e.Entry == nil || e.Entry.ID != e.ID || e.Entry.State != e.State || strings.Contains(e.data, `"headers"`) || strings.Contains(e.data, `"decision"`) {
			t.Errorf("request %s: %s", e.ID, e.data)
		}
	}
	if len(seen) != 9 {
		t.Errorf("%d requests: %v", len(seen), seen)
	}
	for id, told := range seen {
		if told != "created in-flight;changed done;" {
			t.Errorf("%s was told of as %s", id, told)
		}
	}
}

// TestEventsTellOfASandbox: what is done to a sandbox by the admin API.
func TestEventsTellOfASandbox(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	stream := openEvents(t, c, "?sandbox=team", "")
	stream.want("ready")
	var made sandboxAnswer
	did(t, create(c, map[string]any{"id": "team", "scenarios": []string{"slow-day"}}, &made))
	stream.want("sandbox created")
	team := in(c, "team")
	adminCall(t, c, "PUT", "/team/clock", `{"mode":"frozen","now":"2026-01-02T03:04:05Z"}`)
	stream.want("clock changed frozen")
	adminCall(t, c, "POST", "/team/clock/advance", `{"by":"1h"}`)
	stream.want("clock changed frozen")
	adminCall(t, c, "PATCH", "/team/settings", `{"acehub":{"cavvAmount":"exact"}}`)
	stream.want("settings changed")
	adminCall(t, c, "PATCH", "/team/settings", `{"acehub":{"cavvAmount":"exact"}}`) // as it is: nothing to tell
	adminCall(t, c, "PUT", "/team/scenarios", `{"use":["not-enrolled"]}`)
	stream.want("scenarios changed")
	adminCall(t, c, "PUT", "/team/scenarios", `{"use":["no-such-story"]}`) // refused: nothing to tell
	adminCall(t, c, "PUT", "/team/cards", givenCards)
	stream.want("card changed")
	adminCall(t, c, "POST", "/team/reset", "")
	stream.want("sandbox reset")
	if _, err := team.Lookup(good("TEAM-1")); err != nil {
		t.Fatal(err)
	}
	stream.until("the answer", func(e streamed) bool {
		return e.told() == "request changed done" && e.Entry.Operation == "cardinal.lookup"
	})
	file, err := team.Do("GET", c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/team/export", nil)
	did(t, err)
	adminCall(t, c, "PUT", "/team/import", string(file.Body))
	stream.want("sandbox imported")
	adminCall(t, c, "DELETE", "/team", "")
	if e := stream.want("sandbox deleted"); e.ID != "team" || e.Sandbox != "team" {
		t.Errorf("%+v", e)
	}
}

// TestEventsTellOfReloads: a changed file that is taken, and one that is not.
func TestEventsTellOfReloads(t *testing.T) {
	file := filepath.Join(t.TempDir(), "story.yaml")
	write(t, file, oneRule("first", "do: {outcome: declined}"))
	c, _ := simulatortest.Start(t, simulator.Config{Scenarios: []string{file}})
	stream := openEvents(t, c, "?kind=scenarios,settings", "")
	stream.want("ready")
	replace(t, file, "version: 1\nname: story\nrulez: []\n")
	if e := stream.want("scenarios refused"); !strings.Contains(e.Detail, "story.yaml:3:1") {
		t.Errorf("%+v", e)
	}
	replace(t, file, oneRule("second", "do: {outcome: declined}"))
	stream.want("scenarios changed")
	did(t, os.Remove(file))
}

func TestEventsAreReplayed(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	stream := openEvents(t, c, "", "")
	ready := stream.want("ready")
	if stream.retry == "" {
		t.Error("the stream does not say when to come back")
	}
	did(t, c.Admin("PUT", "/clock", map[string]string{"mode": "frozen"}, nil))
	frozen := stream.want("clock changed frozen")
	stream.close()
	for range 3 {
		_, err := c.Lookup(good("MISSED"))
		did(t, err)
	}
	did(t, c.Admin("PUT", "/clock", map[string]string{"mode": "real"}, nil))

	again := openEvents(t, c, "?after="+ready.id, frozen.id) // the header is newer
	if e := again.want("ready"); e.id != frozen.id {
		t.Errorf("it goes on behind %s, not %s", e.id, frozen.id)
	}
	missed := again.until("the clock", func(e streamed) bool { return e.told() == "clock changed real" })
	if len(chosen(missed, "request", "")) != 6 || len(chosen(missed, "transaction", "")) != 3 {
		t.Errorf("missed %d", len(missed))
	}
	byQuery := openEvents(t, c, "?kind=clock&after="+ready.id, "")
	byQuery.want("ready")
	if e := byQuery.want("clock changed frozen"); e.id != frozen.id {
		t.Errorf("the same event was %s and is %s", frozen.id, e.id)
	}
	if e := byQuery.want("clock changed real"); e.id != missed[len(missed)-1].id {
		t.Errorf("the same event was %s and is %s", missed[len(missed)-1].id, e.id)
	}
}

// TestEventsThatAreLost: a position of another process, and one that is long past,
// are told by a reset; the stream goes on from there.
func TestEventsThatAreLost(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	foreign := openEvents(t, c, "", "dmx4y8-17")
	start := foreign.want("reset").id
	for range 4097 {
		mark(t, c)
	}
	foreign.close()
	stream := openEvents(t, c, "", start)
	if e := stream.want("reset"); number(t, e.id) != 4097 {
		t.Errorf("it stands at %s", e.id)
	}
	mark(t, c)
	if e := stream.want("journal cleared"); number(t, e.id) != 4098 {
		t.Errorf("it went on with %s", e.id)
	}
}

func TestEventsAreChecked(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{AdminToken: "let-me-in"})
	auth := []string{"Authorization", "Bearer let-me-in"}
	for path, want := range map[string]string{"?kind=requests": "no kind of event", "?kinds=request": "knows no parameter"} {
		a := raw(t, c, http.MethodGet, "/api/v1/events"+path, "", auth...)
		if a.Status != http.StatusBadRequest || !strings.Contains(string(a.Body), want) {
			t.Errorf("%s: HTTP %d %s", path, a.Status, a.Body)
		}
	}
	if a := raw(t, c, http.MethodGet, "/api/v1/events", ""); a.Status != http.StatusUnauthorized {
		t.Errorf("without the token: HTTP %d", a.Status)
	}
	if a := raw(t, c, http.MethodHead, "/api/v1/events", "", auth...); a.Status != http.StatusOK || a.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("HEAD: HTTP %d %v", a.Status, a.Header)
	}
	c.AdminToken = "let-me-in"
	openEvents(t, c, "", "").want("ready")
}

// TestCloseEndsEventStreams: with streams open the simulator is gone in a moment.
func TestCloseEndsEventStreams(t *testing.T) {
	c, s := startOn(t, simulator.Config{})
	streams := make([]*eventStream, 5)
	for i := range streams {
		streams[i] = openEvents(t, c, "", "")
		streams[i].want("ready")
	}
	begun := time.Now()
	did(t, s.Close())
	if took := time.Since(begun); took > 600*time.Millisecond {
		t.Errorf("closing took %s", took)
	}
	for _, stream := range streams {
		if e, ok := stream.next(); ok {
			t.Errorf("after the end came %s", e.data)
		}
	}
}

// TestFiftySubscribers: all of them see the same events in the same order, each
// request of a busy sandbox twice, and only that sandbox's where they ask for it.
func TestFiftySubscribers(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	var made sandboxAnswer
	did(t, create(c, map[string]any{"id": "busy"}, &made))
	streams := make([]*eventStream, 50)
	for i := range streams {
		query := "?kind=request,sandbox"
		if i%2 == 1 {
			query += "&sandbox=busy"
		}
		streams[i] = openEvents(t, c, query, "")
		streams[i].want("ready")
	}
	const callers, each = 4, 25
	var calling sync.WaitGroup
	for range callers {
		busy := in(c, "busy")
		calling.Go(func() {
			for range each {
				if _, err := busy.TokenStatus(busy.Env["CARDTOKENS_API_KEY"], "none"); err == nil {
					t.Error("there is a token")
				}
				if _, err := c.TokenStatus(c.Env["CARDTOKENS_API_KEY"], "none"); err == nil {
					t.Error("there is a token")
				}
			}
		})
	}
	calling.Wait()
	adminCall(t, c, "DELETE", "/busy", "")
	ids := make([][]string, len(streams))
	var reading sync.WaitGroup
	for i, stream := range streams {
		reading.Go(func() {
			for {
				e, ok := stream.next()
				if !ok || e.told() == "sandbox deleted" {
					return
				}
				ids[i] = append(ids[i], e.id+" "+e.ID)
			}
		})
	}
	reading.Wait()
	for i := range streams {
		if want := []int{4 * callers * each, 2 * callers * each}[i%2]; len(ids[i]) != want || !slices.Equal(ids[i], ids[i%2]) {
			t.Errorf("stream %d: %d events, want %d, as the others have them", i, len(ids[i]), want)
		}
	}
}

package simulator_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cardsim/simulator/simulatortest"
)

// TestNothingSecretIsShown walks every journey with the real program, which keeps a
// file and logs all it can, and looks for card numbers, codes, cryptograms, CAVVs and
// secrets everywhere a person may look: the log, the metrics, the stream of events,
// every page of the console, every list and record of the admin API, the HTTP archive, an export, what
// a second life of the file shows, and the file itself.
func TestNothingSecretIsShown(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the real program: not in -short")
	}
	program, db, log := buildProgram(t), filepath.Join(t.TempDir(), "shown.db"), &buffer{}
	story := filepath.Join(t.TempDir(), "leak.yaml")
	write(t, story, leakStory)
	serve := func() process {
		return launch(t, exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--data", db,
			"--log-level", "debug", "--log-format", "json", "--scenario", story), log)
	}
	p := serve()
	events := readEvents(openEvents(t, p.client, "", ""))
	secrets := slices.Concat(plant(t, p.client), plantMore(t, p.client))
	seen := shown(t, p.client, "")
	p.close(t)
	seen["event stream"] = <-events
	p = serve()
	for where, text := range shown(t, p.client, restarted) {
		seen[where] = text
	}
	p.close(t)
	file, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	seen["database"], seen["log"] = file, log.b.Bytes()
	search(t, secrets, seen)
	t.Logf("%s", scanTable(secrets, seen))
	if !strings.Contains(string(seen["event stream"]), "acehub.payment.create") {
		t.Errorf("the event stream tells nothing of the journeys: %.300s", seen["event stream"])
	}
	if len(secrets) < 40 || len(seen) < 150 {
		t.Errorf("the scan is hollow: %d secrets in %d places", len(secrets), len(seen))
	}
}

// readEvents reads a stream to its end.
func readEvents(s *eventStream) <-chan []byte {
	all := make(chan []byte, 1)
	go func() {
		var text []byte
		for e, ok := s.next(); ok; e, ok = s.next() {
			text = append(append(text, e.data...), '\n')
		}
		all <- text
	}()
	return all
}

// plantMore walks the journeys that plant leaves out: whole ones in both protocols with
// the cardholder in a browser, money that moves on, an encrypted card, a stored card.
func plantMore(t *testing.T, c *simulatortest.Client) []planted {
	t.Helper()
	var out []planted
	spied := regexp.MustCompile(`"cryptogram":"([^"]{20,})"|<Cavv>([^<]+)</Cavv>|"code":"([0-9]{6})"`)
	c.Spy = func(direction, _ string, body []byte) {
		if direction != "received" {
			return
		}
		for _, m := range spied.FindAllSubmatch(body, -1) {
			for i, name := range []string{"cryptogram", "CAVV", "OTP"} {
				if value := string(m[i+1]); value != "" {
					out = append(out, planted{name: name, value: value, word: name == "OTP"})
				}
			}
		}
	}
	for i, pan := range []string{"4000000000000002", "4000000000002503", "5200000000000007"} {
		o := good(fmt.Sprintf("SHOWN-%d", i))
		o.Card.PAN, o.Card.CVV = pan, "9173"
		completeJourney(t, c, o, fmt.Sprintf("SHOWN-V%d", i))
		out = append(out, planted{name: "PAN", value: pan})
	}
	c.Spy = nil
	card := `{"pan":"4111111145551142","expmonth":1,"expyear":2031,"securitycode":"9173"}`
	body := `{"enccard":"` + encrypted(t, c, card) + `","merchantid":"` + c.Env["CARDTOKENS_MERCHANT_ID"] + `"}`
	if a, err := c.Do(http.MethodPost, c.Env["CARDTOKENS_URL"]+"/api/token", []byte(body), "X-Api-Key", liveKey(c), "Content-Type", "application/json"); err != nil || a.Status != http.StatusOK {
		t.Fatalf("HTTP %d %s %v", a.Status, a.Body, err)
	}
	return append(out, planted{name: "PAN", value: "4111111145551142"})
}

// shown is everything that a person may look at, by where it is.
func shown(t *testing.T, c *simulatortest.Client, when string) map[string][]byte {
	t.Helper()
	seen := map[string][]byte{}
	for where, text := range adminAnswers(t, c) {
		seen[where+when] = text
	}
	root := c.Env["CARDSIM_ADMIN_URL"]
	for _, path := range []string{"/metrics", "/health", "/readyz", "/api/v1/outcomes", s + "/export", s + "/requests?limit=1000"} {
		seen["GET "+path+when] = mustGet(t, c, root+path)
	}
	for _, list := range []string{"/tokens", "/transactions", "/payments", "/cardholders"} {
		seen["GET "+list+when] = mustGet(t, c, root+s+list+"?limit=1000")
		for _, item := range page[struct{ ID string }](t, c, list+"?limit=1000").Items {
			seen["GET "+list+"/"+item.ID+when] = mustGet(t, c, root+s+list+"/"+item.ID)
		}
	}
	crawl(t, c, func(path string, text []byte) { seen["page "+path+when] = text })
	return seen
}

func mustGet(t *testing.T, c *simulatortest.Client, address string) []byte {
	t.Helper()
	a, err := c.Do(http.MethodGet, address, nil)
	if err != nil || a.Status != http.StatusOK {
		t.Fatalf("%s: HTTP %d %v", address, a.Status, err)
	}
	return a.Body
}

// linked are the addresses on a page that a click, or the page itself, asks for.
var linked = regexp.MustCompile(`(?:href|src)="(/[^"#]*)`)

// crawl clicks on everything in the console that is a link.
func crawl(t *testing.T, c *simulatortest.Client, visit func(path string, text []byte)) {
	t.Helper()
	const most = 2000
	known := map[string]bool{"/": true}
	for queue := []string{"/"}; len(queue) > 0 && len(known) < most; queue = queue[1:] {
		a, err := c.Do(http.MethodGet, c.Env["CARDSIM_ADMIN_URL"]+queue[0], nil)
		if err != nil || a.Status >= http.StatusInternalServerError {
			t.Fatalf("%s: HTTP %d %v", queue[0], a.Status, err)
		}
		visit(queue[0], a.Body)
		next := []string{a.Header.Get("Location")}
		for _, m := range linked.FindAllSubmatch(a.Body, -1) {
			next = append(next, strings.ReplaceAll(string(m[1]), "&amp;", "&"))
		}
		for _, path := range next {
			if strings.HasPrefix(path, "/") && !known[path] {
				known[path] = true
				queue = append(queue, path)
			}
		}
	}
}

// search reports every secret in every place where it is and may not be. It must find
// those that may be somewhere, else it finds nothing at all.
func search(t *testing.T, secrets []planted, seen map[string][]byte) {
	t.Helper()
	allowed := 0
	for _, p := range secrets {
		for where, text := range seen {
			switch {
			case !p.in(text):
			case mayShow(p, where):
				allowed++
			default:
				t.Errorf("%s %s is in %s: %s", p.name, p.value, where, around(text, p.value))
			}
		}
	}
	if allowed == 0 {
		t.Error("not even the test cards are found on their page")
	}
}

// mayShow are the exceptions, all of them there on purpose: the catalogue of published
// test cards is shown in full, and the credentials of a sandbox on the page that tells
// how to connect to it and in an export, which must work elsewhere.
func mayShow(p planted, where string) bool {
	switch where, _ = strings.CutSuffix(where, restarted); where {
	case "page /s/default/cards":
		return p.name == "PAN" && p.value != leakCard
	case "page /s/default/connect", "GET " + s + "/export":
		return slices.Contains([]string{"Cardtokens key", "Cardtokens live key", "AceHub password", "Cardinal API key", "Cipher token"}, p.name)
	default:
		return false
	}
}

// restarted marks what was looked at after a restart.
const restarted = " after a restart"

// leakCard is the card that only a scenario knows.
const leakCard = "4556000000008231"

func scanTable(secrets []planted, seen map[string][]byte) string {
	var total int
	for _, text := range seen {
		total += len(text)
	}
	kinds := map[string]int{}
	for _, p := range secrets {
		kinds[p.name]++
	}
	lines := []string{fmt.Sprintf("%d secrets looked for in %d places, %s MB\n| secret | values |\n| --- | ---: |", len(secrets), len(seen), mb(int64(total)))}
	for _, name := range slices.Sorted(maps.Keys(kinds)) {
		lines = append(lines, fmt.Sprintf("| %s | %d |", name, kinds[name]))
	}
	return strings.Join(lines, "\n")
}

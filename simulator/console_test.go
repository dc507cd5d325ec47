package simulator_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// visitor is a browser without scripts on the console.
type visitor struct {
	t    *testing.T
	base string
	http *http.Client
}

func visit(t *testing.T, c *simulatortest.Client) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return visitor{t, c.Env["CARDSIM_ADMIN_URL"], &http.Client{Jar: jar}}
}

// get reads a page; want is its status.
func (v visitor) get(path string, want int) string {
	v.t.Helper()
	resp, err := v.http.Get(v.base + path)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.page(resp, want)
}

// post sends a form of the page at from, as a browser does.
func (v visitor) post(from, path string, want int, fields ...string) string {
	v.t.Helper()
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	req, err := http.NewRequest(http.MethodPost, v.base+path, strings.NewReader(values.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Referer", v.base+from)
	resp, err := v.http.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.page(resp, want)
}

func (v visitor) page(resp *http.Response, want int) string {
	v.t.Helper()
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if resp.StatusCode != want {
		v.t.Fatalf("%s answers %d, want %d:\n%s", resp.Request.URL, resp.StatusCode, want, body)
	}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") && !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		v.t.Errorf("%s has no policy", resp.Request.URL)
	}
	return string(body)
}

func has(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(page, p) {
			t.Errorf("the page has no %q:\n%.4000s", p, page)
		}
	}
}

// walked is a simulator in which a payment was made, and its cryptogram used again.
func walked(t *testing.T) *simulatortest.Client {
	t.Helper()
	c, _ := simulatortest.Start(t, simulator.Config{})
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], simulatortest.Order{Number: "CONSOLE-ORDER", Minor: 12345, Currency: "978", Card: simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}})
	if err != nil {
		t.Fatal(err)
	}
	p := j.Payment()
	for _, code := range []string{"CONSOLE-ORDER", "CONSOLE-ORDER-AGAIN"} {
		p.Transaction["trackingCode"] = code
		if _, err := c.Pay(p); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// TestConsoleShowsAJourney: every page has something to say of it, without scripts.
func TestConsoleShowsAJourney(t *testing.T) {
	v := visit(t, walked(t))
	flows := v.get("/", http.StatusOK)
	has(t, flows, "visa ••1091", "EUR 123.45", "payment.create", "declined", "each serves one attempt", "was spent by", `class="letter`)
	for path, parts := range map[string][]string{
		"requests": {"cardinal.lookup", "acehub.payment.create", "CONSOLE-ORDER"}, "challenges": {"finished"}, "payments": {"authorized", "CONSOLE-ORDER"},
		"tokens": {"ACTIVE"}, "transactions": {"CONSOLE-ORDER"}, "cardholders": {"enrolled at the issuer appear here"}, "outbox": {"One-time passwords and notifications"},
		"scenarios": {"decline-then-approve", "None: every provider"}, "scenarios/edit": {"<textarea"}, "catalogue": {"acehub.payment.create", "documented"},
		"tenants": {"770000", "900912"}, "settings": {"cavvAmount", "up-to"}, "connect": {"export ACEHUB_BUSINESS_ID=", "process.env", "os.environ", "t.Setenv"}, "cards": {"4000000000001091"},
	} {
		page := v.get("/s/default/"+path, http.StatusOK)
		has(t, page, parts...)
		has(t, page, `aria-current="page"`, "cardsim")
	}
	has(t, v.get("/s/default/requests?operation=acehub.*", http.StatusOK), "acehub.payment.create")
	if strings.Contains(v.get("/s/default/requests?operation=acehub.*", http.StatusOK), `id="row-r-000001"`) {
		t.Error("the filter leaves the first request in")
	}
}

// TestConsoleActs: the forms do what they say, and say what went wrong.
func TestConsoleActs(t *testing.T) {
	c := walked(t)
	v := visit(t, c)
	has(t, v.post("/s/default/requests", "/s/default/clock", http.StatusOK, "by", "15m"), "the clock runs in real time", "<h1>Requests</h1>")
	has(t, v.post("/s/default/requests", "/s/default/clock", http.StatusOK, "mode", "frozen"), "+15m")
	has(t, v.post("/s/default/requests", "/s/default/clock", http.StatusOK, "by", "15m"), "advanced by 15m")
	has(t, v.post("/s/default/scenarios", "/s/default/scenarios", http.StatusOK, "use", "bad-signature"), "The scenario bad-signature is active.")
	has(t, v.post("/s/default/scenarios", "/s/default/scenarios", http.StatusOK, "use", ""), "No scenario is active any more.")
	broken := "version: 1\nname: x\nrules:\n  - on: acehub.paymnt.create\n    do: {outcome: declined}\n"
	has(t, v.post("/s/default/scenarios/edit", "/s/default/scenarios/edit", http.StatusOK, "text", broken, "action", "use"), `<li value="4" class="wrong">`, "did you mean", "column 9")
	good := strings.Replace(broken, "paymnt", "payment", 1)
	has(t, v.post("/s/default/scenarios/edit", "/s/default/scenarios/edit", http.StatusOK, "text", good, "action", "check"), "It is not active yet.")
	has(t, v.post("/s/default/scenarios/edit", "/s/default/scenarios/edit", http.StatusOK, "text", good, "action", "use"), "It is active now")
	has(t, v.post("/s/default/settings", "/s/default/settings", http.StatusOK, "key", "acehub.cavvAmount", "value", "wrong"), "setting acehub.cavvAmount takes one of")
	has(t, v.post("/s/default/settings", "/s/default/settings", http.StatusOK, "key", "acehub.cavvAmount", "value", "exact"), "acehub.cavvAmount is set.")
	has(t, v.post("/s/default/cards", "/s/default/cards", http.StatusOK, "pan", "4000000000001091", "flow", "frictionless"), "The card behaves so from now on.", "frictionless (api)")
	has(t, v.post("/s/default/connect", "/sandboxes", http.StatusOK, "id", "team-x"), "The sandbox team-x is made.", "Delete this sandbox")
	has(t, v.post("/s/team-x/connect", "/s/team-x/sandbox", http.StatusOK, "action", "delete"), "The sandbox team-x is gone.")
	has(t, v.post("/s/default/connect", "/s/default/sandbox", http.StatusOK, "action", "reset"), "The sandbox is empty again.")
	has(t, v.get("/s/default/flows", http.StatusOK), "appears here as it happens")
}

// TestConsoleAsTheCardholder: a running challenge is passed by a button.
func TestConsoleAsTheCardholder(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	if _, err := c.Lookup(simulatortest.Order{Number: "CONSOLE-ORDER", Minor: 12345, Currency: "978", Card: simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}}); err != nil {
		t.Fatal(err)
	}
	list, err := c.Challenges()
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	v := visit(t, c)
	has(t, v.get("/s/default/challenges", http.StatusOK), `value="approve"`, "2.1.0")
	has(t, v.post("/s/default/challenges", "/s/default/challenges/"+list[0].ID, http.StatusOK, "action", "approve"), "Done as the cardholder: approve", "finished Y")
}

// TestConsoleAsksForTheToken: nothing is shown before, and it leads nowhere else
// afterwards.
func TestConsoleAsksForTheToken(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{AdminToken: "let-me-in"})
	v := visit(t, c)
	page := v.get("/s/default/connect", http.StatusOK)
	has(t, page, "Admin token", `value="/s/default/connect"`)
	if strings.Contains(page, c.Env["ACEHUB_PASSWORD"]) {
		t.Error("credentials before the login")
	}
	has(t, v.post("/login", "/login", http.StatusForbidden, "token", "wrong", "next", "/s/default/connect"), "That is not the token.")
	has(t, v.post("/login", "/login", http.StatusOK, "token", "let-me-in", "next", "/s/default/connect"), "ACEHUB_BUSINESS_ID", "Log out")
	v.post("/login", "/login", http.StatusOK, "token", "let-me-in", "next", "//evil.example/")
	v.post("/s/default/connect", "/logout", http.StatusOK)
	has(t, v.get("/s/default/flows", http.StatusOK), "Admin token")
	// Another site's form is refused, logged in or not.
	req, err := http.NewRequest(http.MethodPost, v.base+"/s/default/sandbox", strings.NewReader("action=reset"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", "http://evil.example")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	resp, err := v.http.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a foreign form answers %d", resp.StatusCode)
	}
}

func TestConsoleKnowsWhatItHasNot(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	v := visit(t, c)
	has(t, v.get("/no-such-page", http.StatusNotFound), "is not a page of the console")
	has(t, v.get("/s/nowhere/flows", http.StatusNotFound), "there is no sandbox")
	has(t, v.get("/s/default/requests/r-999999", http.StatusNotFound), "no request")
	has(t, v.get("/s/default/flows/none", http.StatusNotFound), "The journal holds nothing of the flow")
	has(t, v.get("/s/default/scenarios/edit?name=nope", http.StatusNotFound), "there is no shipped scenario")
}

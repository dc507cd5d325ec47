package simulator_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// raw calls the admin API by its whole path.
func raw(t *testing.T, c *simulatortest.Client, method, path, body string, header ...string) simulatortest.Answer {
	t.Helper()
	a, err := c.Do(method, c.Env["CARDSIM_ADMIN_URL"]+path, []byte(body), header...)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

const s = "/api/v1/sandboxes/default"

func TestAdminSpeaksProblems(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	tests := []struct {
		name, method, path, body string
		status                   int
		detail                   string
	}{
		{"unknown path", "GET", "/api/v2", "", 404, "is not part of the admin API"},
		{"wrong method", "DELETE", s + "/clock", "", 405, "/clock does not take DELETE, only GET, HEAD, PUT, OPTIONS"},
		{"unknown sandbox", "GET", "/api/v1/sandboxes/nowhere", "", 404, `there is no sandbox "nowhere"`},
		{"unknown request", "GET", s + "/requests/r-none", "", 404, "has no request"},
		{"bad limit", "GET", s + "/requests?limit=many", "", 400, "limit is a whole number"},
		{"bad since", "GET", s + "/requests?since=yesterday", "", 400, "since is an instant"},
		{"bad channel", "GET", s + "/messages?channel=pigeon", "", 400, "sms, email or webhook"},
		{"unknown filter", "GET", s + "/messages?chanel=sms", "", 400, `knows no parameter "chanel"; did you mean "channel"?`},
		{"bad format", "GET", s + "/keys/cardtokens?format=der", "", 400, "spki or pkcs1"},
		{"advance a real clock", "POST", s + "/clock/advance", `{"by":"1m"}`, 409, "freeze it first"},
		{"no duration", "POST", s + "/clock/advance", `{"by":"soon"}`, 422, "Go duration"},
		{"no body", "POST", s + "/clock/advance", "", 400, "a JSON body is needed"},
		{"unknown member", "POST", s + "/clock/advance", `{"bye":"1m"}`, 400, "unknown field"},
		{"two documents", "PUT", s + "/clock", `{"mode":"real"}{}`, 400, "one JSON document"},
		{"no mode", "PUT", s + "/clock", `{"mode":"fast"}`, 422, "real or frozen"},
		{"now of real time", "PUT", s + "/clock", `{"mode":"real","now":"2026-01-02T03:04:05Z"}`, 422, "now goes with mode frozen"},
		{"unknown challenge", "POST", s + "/challenges/none", `{"action":"approve"}`, 404, "challenge"},
		{"unknown action", "POST", s + "/challenges/none", `{"action":"bribe"}`, 422, "submit, approve, cancel"},
		{"script address", "POST", s + "/challenges/none", `{"action":"approve","termUrl":"javascript:alert(1)"}`, 422, "termUrl"},
		{"too much", "PUT", s + "/clock", `{"mode":"` + strings.Repeat("x", 1<<20) + `"}`, 413, "1 MiB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := raw(t, c, tt.method, tt.path, tt.body)
			var p struct {
				Title, Detail string
				Status        int
			}
			if err := a.JSON(&p); err != nil {
				t.Fatal(err)
			}
			if a.Status != tt.status || p.Status != tt.status || p.Title == "" || !strings.Contains(p.Detail, tt.detail) {
				t.Errorf("HTTP %d %s", a.Status, a.Body)
			}
			if got := a.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type %q", got)
			}
		})
	}
}

func TestAdminRefusesOtherOrigins(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		if a := raw(t, c, "POST", s+"/reset", "", header...); a.Status != http.StatusForbidden || a.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%v: HTTP %d %s", header, a.Status, a.Body)
		}
	}
	if a := raw(t, c, "POST", s+"/reset", ""); a.Status != http.StatusOK {
		t.Errorf("a tool is refused: HTTP %d %s", a.Status, a.Body)
	}
	if a := raw(t, c, "GET", s+"/reset", ""); a.Status == http.StatusOK {
		t.Error("a GET resets")
	}
}

func TestAdminTellsMethods(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for _, tt := range []struct {
		method, path, allow string
		status              int
	}{
		{"DELETE", s + "/clock", "GET, HEAD, PUT, OPTIONS", 405},
		{"GET", s + "/reset", "POST, OPTIONS", 405},
		{"TRACE", "/livez", "GET, HEAD, OPTIONS", 405},
		{"OPTIONS", s, "GET, HEAD, DELETE, OPTIONS", 204},
		{"OPTIONS", "/api/v1/nothing", "", 404},
		{"HEAD", s + "/clock", "", 200},
	} {
		a := raw(t, c, tt.method, tt.path, "")
		if a.Status != tt.status || a.Header.Get("Allow") != tt.allow || tt.method == "HEAD" && len(a.Body) > 0 {
			t.Errorf("%s %s: HTTP %d, Allow %q", tt.method, tt.path, a.Status, a.Header.Get("Allow"))
		}
	}
}

// TestAdminRefusesOtherNames is about DNS rebinding: a name that is made to lead
// here is of one origin with us.
func TestAdminRefusesOtherNames(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for host, status := range map[string]int{"evil.example": 421, "localhost": 0, "shop.localhost:80": 0, "[::1]:7711": 0} { // 0: any good answer
		for _, path := range []string{s, "/"} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.Env["CARDSIM_ADMIN_URL"]+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Host = host
			resp, err := c.HTTP.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode != status && (status != 0 || resp.StatusCode >= 400) {
				t.Errorf("%s%s: HTTP %d", host, path, resp.StatusCode)
			}
		}
	}
}

func TestAdminToken(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{AdminToken: "the-token"})
	for _, header := range [][]string{nil, {"Authorization", "Bearer other"}, {"Authorization", "the-token"}, {"Authorization", "Basic dGhlLXRva2Vu"}} {
		if a := raw(t, c, "GET", s, "", header...); a.Status != http.StatusUnauthorized || strings.Contains(string(a.Body), c.Env["CARDTOKENS_API_KEY"]) {
			t.Errorf("%v: HTTP %d", header, a.Status)
		}
	}
	if a := raw(t, c, "GET", s, "", "Authorization", "Bearer the-token"); a.Status != http.StatusOK {
		t.Errorf("the right token: HTTP %d", a.Status)
	}
	for _, path := range []string{"/livez", "/readyz"} {
		if a := raw(t, c, "GET", path, ""); a.Status != http.StatusOK {
			t.Errorf("%s: HTTP %d", path, a.Status)
		}
	}
}

func TestAdminPublicKey(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	var sizes []int
	for format, parse := range map[string]func([]byte) (any, error){
		"spki":  x509.ParsePKIXPublicKey,
		"pkcs1": func(der []byte) (any, error) { return x509.ParsePKCS1PublicKey(der) },
	} {
		a := raw(t, c, "GET", s+"/keys/cardtokens?format="+format, "")
		block, _ := pem.Decode(a.Body)
		if block == nil {
			t.Fatalf("%s: %s", format, a.Body)
		}
		key, err := parse(block.Bytes)
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		sizes = append(sizes, key.(*rsa.PublicKey).N.BitLen())
	}
	if len(sizes) != 2 || sizes[0] != 4096 || sizes[1] != 4096 {
		t.Errorf("key sizes %v", sizes)
	}
}

// TestReset empties the sandbox and sets its counters back: the same calls give
// the same ids again, and the clock stays.
func TestReset(t *testing.T) {
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	c, _ := simulatortest.Start(t, simulator.Config{Clock: &at})
	run := func() (simulatortest.Journey, int) {
		if _, err := c.Enrol("4000000000001091", "V1", "+4512345678"); err != nil {
			t.Fatal(err)
		}
		j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], good("RESET-1"))
		if err != nil {
			t.Fatal(err)
		}
		paid, err := c.Pay(j.Payment())
		if err != nil || paid.Result != 0 {
			t.Fatalf("%s %v", paid.Raw, err)
		}
		messages, err := c.Messages()
		if err != nil {
			t.Fatal(err)
		}
		return j, len(messages)
	}
	first, sent := run()
	if err := c.Admin("POST", "/clock/advance", map[string]string{"by": "1h"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Admin("POST", "/reset", nil, nil); err != nil {
		t.Fatal(err)
	}
	entries, err := c.Journal("")
	if err != nil || len(entries) != 0 {
		t.Errorf("the journal holds %d entries, %v", len(entries), err)
	}
	if status, err := c.TokenStatus(first.Key, first.Token.TokenID); err == nil {
		t.Errorf("the token is still there: %s", status)
	}
	second, sentAgain := run()
	if first.Token != second.Token || first.Lookup["TransactionId"] != second.Lookup["TransactionId"] || first.Auth["Cavv"] != second.Auth["Cavv"] ||
		first.Cryptogram != second.Cryptogram || sent != sentAgain {
		t.Errorf("after the reset the same calls gave\n%+v\nand before\n%+v", second, first)
	}
	var now struct{ Now time.Time }
	if err := c.Admin("GET", "/clock", nil, &now); err != nil || !now.Now.Equal(at.Add(time.Hour)) {
		t.Errorf("the clock shows %v, %v", now.Now, err)
	}
}

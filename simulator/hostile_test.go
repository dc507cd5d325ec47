package simulator_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// hostile is what nobody means well with.
type hostile struct{ name, body string }

func hostileBodies() []hostile {
	entities := `<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">` + strings.Repeat(`<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">`, 9) + `]><CardinalMPI><MsgType>&b;</MsgType></CardinalMPI>`
	external := `<?xml version="1.0"?><!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><CardinalMPI><MsgType>&x;</MsgType></CardinalMPI>`
	return []hostile{
		{"deep JSON", strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000)},
		{"deep arrays", strings.Repeat("[", 200_000)},
		{"huge number", `{"body":{"transaction":{"amount":1e999999999}},"card":{"expyear":` + strings.Repeat("9", 100_000) + `}}`},
		{"not UTF-8", "{\"card\":\"\xff\xfe\x00\xc3\x28\"}"},
		{"null bytes", strings.Repeat("\x00", 4096)},
		{"a bomb of entities", "cmpi_msg=" + url.QueryEscape(entities)},
		{"an entity from a file", "cmpi_msg=" + url.QueryEscape(external)},
		{"deep XML", "cmpi_msg=" + url.QueryEscape(strings.Repeat("<a>", 50_000))},
		{"a thousand fields", strings.Repeat("a=b&", 100_000)},
		{"two megabytes", `{"a":"` + strings.Repeat("x", 2<<20) + `"}`},
		{"duplicate members", `{` + strings.Repeat(`"card":{},`, 50_000) + `"card":1}`},
	}
}

// TestHostileBodies: every provider answers each of them with a refusal of its own,
// in bounded memory, leaks nothing, and serves the next caller.
func TestHostileBodies(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	targets := map[string][]string{
		c.Env["CARDTOKENS_URL"] + "/api/token":                                       {"X-Api-Key", c.Env["CARDTOKENS_API_KEY"], "Content-Type", "application/json"},
		c.Env["ACEHUB_URL"] + "payments":                                             {"Content-Type", "application/json"},
		c.Env["CARDINAL_URL"]:                                                        {"Content-Type", "application/x-www-form-urlencoded"},
		c.Env["CIPHER_URL"] + "/tenants/" + c.Env["CIPHER_TENANT_ID"] + "/cards":     {"X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"], "Content-Type", "application/json"},
		c.Env["CARDSIM_URL"] + "/acs/creq":                                           {"Content-Type", "application/x-www-form-urlencoded"},
		c.Env["CARDSIM_ADMIN_URL"] + "/api/v1/sandboxes/default/scenarios/check":     {"Content-Type", "application/yaml"},
		c.Env["CARDSIM_ADMIN_URL"] + "/api/v1/sandboxes/default/verify":              {"Content-Type", "application/json"},
		c.Env["CARDSIM_ADMIN_URL"] + "/api/v1/sandboxes/default/challenges/anything": {"Content-Type", "application/json"},
	}
	for target, header := range targets {
		for _, h := range hostileBodies() {
			a, err := c.Do(http.MethodPost, target, []byte(h.body), header...)
			if err != nil {
				t.Errorf("%s to %s: %v", h.name, target, err)
				continue
			}
			// Cardtokens says "rejected" as HTTP 500 with err (reference cardtokens.md §3,
			// documented), Cardinal always answers 200 with an ErrorNo.
			own := strings.Contains(string(a.Body), `{"err":`) || a.Status == http.StatusOK && strings.Contains(string(a.Body), "ErrorNo")
			if !own && (a.Status < 400 || a.Status >= 500) {
				t.Errorf("%s to %s: HTTP %d %.200s", h.name, target, a.Status, a.Body)
			}
			if bytes.Contains(a.Body, []byte("root:")) || bytes.Contains(a.Body, []byte("goroutine")) {
				t.Errorf("%s to %s leaks %.200s", h.name, target, a.Body)
			}
		}
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > 150<<20 {
		t.Errorf("%d MiB are still held", m.HeapAlloc>>20)
	}
	if _, err := c.CreateToken(c.Env["CARDTOKENS_LIVE_API_KEY"], simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestHeaderBomb: headers beyond the bound are refused before anything is read.
func TestHeaderBomb(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for name, head := range map[string]string{
		"one long header":   "X-Bomb: " + strings.Repeat("x", 1<<20) + "\r\n",
		"many headers":      strings.Repeat("X-Bomb: x\r\n", 50_000),
		"an endless target": "",
	} {
		target := "/api/token"
		if head == "" {
			target += strings.Repeat("/x", 500_000)
		}
		conn, err := net.Dial("tcp", strings.TrimPrefix(c.Env["CARDSIM_URL"], "http://"))
		if err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = io.WriteString(conn, "GET "+target+" HTTP/1.1\r\nHost: x\r\n"+head+"\r\n") }()
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err == nil && !strings.Contains(line, " 431 ") && !strings.Contains(line, " 414 ") && !strings.Contains(line, " 400 ") {
			t.Errorf("%s: %q", name, line)
		}
		_ = conn.Close()
	}
}

// TestIdleConnections: a thousand that say nothing, and a hundred that send a body
// byte by byte, leave everyone else served.
func TestIdleConnections(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	at := strings.TrimPrefix(c.Env["CARDSIM_URL"], "http://")
	var open []net.Conn
	defer func() {
		for _, conn := range open {
			_ = conn.Close()
		}
	}()
	for i := range 1100 {
		conn, err := net.Dial("tcp", at)
		if err != nil {
			t.Fatalf("connection %d: %v", i, err)
		}
		open = append(open, conn)
		if i >= 1000 {
			if _, err := fmt.Fprintf(conn, "POST /api/token HTTP/1.1\r\nHost: x\r\nX-Api-Key: %s\r\nContent-Length: 100000\r\n\r\n{", c.Env["CARDTOKENS_API_KEY"]); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 50 {
		if _, err := c.CreateToken(c.Env["CARDTOKENS_LIVE_API_KEY"], simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNobodyMeetsAnother: no id of one sandbox is good in another.
func TestNobodyMeetsAnother(t *testing.T) {
	c, s := simulatortest.Start(t, simulator.Config{})
	other, err := s.CreateSandbox(simulator.SandboxOptions{ID: "other"})
	if err != nil {
		t.Fatal(err)
	}
	stranger := simulatortest.New(other.Env)
	j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], simulatortest.Order{Number: "MINE-ORDER-1", Minor: 1000, Currency: "978", Card: simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}})
	if err != nil {
		t.Fatal(err)
	}
	paid, err := c.Pay(j.Payment())
	if err != nil || paid.Result != 0 {
		t.Fatalf("%v %+v", err, paid)
	}
	if got, err := stranger.GetCryptogram(stranger.Env["CARDTOKENS_LIVE_API_KEY"], j.Token.TokenID, "x"); err == nil && got.Cryptogram != "" {
		t.Error("a stranger gets a cryptogram of the token")
	}
	if got, err := stranger.Authenticate(j.Lookup["TransactionId"]); err == nil && got["ErrorNo"] == "0" && got["Cavv"] != "" {
		t.Errorf("a stranger reads the authentication: %v", got)
	}
	if got, err := stranger.AceHub(http.MethodGet, "payments/"+paid.Body.Transaction.ID+"?businessId="+other.Env["ACEHUB_BUSINESS_ID"], nil); err == nil && got.HTTP == http.StatusOK {
		t.Errorf("a stranger reads the payment: %s", got.Raw)
	}
	for _, path := range []string{"/tokens/" + j.Token.TokenID, "/payments/" + paid.Body.Transaction.ID, "/transactions/" + j.Lookup["TransactionId"], "/requests/r-000001"} {
		a, err := stranger.Do(http.MethodGet, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/other"+path, nil)
		if err != nil || a.Status != http.StatusNotFound {
			t.Errorf("%s in another sandbox: %v HTTP %d", path, err, a.Status)
		}
	}
	pay := j.Payment() // its own key, and the stolen values
	pay.Transaction["trackingCode"] = "STOLEN-ORDER"
	if got, err := stranger.Pay(pay); err == nil && got.Result == 0 {
		t.Errorf("a stranger pays with the token: %s", got.Raw)
	}
}

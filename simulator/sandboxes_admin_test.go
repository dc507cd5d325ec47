package simulator_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// TestCreateOverTheAdminAPI: 201, the address, and the same shape as GET.
func TestCreateOverTheAdminAPI(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{StrictCredentials: true})
	made, _ := adminCall(t, c, "POST", "", `{"id":"team-b","seed":9,"clock":"2026-01-02T03:04:05Z","scenarios":["decline-then-approve"],"settings":{"acehub":{"cavvAmount":"exact"}}}`)
	if made.Status != 201 || made.Header.Get("Location") != "/api/v1/sandboxes/team-b" {
		t.Fatalf("HTTP %d to %q: %s", made.Status, made.Header.Get("Location"), made.Body)
	}
	read, _ := adminCall(t, c, "GET", "/team-b", "")
	if !bytes.Equal(made.Body, read.Body) {
		t.Errorf("made %s\nread %s", made.Body, read.Body)
	}
	var shape struct {
		Seed        uint64
		Credentials map[string]map[string]string
	}
	if err := made.JSON(&shape); err != nil || shape.Seed != 9 || len(shape.Credentials) != 4 {
		t.Errorf("%+v, %v", shape, err)
	}
	var list struct{ Items []sandboxAnswer }
	all, _ := adminCall(t, c, "GET", "", "")
	if err := all.JSON(&list); err != nil || len(list.Items) != 2 || list.Items[0].ID != "team-b" || list.Items[1].Created {
		t.Errorf("%s %v", all.Body, err)
	}
	empty, _ := adminCall(t, c, "POST", "", "")
	if empty.Status != 201 || !bytes.Contains(empty.Body, []byte(`"id":"sb-1"`)) {
		t.Errorf("without a body: HTTP %d %s", empty.Status, empty.Body)
	}
	walkAndPay(t, in(c, "sb-1"), "UNNAMED")
}

// TestBadOrders: each says what is wrong and where, and leaves nothing.
func TestBadOrders(t *testing.T) {
	c, s := simulatortest.Start(t, simulator.Config{SandboxLimit: 3})
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(curve)
	if err != nil {
		t.Fatal(err)
	}
	quoted := func(kind string, der []byte) string {
		text, _ := json.Marshal(string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})))
		return `{"cardtokensKey":` + string(text) + `}`
	}
	for _, tt := range []struct {
		name, body string
		status     int
		pointer    string
		detail     string
	}{
		{"no JSON", `{`, 400, "", "not the JSON"},
		{"unknown member", `{"name":"x"}`, 400, "", "name"},
		{"bad id", `{"id":"Team A"}`, 422, "/id", "lower-case"},
		{"long id", `{"id":"` + strings.Repeat("a", 64) + `"}`, 422, "/id", "63"},
		{"taken id", `{"id":"default"}`, 409, "", "already"},
		{"bad seed", `{"seed":-1}`, 400, "", "seed"},
		{"bad clock", `{"clock":"tomorrow"}`, 422, "/clock", "2026"},
		{"unknown setting", `{"settings":{"acehub":{"cavvAmmount":"exact"}}}`, 422, "/settings/acehub/cavvAmmount", "cavvAmount"},
		{"wrong value", `{"settings":{"acehub":{"cavvAmount":"some"}}}`, 422, "/settings/acehub/cavvAmount", "exact"},
		{"unknown scenario", `{"scenarios":["declin-then-approve"]}`, 422, "/scenarios/0", "decline-then-approve"},
		{"bad scenario", `{"scenarios":["version: 1\nname: x\nrules:\n  - {on: nothing, do: {outcome: ok}}\n"]}`, 422, "/scenarios/0", "nothing"},
		{"twice the same", `{"scenarios":["version: 1\nname: x\nrules: []\n","version: 1\nname: x\nrules: []\n"]}`, 422, "/scenarios", "x"},
		{"no PEM", `{"cardtokensKey":"secret words"}`, 422, "/cardtokensKey", "PEM"},
		{"small key", quoted("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(small)), 422, "/cardtokensKey", "1024 bits"},
		{"other key", quoted("PRIVATE KEY", der), 422, "/cardtokensKey", "another kind"},
	} {
		a, p := adminCall(t, c, "POST", "", tt.body)
		at := p.Detail
		if len(p.Errors) > 0 {
			at = p.Errors[0].Pointer + " " + p.Errors[0].Detail
		}
		if a.Status != tt.status || !strings.HasPrefix(at, tt.pointer) || !strings.Contains(at, tt.detail) {
			t.Errorf("%s: HTTP %d %s", tt.name, a.Status, a.Body)
		}
		if bytes.Contains(a.Body, []byte("secret words")) {
			t.Errorf("%s: the answer repeats the key: %s", tt.name, a.Body)
		}
	}
	if a, _ := adminCall(t, c, "GET", "", ""); bytes.Count(a.Body, []byte(`"credentials"`)) != 1 {
		t.Errorf("refused orders left something: %s", a.Body)
	}
	for range 2 {
		if _, err := s.CreateSandbox(simulator.SandboxOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if a, p := adminCall(t, c, "POST", "", "{}"); a.Status != 507 || !strings.Contains(p.Detail, "3 sandboxes") {
		t.Errorf("over the limit: HTTP %d %s", a.Status, a.Body)
	}
	adminCall(t, c, "DELETE", "/sb-1", "")
	if a, _ := adminCall(t, c, "POST", "", "{}"); a.Status != 201 {
		t.Errorf("after one has gone: HTTP %d %s", a.Status, a.Body)
	}
}

// TestDeleteKeepsCredentialsRefused: in both modes and over a restart, until the
// same sandbox is made again.
func TestDeleteKeepsCredentialsRefused(t *testing.T) {
	for _, strict := range []bool{false, true} {
		cfg := simulator.Config{Data: filepath.Join(t.TempDir(), "d.db"), StrictCredentials: strict}
		var gone *simulatortest.Client
		_, stop := run(t, cfg, func(c *simulatortest.Client, s *simulator.Simulator) {
			made, err := s.CreateSandbox(simulator.SandboxOptions{ID: "short"})
			if err != nil {
				t.Fatal(err)
			}
			gone = simulatortest.New(made.Env)
			walkAndPay(t, gone, "SHORT")
			if a, _ := adminCall(t, c, "DELETE", "/short", ""); a.Status != 204 {
				t.Fatalf("HTTP %d %s", a.Status, a.Body)
			}
			if a, _ := adminCall(t, c, "DELETE", "/short", ""); a.Status != 404 {
				t.Errorf("a second time: HTTP %d %s", a.Status, a.Body)
			}
			if a, p := adminCall(t, c, "DELETE", "/default", ""); a.Status != 409 || !strings.Contains(p.Detail, "reset") {
				t.Errorf("the default sandbox: HTTP %d %s", a.Status, a.Body)
			}
			refusedEverywhere(t, "after delete", gone)
		})
		stop()
		_, stop = run(t, cfg, func(c *simulatortest.Client, s *simulator.Simulator) {
			gone = movedTo(gone, c)
			refusedEverywhere(t, "after restart", gone)
			again, err := s.CreateSandbox(simulator.SandboxOptions{ID: "short"})
			if err != nil || !maps.Equal(own(again.Env), own(gone.Env)) {
				t.Fatalf("%v, %v", again, err)
			}
			back := simulatortest.New(again.Env)
			if entries, err := back.Journal(""); err != nil || len(entries) != 0 {
				t.Errorf("the new one begins with %d entries, %v", len(entries), err)
			}
			walkAndPay(t, back, "SHORT")
		})
		stop()
		file, err := os.ReadFile(cfg.Data)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"CARDTOKENS_API_KEY", "ACEHUB_PASSWORD", "CARDINAL_API_KEY", "CARDINAL_TRANSACTION_PWD", "CIPHER_AUTH_TOKEN"} {
			if bytes.Contains(file, []byte(gone.Env[name])) {
				t.Errorf("%s is in the database in clear", name)
			}
		}
	}
}

// TestKeyOfTheCreateCall: enccard is decrypted with the caller's own key, over a
// restart too, and the key is not in the database in clear.
func TestKeyOfTheCreateCall(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	text := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	cfg := simulator.Config{Data: filepath.Join(t.TempDir(), "k.db")}
	const card = `{"pan":"6007220000000004","expmonth":2,"expyear":2048,"securitycode":"000"}`
	send := func(c *simulatortest.Client) {
		t.Helper()
		body := `{"enccard":"` + encrypted(t, c, card) + `","merchantid":"` + c.Env["CARDTOKENS_MERCHANT_ID"] + `"}`
		a, err := c.Do("POST", c.Env["CARDTOKENS_URL"]+"/api/token", []byte(body), "X-Api-Key", c.Env["CARDTOKENS_API_KEY"], "Content-Type", "application/json")
		if err != nil || a.Status != 200 {
			t.Errorf("HTTP %d %s %v", a.Status, a.Body, err)
		}
	}
	_, stop := run(t, cfg, func(c *simulatortest.Client, _ *simulator.Simulator) {
		if err := create(c, map[string]string{"id": "keyed", "cardtokensKey": text}, &struct{}{}); err != nil {
			t.Fatal(err)
		}
		keyed := in(c, "keyed")
		if keyed.Env["CARDTOKENS_PUBLIC_KEY"] == c.Env["CARDTOKENS_PUBLIC_KEY"] {
			t.Fatal("the published key is still handed out")
		}
		send(keyed)
	})
	stop()
	_, stop = run(t, cfg, func(c *simulatortest.Client, _ *simulator.Simulator) { send(in(c, "keyed")) })
	stop()
	file, err := os.ReadFile(cfg.Data)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) > 20 && bytes.Contains(file, []byte(line)) {
			t.Fatalf("the database holds %q of the key", line)
		}
	}
}

// TestSettingsAreKept: a patch is all or nothing, outlives reset and restart, and
// null takes it back.
func TestSettingsAreKept(t *testing.T) {
	cfg := simulator.Config{Data: filepath.Join(t.TempDir(), "s.db")}
	value := func(c *simulatortest.Client) any { return sandboxOf(t, c).Settings["acehub"]["cavvAmount"].Value }
	_, stop := run(t, cfg, func(c *simulatortest.Client, _ *simulator.Simulator) {
		if a, _ := adminCall(t, c, "PATCH", "/default/settings", `{"acehub":{"cavvAmount":"exact"}}`); a.Status != 200 || value(c) != "exact" {
			t.Fatalf("HTTP %d %s", a.Status, a.Body)
		}
		a, p := adminCall(t, c, "PATCH", "/default/settings", `{"acehub":{"cavvAmount":"up-to"},"cardinal":{"strict":"yes"},"x":{"y":1}}`)
		pointers := []string{}
		for _, e := range p.Errors {
			pointers = append(pointers, e.Pointer)
		}
		if a.Status != 422 || !slices.Equal(pointers, []string{"/cardinal/strict", "/x/y"}) || value(c) != "exact" {
			t.Errorf("HTTP %d %s", a.Status, a.Body)
		}
		if err := c.Admin("POST", "/reset", nil, nil); err != nil || value(c) != "exact" {
			t.Errorf("a reset took it back: %v", err)
		}
		j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], good("EXACT"))
		if err != nil {
			t.Fatal(err)
		}
		p2 := j.Payment()
		p2.Transaction["amount"] = 100.0
		if paid, err := c.Pay(p2); err != nil || paid.Result == 0 {
			t.Errorf("a smaller amount is paid although cavvAmount is exact: %s %v", paid.Raw, err)
		}
	})
	stop()
	_, stop = run(t, cfg, func(c *simulatortest.Client, _ *simulator.Simulator) {
		if value(c) != "exact" {
			t.Errorf("after a restart: %v", value(c))
		}
		if a, _ := adminCall(t, c, "PATCH", "/default/settings", `{"acehub":{"cavvAmount":null}}`); a.Status != 200 || value(c) != "up-to" {
			t.Errorf("null: HTTP %d %s", a.Status, a.Body)
		}
	})
	stop()
}

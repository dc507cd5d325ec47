package simulator_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// export is the portable file of the client's sandbox.
func export(t *testing.T, c *simulatortest.Client) []byte {
	t.Helper()
	a, _ := adminCall(t, c, "GET", "/"+c.Env["CARDSIM_SANDBOX"]+"/export", "")
	if a.Status != 200 {
		t.Fatalf("export: HTTP %d %s", a.Status, a.Body)
	}
	return a.Body
}

// importInto puts a file into a sandbox of c's simulator and returns a client of it.
func importInto(t *testing.T, c *simulatortest.Client, id string, file []byte) *simulatortest.Client {
	t.Helper()
	if a, _ := adminCall(t, c, "PUT", "/"+id+"/import", string(file)); a.Status != 204 {
		t.Fatalf("import into %s: HTTP %d %s", id, a.Status, a.Body)
	}
	return in(c, id)
}

// carried is the part of an export that does not depend on where the sandbox is.
func carried(t *testing.T, file []byte) string {
	t.Helper()
	var f struct{ Sandbox map[string]json.RawMessage }
	if err := json.Unmarshal(file, &f); err != nil {
		t.Fatal(err)
	}
	delete(f.Sandbox, "merchants")
	delete(f.Sandbox, "tenants")
	text, err := json.Marshal(f.Sandbox)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// travelStory has a card of its own, a code, and a counter.
const travelStory = `version: 1
name: travel
rules:
  - {name: second is declined, on: acehub.payment.create, sequence: [pass, {outcome: declined}]}
cards:
  - {pan: "4556000000008231", otp: "907531", threeds: {flow: challenge}}
`

// underWay is a journey that waits for its cardholder, with a token.
type underWay struct {
	order  simulatortest.Order
	token  simulatortest.Token
	lookup simulatortest.Elements
}

func setOut(t *testing.T, c *simulatortest.Client, number, pan string) underWay {
	t.Helper()
	u := underWay{order: good(number)}
	u.order.Card.PAN = pan
	var err error
	if u.token, err = c.CreateToken(c.Env["CARDTOKENS_LIVE_API_KEY"], u.order.Card); err != nil {
		t.Fatal(err)
	}
	if u.lookup, err = c.Lookup(u.order); err != nil || u.lookup["PAResStatus"] != "C" && u.lookup["ACSUrl"] == "" {
		t.Fatalf("%v, %v", u.lookup, err)
	}
	return u
}

// arrive finishes a journey and returns what it drew on the way.
func (u underWay) arrive(t *testing.T, c *simulatortest.Client, result int) string {
	t.Helper()
	acted, err := c.Approve(u.lookup["TransactionId"])
	if err != nil {
		t.Fatal(err)
	}
	j := simulatortest.Journey{Order: u.order, Token: u.token, Lookup: u.lookup}
	if j.Auth, err = c.Authenticate(u.lookup["TransactionId"]); err != nil || j.Auth["ErrorNo"] != "0" {
		t.Fatalf("%v, %v", j.Auth, err)
	}
	if j.Cryptogram, err = c.GetCryptogram(c.Env["CARDTOKENS_LIVE_API_KEY"], u.token.TokenID, u.order.Number); err != nil {
		t.Fatal(err)
	}
	paid, err := c.Pay(j.Payment())
	if err != nil || paid.Result != result {
		t.Fatalf("%s, %v", paid.Raw, err)
	}
	found, err := c.AceHub("GET", "payments/"+paid.Body.Transaction.ID+"?businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil)
	if err != nil || found.Result != result {
		t.Errorf("%s, %v", found.Raw, err)
	}
	return fmt.Sprint(acted.Fields, j.Auth["Cavv"], j.Cryptogram.Cryptogram, paid.Body.Transaction.ID, paid.Body.Card.ApprovalCode)
}

// TestImportContinues: a journey that waits for its cardholder goes on in other
// simulators, under its own name and another, as it does at home.
func TestImportContinues(t *testing.T) {
	story := filepath.Join(t.TempDir(), "travel.yaml")
	write(t, story, travelStory)
	frozen := instant(t, "2026-01-02T03:04:05Z")
	home, _ := simulatortest.Start(t, simulator.Config{Scenarios: []string{story}, Clock: &frozen})
	if err := home.Admin("PATCH", "/settings", map[string]any{"acehub": map[string]any{"cavvAmount": "exact"}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := home.Enrol("4000000000001091", "V1", "+4512345678"); err != nil {
		t.Fatal(err)
	}
	first := setOut(t, home, "FIRST", "4556000000008231")
	first.arrive(t, home, 0)
	u := setOut(t, home, "TRAVEL", "4000000000001091")
	file := export(t, home)
	if again := export(t, home); !bytes.Equal(file, again) {
		t.Error("two exports without a request in between differ")
	}

	away, _ := simulatortest.Start(t, simulator.Config{})
	places := map[string]*simulatortest.Client{
		"the default sandbox elsewhere": importInto(t, away, "default", file),
		"another sandbox elsewhere":     importInto(t, away, "copy", file),
		"another sandbox at home":       importInto(t, home, "copy", file),
	}
	for where, c := range places {
		if got := export(t, c); carried(t, got) != carried(t, file) {
			t.Errorf("%s: what was imported is not what is there\n%s\n%s", where, carried(t, file), carried(t, got))
		}
	}
	want := u.arrive(t, home, -4) // the scenario's second step
	for where, c := range places {
		if got := u.arrive(t, c, -4); got != want {
			t.Errorf("%s: %s\nat home: %s", where, got, want)
		}
		first, err := c.Do("GET", c.Env["ACEHUB_URL"]+"payments?trackingCode=PAY-FIRST&businessId="+c.Env["ACEHUB_BUSINESS_ID"], nil, "Authorization", basicAuth(c))
		if err != nil || first.Status != 200 || !bytes.Contains(first.Body, []byte(`"trackingCode":"PAY-FIRST"`)) {
			t.Errorf("%s: the first payment: HTTP %d %s %v", where, first.Status, first.Body, err)
		}
		if a := sandboxOf(t, c); a.Settings["acehub"]["cavvAmount"].Value != "exact" || a.Clock.Now != "2026-01-02T03:04:05Z" || len(a.Scenarios) != 1 {
			t.Errorf("%s: %+v", where, a)
		}
	}
}

// TestImportSurvivesARestart: also where the file's identities were taken.
func TestImportSurvivesARestart(t *testing.T) {
	cards := filepath.Join(t.TempDir(), "cards.yaml")
	write(t, cards, `version: 1
sandboxes:
  - id: team
    cards:
      - {pan: "4539578763621486"}
`)
	home, _ := simulatortest.Start(t, simulator.Config{Fixtures: []string{cards}})
	team := in(home, "team")
	u := setOut(t, team, "TEAM", "4000000000001091")
	file := export(t, team)
	cfg := simulator.Config{Data: filepath.Join(t.TempDir(), "i.db")}
	_, stop := run(t, cfg, func(c *simulatortest.Client, s *simulator.Simulator) {
		if _, err := s.CreateSandbox(simulator.SandboxOptions{ID: "team"}); err != nil { // has the file's identities
			t.Fatal(err)
		}
		importInto(t, c, "moved", file)
	})
	stop()
	_, stop = run(t, cfg, func(c *simulatortest.Client, _ *simulator.Simulator) {
		u.arrive(t, in(c, "moved"), 0)
		own := export(t, in(c, "moved"))
		if !bytes.Contains(own, []byte(`"alias"`)) {
			t.Error("the copy has no alias beside the original")
		}
		walkAndPay(t, in(c, "team"), "OTHER")
	})
	stop()
}

// TestBadFilesChangeNothing: each is told what is wrong, and both the sandbox and
// the list of sandboxes stay.
func TestBadFilesChangeNothing(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	walkAndPay(t, c, "KEPT")
	file := string(export(t, c))
	var f struct{ Sandbox json.RawMessage }
	if err := json.Unmarshal([]byte(file), &f); err != nil {
		t.Fatal(err)
	}
	with := func(old, replacement string) string {
		return resealed(t, strings.Replace(string(f.Sandbox), old, replacement, 1))
	}
	for _, tt := range []struct{ name, text, pointer, detail string }{
		{"no JSON", "hello", "", "no export"},
		{"other JSON", `{"format":"other"}`, "", "no export"},
		{"cut", file[:len(file)/2], "", "no export"},
		{"newer", strings.Replace(file, `"version": 1`, `"version": 2`, 1), "/version", "newer"},
		{"version 0", strings.Replace(file, `"version": 1`, `"version": 0`, 1), "/version", "begin with 1"},
		{"changed", strings.Replace(file, `"seed": 1`, `"seed": 2`, 1), "/checksum", "changed"},
		{"more", file + "{}", "", "no export"},
		{"wrong type", with(`"seed": 1`, `"seed": "one"`), "/sandbox/seed", "wrong type"},
		{"unknown member", with(`"seed": 1`, `"seeed": 1`), "/sandbox", "version 1"},
		{"no clock", with(`"mode": "real"`, `"mode": "slow"`), "/sandbox/clock", "frozen"},
		{"bad setting", with(`"seed": 1`, `"seed": 1, "settings": {"acehub": {"nothing": 1}}`), "/sandbox/settings/acehub/nothing", "no setting"},
		{"bad key", with(`"seed": 1`, `"seed": 1, "cardtokensKey": "AAAA"`), "/sandbox/cardtokensKey", "PEM"},
		{"bad scenario", with(`"seed": 1`, `"seed": 1, "scenarios": [{"source": "x", "text": "AAAA"}]`), "/sandbox/scenarios/0", "read"},
		{"bad cards", with(`"seed": 1`, `"seed": 1, "cards": "AAAA"`), "/sandbox/cards", "read"},
		{"foreign table", with(`"tables": {`, `"tables": {"sandbox.worlds": {"world": {}},`), "/sandbox/tables/sandbox.worlds", "not part"},
		{"bad row", with(`"tables": {`, `"tables": {"pay.tokens": {"x": 7},`), "/sandbox/tables", "not of the form"},
		{"no merchant", resealed(t, `{"seed":1,"origin":"default","clock":{"mode":"real"},"merchants":[],"tenants":[],"counters":{},"tables":{}}`), "/sandbox/merchants", "one merchant"},
	} {
		for _, id := range []string{"default", "fresh"} {
			a, p := adminCall(t, c, "PUT", "/"+id+"/import", tt.text)
			if a.Status != 422 || len(p.Errors) == 0 || p.Errors[0].Pointer != tt.pointer || !strings.Contains(p.Errors[0].Detail, tt.detail) {
				t.Errorf("%s into %s: HTTP %d %s", tt.name, id, a.Status, a.Body)
			}
		}
	}
	if a, _ := adminCall(t, c, "PUT", "/Bad%20Name/import", file); a.Status != 422 {
		t.Errorf("a bad id: HTTP %d", a.Status)
	}
	if a, _ := adminCall(t, c, "PUT", "/default/import", ""); a.Status != 400 {
		t.Errorf("an empty body: HTTP %d", a.Status)
	}
	if now := string(export(t, c)); now != file {
		t.Error("a refused file has changed the sandbox")
	}
	if list, _ := adminCall(t, c, "GET", "", ""); bytes.Contains(list.Body, []byte("fresh")) {
		t.Errorf("a refused file has made a sandbox: %s", list.Body)
	}
}

// resealed is a file around a sandbox with the checksum that fits it.
func resealed(t *testing.T, sandbox string) string {
	t.Helper()
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(sandbox)); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(compact.Bytes())
	return `{"format":"cardsim-sandbox","version":1,"id":"x","checksum":"sha256:` + hex.EncodeToString(sum[:]) + `","sandbox":` + sandbox + `}`
}

// TestReplacedCredentialsStayRefused: what a sandbox was known by before an import
// took its place is no way into the default sandbox.
func TestReplacedCredentialsStayRefused(t *testing.T) {
	home, s := simulatortest.Start(t, simulator.Config{})
	made, err := s.CreateSandbox(simulator.SandboxOptions{ID: "target"})
	if err != nil {
		t.Fatal(err)
	}
	_, other := simulatortest.Start(t, simulator.Config{})
	source, err := other.CreateSandbox(simulator.SandboxOptions{ID: "source"})
	if err != nil {
		t.Fatal(err)
	}
	before := simulatortest.New(made.Env)
	now := importInto(t, home, "target", export(t, simulatortest.New(source.Env)))
	if now.Env["ACEHUB_BUSINESS_ID"] != source.Env["ACEHUB_BUSINESS_ID"] {
		t.Errorf("the imported sandbox is known by %s, was by %s", now.Env["ACEHUB_BUSINESS_ID"], source.Env["ACEHUB_BUSINESS_ID"])
	}
	refusedEverywhere(t, "after the import", before)
	walkAndPay(t, now, "AFTER")
}

// TestExportShowsNoSecret: card numbers, codes and cryptograms are nowhere in it.
func TestExportShowsNoSecret(t *testing.T) {
	story := filepath.Join(t.TempDir(), "leak.yaml")
	write(t, story, leakStory)
	c, _ := simulatortest.Start(t, simulator.Config{Scenarios: []string{story}})
	secrets := plant(t, c)
	file := export(t, c)
	for _, p := range secrets {
		exception := false
		for _, value := range c.Env { // decisions 9: an export shows the sandbox's own credentials
			exception = exception || p.value == value
		}
		if !exception && p.in(file) {
			t.Errorf("%s %s is in the export: …%s…", p.name, p.value, around(file, p.value))
		}
	}
	if !bytes.Contains(file, []byte("scheme.cryptograms")) || len(secrets) < 20 {
		t.Errorf("the scan is hollow: %d secrets, %d bytes", len(secrets), len(file))
	}
}

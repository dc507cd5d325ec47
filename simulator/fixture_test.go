package simulator_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// encrypted is the enccard of a card under the public key of the environment.
func encrypted(t *testing.T, c *simulatortest.Client, card string) string {
	t.Helper()
	text, err := base64.StdEncoding.DecodeString(c.Env["CARDTOKENS_PUBLIC_KEY"])
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		t.Fatalf("no PEM: %s", text)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	box, err := rsa.EncryptPKCS1v15(rand.Reader, key.(*rsa.PublicKey), []byte(card)) //nolint:staticcheck // the protocol demands v1.5 (seed 001)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(box)
}

// TestOwnKey: a fixture replaces the published key pair.
func TestOwnKey(t *testing.T) {
	dir := t.TempDir()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	own := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	write(t, filepath.Join(dir, "own.pem"), string(own))
	write(t, filepath.Join(dir, "own.yaml"), "version: 1\nsandboxes:\n  - id: default\n    cardtokensKey: own.pem\n")
	const card = `{"pan":"6007220000000004","expmonth":2,"expyear":2048,"securitycode":"000"}`

	published, _ := simulatortest.Start(t, simulator.Config{})
	c, _ := simulatortest.Start(t, simulator.Config{Fixtures: []string{filepath.Join(dir, "own.yaml")}})
	if c.Env["CARDTOKENS_PUBLIC_KEY"] == published.Env["CARDTOKENS_PUBLIC_KEY"] {
		t.Fatal("the published key is still handed out")
	}
	send := func(enc string) int {
		a, err := c.Do("POST", c.Env["CARDTOKENS_URL"]+"/api/token", []byte(`{"enccard":"`+enc+`","merchantid":"`+c.Env["CARDTOKENS_MERCHANT_ID"]+`"}`),
			"X-Api-Key", c.Env["CARDTOKENS_API_KEY"], "Content-Type", "application/json")
		if err != nil {
			t.Fatal(err)
		}
		return a.Status
	}
	if status := send(encrypted(t, c, card)); status != 200 {
		t.Errorf("under the own key: HTTP %d", status)
	}
	if status := send(encrypted(t, published, card)); status != 500 {
		t.Errorf("under the published key: HTTP %d", status)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestFixturesEnrol: a fixture's cardholder is challenged without a call to the
// issuer, once and after a reset.
func TestFixturesEnrol(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cards.yaml")
	write(t, path, `version: 1
sandboxes:
  - id: default
    settings: {acs: {otpLength: 8}}
    cards:
      - {pan: "4539578763621486", enrolled: {tenant: "770000", name: Ada Tester, identities: {tenantUniqueVector: V9, phoneNumber: "+4512345678"}}}
`)
	c, _ := simulatortest.Start(t, simulator.Config{Fixtures: []string{path}})
	for range 2 {
		o := good("FIXTURE")
		o.Card.PAN = "4539578763621486"
		lookup, err := c.Lookup(o)
		if err != nil || lookup["PAResStatus"] != "C" {
			t.Fatalf("%v, %v", lookup, err)
		}
		messages, err := c.Messages()
		if err != nil || len(messages) != 1 || len(messages[0].Code) != 8 || messages[0].To != "+4512345678" {
			t.Fatalf("%+v, %v", messages, err)
		}
		if err := c.Admin("POST", "/reset", nil, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoWorlds: the credential alone picks the sandbox, and neither sees the
// other's.
func TestTwoWorlds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "team.yaml")
	write(t, path, "version: 1\nsandboxes:\n  - id: team-a\n    seed: 7\n")
	c, _ := simulatortest.Start(t, simulator.Config{Fixtures: []string{path}})
	team := simulatortest.New(map[string]string{"CARDSIM_ADMIN_URL": c.Env["CARDSIM_ADMIN_URL"], "CARDSIM_SANDBOX": "team-a"})
	var sb struct{ Env map[string]string }
	if err := team.Admin("GET", "", nil, &sb); err != nil {
		t.Fatal(err)
	}
	team.Env = sb.Env
	for name, value := range team.Env {
		if value == c.Env[name] && !strings.HasSuffix(name, "_URL") && name != "CARDTOKENS_PUBLIC_KEY" {
			t.Errorf("%s is %s in both", name, value)
		}
	}
	if _, err := team.Enrol("4000000000001091", "V1", "+4512345678"); err != nil {
		t.Fatal(err)
	}
	j, err := team.Walk(team.Env["CARDTOKENS_LIVE_API_KEY"], good("WORLDS"))
	if err != nil {
		t.Fatal(err)
	}
	if paid, err := team.Pay(j.Payment()); err != nil || paid.Result != 0 {
		t.Fatalf("%s %v", paid.Raw, err)
	}
	if _, err := c.TokenStatus(c.Env["CARDTOKENS_API_KEY"], j.Token.TokenID); err == nil {
		t.Error("the default sandbox sees team-a's token")
	}
	entries, err := c.Journal("")
	if err != nil || len(entries) != 1 {
		t.Errorf("the default sandbox's journal has %d entries, %v: want its own status call", len(entries), err)
	}
}

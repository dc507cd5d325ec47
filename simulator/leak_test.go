package simulator_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

func basicAuth(c *simulatortest.Client) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(c.Env["ACEHUB_USERNAME"]+":"+c.Env["ACEHUB_PASSWORD"]))
}

// buffer collects the log of a simulator.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

// planted is a value that must be nowhere in clear. word values are short and
// are looked for between characters that are no letters or digits; behind the
// point of a number they are a part of it, of a time for example.
type planted struct {
	name, value string
	word        bool
}

func (p planted) in(text []byte) bool {
	if !p.word {
		return bytes.Contains(text, []byte(p.value))
	}
	return regexp.MustCompile(`(^|[^0-9A-Za-z.]|[^0-9]\.)` + regexp.QuoteMeta(p.value) + `($|[^0-9A-Za-z])`).Match(text)
}

// leakStory has a card and a code of its own, and a rule that looks at requests.
const leakStory = `version: 1
name: leak
rules:
  - {name: looks, on: acehub.payment.create, when: "amount > 1000000", do: {outcome: declined}}
cards:
  - {pan: "4556000000008231", otp: "907531", threeds: {flow: challenge}}
`

// TestNothingSecretIsKept plants card numbers, codes and secrets in every
// party, good and bad requests alike, and looks for them in the database, the
// log and every answer of the admin API.
func TestNothingSecretIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "leak.db")
	log := &buffer{}
	story := filepath.Join(t.TempDir(), "leak.yaml")
	write(t, story, leakStory)
	cfg := simulator.Config{Data: path, Scenarios: []string{story}, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	c, s := startOn(t, cfg)
	secrets := plant(t, c)
	answers := adminAnswers(t, c)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string][]byte{"database": file, "log": log.b.Bytes()}
	for where, answer := range answers {
		places[where] = answer
	}
	for _, p := range secrets {
		for where, text := range places {
			if p.in(text) {
				t.Errorf("%s %s is in the %s: …%s…", p.name, p.value, where, around(text, p.value))
			}
		}
	}
	if len(secrets) < 25 || len(file) == 0 || !strings.Contains(string(answers["journal entries"]), "acehub.payment.create") {
		t.Errorf("the scan is hollow: %d secrets, %d bytes of database", len(secrets), len(file))
	}
}

func around(text []byte, value string) string {
	i := bytes.Index(text, []byte(value))
	return fmt.Sprintf("%q", text[max(0, i-60):min(len(text), i+len(value)+20)])
}

// plant walks journeys with recognisable values and returns all of them.
func plant(t *testing.T, c *simulatortest.Client) []planted {
	t.Helper()
	var out []planted
	for i, pan := range []string{"4000000000001091", "4000000000000002", "5200000000001096", "4539578763621486", "4556000000008231"} {
		o := good(fmt.Sprintf("LEAK-%d", i))
		o.Card = simulatortest.Card{PAN: pan, Month: 1, Year: 2031, CVV: "9173"}
		if i != 1 {
			if _, err := c.Enrol(pan, fmt.Sprintf("LEAK-%d", i), "+4598765432"); err != nil {
				t.Fatal(err)
			}
		}
		j, err := c.Walk(c.Env["CARDTOKENS_LIVE_API_KEY"], o)
		if err != nil {
			t.Fatal(err)
		}
		p := j.Payment()
		p.Card["cvv"] = "9173"
		if paid, err := c.Pay(p); err != nil || paid.Result != 0 {
			t.Fatalf("%s: %s %v", pan, paid.Raw, err)
		}
		out = append(out, planted{name: "PAN", value: pan}, planted{name: "network token", value: j.Token.Token},
			planted{name: "cryptogram", value: j.Cryptogram.Cryptogram}, planted{name: "CAVV", value: j.Auth["Cavv"]})
	}
	out = append(out, plantOTP(t, c)...)
	plantBroken(t, c)
	return append(out, planted{name: "CVV", value: "9173", word: true}, planted{name: "OTP of a scenario", value: "907531", word: true},
		planted{name: "PAN in a broken request", value: "4242424242424242"},
		planted{name: "Cardtokens key", value: c.Env["CARDTOKENS_API_KEY"]}, planted{name: "Cardtokens live key", value: c.Env["CARDTOKENS_LIVE_API_KEY"]},
		planted{name: "AceHub password", value: c.Env["ACEHUB_PASSWORD"]}, planted{name: "AceHub Basic", value: strings.TrimPrefix(basicAuth(c), "Basic ")},
		planted{name: "Cardinal API key", value: c.Env["CARDINAL_API_KEY"]}, planted{name: "Cardinal password", value: "wrong-transaction-pwd"},
		planted{name: "Cipher token", value: c.Env["CIPHER_AUTH_TOKEN"]})
}

// plantOTP types a code that the outbox showed, and a wrong one.
func plantOTP(t *testing.T, c *simulatortest.Client) []planted {
	t.Helper()
	o := good("LEAK-OTP")
	lookup, err := c.Lookup(o)
	if err != nil {
		t.Fatal(err)
	}
	messages, err := c.Messages()
	if err != nil || len(messages) == 0 || len(messages[0].Code) < 6 {
		t.Fatalf("the outbox: %+v, %v", messages, err)
	}
	list, err := c.Challenges()
	if err != nil {
		t.Fatal(err)
	}
	for _, ch := range list {
		if ch.TransactionID != lookup["TransactionId"] {
			continue
		}
		for _, otp := range []string{"864209", messages[0].Code} {
			if _, err := c.Act(ch.ID, map[string]string{"action": "submit", "otp": otp}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return []planted{{name: "OTP", value: messages[0].Code, word: true}, {name: "wrong OTP", value: "864209", word: true}}
}

// plantBroken sends card numbers and secrets where nobody expects them.
func plantBroken(t *testing.T, c *simulatortest.Client) {
	t.Helper()
	const pan = "4242424242424242"
	requests := []struct{ method, url, contentType, body string }{
		{"POST", c.Env["CARDTOKENS_URL"] + "/api/token", "application/json", `{"card":{"pan":"` + pan + `","expmonth":"x`},
		{"POST", c.Env["CARDTOKENS_URL"] + "/api/token?pan=" + pan, "application/json", `{"card":{"pan":` + pan + `}}`},
		{"POST", c.Env["ACEHUB_URL"] + "payments", "application/json", `{"body":{"card":{"number":"` + pan + `","cvv":"9173"}`},
		{"POST", c.Env["ACEHUB_URL"] + "payments", "application/json", `{"header":{"businessId":"1"},"body":{"transaction":{"trackingCode":"` + pan + `"},"card":{"number":4242424242424242,"cvv":9173}}}`},
		{"POST", c.Env["CARDINAL_URL"], "application/x-www-form-urlencoded", "cmpi_msg=%3CCardinalMPI%3E%3CCardNumber%3E" + pan + "%3C%2FCardNumber%3E%3CTransactionPwd%3Ewrong-transaction-pwd%3C"},
		{"POST", c.Env["CARDINAL_URL"], "text/xml", "<CardinalMPI><CardNumber>" + pan + "</CardNumber><TransactionPwd>wrong-transaction-pwd</TransactionPwd></CardinalMPI>"},
		{"POST", c.Env["CIPHER_URL"] + "/tenants/900912/cards", "application/json", `{"cardInfo":{"cardNumber":"` + pan + `"`},
		{"GET", c.Env["CARDSIM_URL"] + "/acs/challenge/" + pan, "", ""},
		{"GET", c.Env["CARDSIM_URL"] + "/api/token/" + pan + "/status", "", ""},
		{"POST", c.Env["CARDSIM_URL"] + "/acs/pareq", "application/x-www-form-urlencoded", "PaReq=" + pan + "&MD=" + pan + "&TermUrl=http%3A%2F%2Fx%2F" + pan},
	}
	for _, r := range requests {
		if _, err := c.Do(r.method, r.url, []byte(r.body), "Content-Type", r.contentType, "X-Api-Key", c.Env["CARDTOKENS_API_KEY"], "Authorization", basicAuth(c)); err != nil {
			t.Fatalf("%s %s: %v", r.method, r.url, err)
		}
	}
}

// adminAnswers reads everything that the admin API shows, apart from the
// sandbox's own credentials, which are the named exception.
func adminAnswers(t *testing.T, c *simulatortest.Client) map[string][]byte {
	t.Helper()
	root := c.Env["CARDSIM_ADMIN_URL"] + "/api/v1/sandboxes/default"
	answers := map[string][]byte{}
	for _, path := range []string{"/requests?limit=1000", "/requests/har", "/messages", "/challenges", "/clock", "/settings", "/scenarios"} {
		a, err := c.Do("GET", root+path, nil)
		if err != nil || a.Status != 200 {
			t.Fatalf("%s: HTTP %d %v", path, a.Status, err)
		}
		answers["admin answer "+path] = a.Body
	}
	entries, err := c.Journal("")
	if err != nil {
		t.Fatal(err)
	}
	var all, why bytes.Buffer
	for _, e := range entries {
		a, err := c.Do("GET", root+"/requests/"+e.ID, nil)
		if err != nil || a.Status != 200 {
			t.Fatalf("entry %s: HTTP %d %v", e.ID, a.Status, err)
		}
		all.Write(a.Body)
		all.WriteByte('\n')
		if a, err = c.Do("GET", root+"/requests/"+e.ID+"/explain", nil); err != nil || a.Status != 200 {
			t.Fatalf("explain %s: HTTP %d %v", e.ID, a.Status, err)
		}
		why.Write(a.Body)
		why.WriteByte('\n')
	}
	answers["explanations"] = why.Bytes()
	answers["journal entries"] = all.Bytes()
	return answers
}

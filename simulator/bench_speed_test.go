package simulator_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/collector"
	"cardsim/simulator/loadtest"
	"cardsim/simulator/simulatortest"
)

// The benchmarks of this file measure the simulator as it runs for people: journal,
// masking, metrics and scenarios on. Each has a bare server beside it in the same
// run, which answers the same bytes:
//
//	go test ./simulator -run xxx -bench 'Read|Write' -benchtime 20000x
//
// A figure is good for its ratio to the one beside it, on the same machine, in the
// same run.

// connections are those of the goal.
var connections = []int{16, 64}

// place is the host and port of an address.
func place(address string) string { return strings.TrimPrefix(address, "http://") }

// bench puts load on a server.
func benchLoad(b *testing.B, address string, conns int, request func(int) []byte) {
	b.Helper()
	used := processor()
	b.ResetTimer()
	if err := (loadtest.Load{Address: place(address), Connections: conns, Requests: b.N, Request: request, Status: http.StatusOK}).Run(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
	b.ReportMetric(float64((processor()-used).Microseconds())/float64(b.N), "cpu-µs/op")
}

// bare serves a function on a free port.
func bare(b *testing.B, h http.HandlerFunc) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	srv := &http.Server{Handler: h}
	go func() { _ = srv.Serve(l) }()
	b.Cleanup(func() { _ = srv.Close() })
	return l.Addr().String()
}

// sameBytes serves an answer that was got before.
func sameBytes(b *testing.B, a simulatortest.Answer) string {
	return bare(b, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		for name, values := range a.Header {
			if name != "Date" && name != "Content-Length" {
				w.Header()[name] = values
			}
		}
		_, _ = w.Write(a.Body)
	})
}

// busy is a simulator with a scenario in force and something to read.
func busy(b *testing.B, durable bool) *simulatortest.Client {
	b.Helper()
	cfg := simulator.Config{}
	if durable {
		cfg.Data = filepath.Join(b.TempDir(), "bench.db")
	}
	c, _ := busyWith(b, cfg)
	return c
}

func busyWith(b *testing.B, cfg simulator.Config) (*simulatortest.Client, *simulator.Simulator) {
	b.Helper()
	collector.Ease()
	cfg.Scenarios = []string{"decline-then-approve"}
	c, s := simulatortest.Start(b, cfg)
	if a, err := c.Do(http.MethodPut, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/default/scenarios", []byte(idleScenario), "Content-Type", "application/yaml"); err != nil || a.Status != http.StatusOK {
		b.Fatalf("%v %s", err, a.Body)
	}
	return c, s
}

// idleScenario has a rule for every operation, whose condition never holds.
const idleScenario = `version: 1
name: idle
summary: A rule for everything that decides nothing.
rules:
  - name: never
    on: "*"
    when: sandbox == "another"
    do: pass
`

func basicOf(c *simulatortest.Client) string {
	return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(c.Env["ACEHUB_USERNAME"]+":"+c.Env["ACEHUB_PASSWORD"]))
}

// reading is one thing to read.
type reading struct {
	name, path string
	header     []string
}

// readings makes what the reads read.
func readings(b testing.TB, c *simulatortest.Client) []reading {
	b.Helper()
	card := simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}
	token, err := c.CreateToken(c.Env["CARDTOKENS_LIVE_API_KEY"], card)
	if err != nil {
		b.Fatal(err)
	}
	paid, err := c.Pay(simulatortest.Payment{
		Action: "authorize", Transaction: map[string]any{"trackingCode": "BENCH-ORDER-1", "brandId": 1010, "amount": 12.5, "currencyCode": "EUR"},
		Card: map[string]any{"number": card.PAN, "expiryMonth": 1, "expiryYear": 2031, "cvv": "123", "holderName": "Ada Tester"},
	})
	if err != nil || paid.Result != 0 {
		b.Fatalf("%v %+v", err, paid)
	}
	enrolled, err := c.Enrol(card.PAN, "BENCH-1", "+4512345678")
	if err != nil {
		b.Fatal(err)
	}
	return []reading{
		{"cardtokens.token.status", "/api/token/" + token.TokenID + "/status", []string{"X-Api-Key: " + c.Env["CARDTOKENS_LIVE_API_KEY"]}},
		{"acehub.payment.get", "/gateway/v3/payments/" + paid.Body.Transaction.ID + "?businessId=" + c.Env["ACEHUB_BUSINESS_ID"], []string{basicOf(c)}},
		{"cipher.cardholder.get", "/tenants/" + c.Env["CIPHER_TENANT_ID"] + "/cardHolders/" + enrolled.AuthProfileID, []string{"X-Zeta-AuthToken: " + c.Env["CIPHER_AUTH_TOKEN"]}},
	}
}

func enrolment(pan, vector string) string {
	return fmt.Sprintf(`{"name":"Ada Tester","cardInfo":{"scheme":"DEFAULT","cardNumber":%q},"identities":[{"type":"tenantUniqueVector","value":%q},{"type":"phoneNumber","value":"+4512345678"}],"state":"ENABLED"}`, pan, vector)
}

// BenchmarkRead: at least 0.60 of a bare server's requests a second.
func BenchmarkRead(b *testing.B) { benchReads(b, false) }

// BenchmarkReadDurable is the same with a file that lasts, which the journal is
// written to behind the answers.
func BenchmarkReadDurable(b *testing.B) { benchReads(b, true) }

func benchReads(b *testing.B, durable bool) {
	c := busy(b, durable)
	for _, r := range readings(b, c) {
		text := loadtest.Get(r.path, r.header...)
		answer, err := c.Do(http.MethodGet, c.Env["CARDSIM_URL"]+r.path, nil, headerPairs(r.header)...)
		if err != nil || answer.Status != http.StatusOK {
			b.Fatalf("%s: %v HTTP %d %s", r.name, err, answer.Status, answer.Body)
		}
		bareAt := sameBytes(b, answer)
		for _, n := range connections {
			b.Run(fmt.Sprintf("%s/%d/bare", r.name, n), func(b *testing.B) { benchLoad(b, bareAt, n, func(int) []byte { return text }) })
			b.Run(fmt.Sprintf("%s/%d/cardsim", r.name, n), func(b *testing.B) {
				benchLoad(b, c.Env["CARDSIM_URL"], n, func(int) []byte { return text })
			})
		}
	}
}

func headerPairs(lines []string) []string {
	var out []string
	for _, l := range lines {
		name, value, _ := strings.Cut(l, ": ")
		out = append(out, name, value)
	}
	return out
}

// putter is the least a durable handler can do: one put into bbolt for each request,
// with others in one commit.
func putter(b *testing.B, durable bool, answer []byte) string {
	b.Helper()
	puts := newPuts(b, durable)
	row := []byte(strings.Repeat("x", 600))
	return bare(b, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if err := puts.put(row); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write(answer)
	})
}

// writing is one thing to write; each request is another one.
type writing struct {
	name    string
	request func(n int) []byte
}

func writings(c *simulatortest.Client) []writing {
	token := "X-Api-Key: " + c.Env["CARDTOKENS_LIVE_API_KEY"]
	cipher := "X-Zeta-AuthToken: " + c.Env["CIPHER_AUTH_TOKEN"]
	const kind = "Content-Type: application/json"
	return []writing{
		{"cardtokens.token.create", func(int) []byte {
			return loadtest.Post("/api/token", fmt.Sprintf(`{"card":{"pan":"4000000000001091","expmonth":1,"expyear":2031,"securitycode":"123"},"merchantid":%q}`, c.Env["CARDTOKENS_MERCHANT_ID"]), token, kind)
		}},
		{"acehub.payment.create", func(n int) []byte {
			return loadtest.Post("/gateway/v3/payments", fmt.Sprintf(`{"action":"authorize","header":{"businessId":%q},"body":{"transaction":{"trackingCode":"BENCH-%012d","brandId":1010,"amount":12.5,"currencyCode":"EUR"},"card":{"number":"4000000000001091","expiryMonth":1,"expiryYear":2031,"cvv":"123","holderName":"Ada Tester"}}}`,
				c.Env["ACEHUB_BUSINESS_ID"], n), basicOf(c), kind)
		}},
		{"cipher.card.create", func(n int) []byte {
			return loadtest.Post("/tenants/"+c.Env["CIPHER_TENANT_ID"]+"/cards", enrolment(fmt.Sprintf("4000%012d", n), fmt.Sprintf("B-%d", n)), cipher, kind)
		}},
	}
}

// BenchmarkWrite: at least 0.75 of the least a durable handler can do.
func BenchmarkWrite(b *testing.B) {
	for _, durable := range []bool{true, false} {
		mode := map[bool]string{true: "durable", false: "ephemeral"}[durable]
		for i := range 3 {
			for _, n := range connections {
				name := writings(&simulatortest.Client{Env: map[string]string{}})[i].name
				b.Run(fmt.Sprintf("%s/%s/%d/put", mode, name, n), func(b *testing.B) {
					c := busy(b, false)
					benchLoad(b, putter(b, durable, []byte(strings.Repeat("x", 400))), n, writings(c)[i].request)
				})
				b.Run(fmt.Sprintf("%s/%s/%d/cardsim", mode, name, n), func(b *testing.B) {
					c := busy(b, durable)
					benchLoad(b, c.Env["CARDSIM_URL"], n, writings(c)[i].request)
				})
			}
		}
	}
}

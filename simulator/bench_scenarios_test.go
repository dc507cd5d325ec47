package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// BenchmarkScenarios shows side by side what 200 active rules add to a plain call
// over HTTP: rules on the very operation whose conditions are all tried, and none
// of which matches.
func BenchmarkScenarios(b *testing.B) {
	for _, bench := range []struct {
		name, on, when string
		prepare        func(b *testing.B, c *simulatortest.Client) func(i int) (simulatortest.Answer, error)
	}{
		{"status", "cardtokens.token.status", `card.brand == "mastercard" && card.last4 == "%04d"`, prepareStatus},
		{"payment", "acehub.payment.create", `request.transaction.amount > %d && card.brand == "visa"`, preparePayment},
	} {
		rules := make([]string, 0, 200)
		for i := range 200 {
			rules = append(rules, fmt.Sprintf("{on: %s, when: '%s', do: {delay: 1s}}", bench.on, fmt.Sprintf(bench.when, 5000+i)))
		}
		for name, cfg := range map[string]simulator.Config{
			"no scenario": {}, "200 rules": {Scenarios: []string{scenario(b, rules...)}},
		} {
			b.Run(bench.name+"/"+name, func(b *testing.B) {
				c, _ := simulatortest.Start(b, cfg)
				call, i := bench.prepare(b, c), 0
				for b.Loop() {
					i++
					if a, err := call(i); err != nil || a.Status != http.StatusOK {
						b.Fatalf("HTTP %d %s %v", a.Status, a.Body, err)
					}
				}
			})
		}
	}
}

func prepareStatus(b *testing.B, c *simulatortest.Client) func(int) (simulatortest.Answer, error) {
	b.Helper()
	token, err := c.CreateToken(liveKey(c), good("BENCH").Card)
	if err != nil {
		b.Fatal(err)
	}
	return func(int) (simulatortest.Answer, error) {
		return c.Do(http.MethodGet, tokenURL(c, token.TokenID, "/status"), nil, "X-Api-Key", liveKey(c))
	}
}

func preparePayment(b *testing.B, c *simulatortest.Client) func(int) (simulatortest.Answer, error) {
	b.Helper()
	return func(i int) (simulatortest.Answer, error) {
		body, err := json.Marshal(paymentBody(c, "authorize", fmt.Sprintf("BENCH-%06d", i)))
		if err != nil {
			return simulatortest.Answer{}, err
		}
		return c.Do(http.MethodPost, c.Env["ACEHUB_URL"]+"payments", body, "Authorization", basicAuth(c), "Content-Type", "application/json")
	}
}

package simulator_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// caller makes the i-th call of a benchmark.
type caller func(i int) (simulatortest.Answer, error)

// BenchmarkScenarios shows what 200 active rules add to a plain call over HTTP:
// rules on the very operation whose conditions are all tried, and none of which
// matches, be it that they are false or that the request lacks what they ask for.
// Each call is made twice, of a simulator without and of one with the rules, so
// that whatever else the machine does troubles both alike; told are the medians.
func BenchmarkScenarios(b *testing.B) {
	for _, bench := range []struct {
		name, on, when string
		prepare        func(b *testing.B, c *simulatortest.Client) caller
	}{
		{"status", "cardtokens.token.status", `card.brand == "mastercard" && card.last4 == "%04d"`, prepareStatus},
		{"status last clause", "cardtokens.token.status", `card.brand != "mastercard" && card.last4 == "%04d"`, prepareStatus},
		{"status header", "cardtokens.token.status", `headers["X-Run"] == "%04d"`, prepareStatus},
		{"status absent", "cardtokens.token.status", `request.transaction.amount > %d`, prepareStatus},
		{"payment", "acehub.payment.create", `request.transaction.amount > %d && card.brand == "visa"`, preparePayment},
	} {
		rules := make([]string, 0, 200)
		for i := range 200 {
			rules = append(rules, fmt.Sprintf("{on: %s, when: '%s', do: {delay: 1s}}", bench.on, fmt.Sprintf(bench.when, 5000+i)))
		}
		ruled := simulator.Config{Scenarios: []string{scenario(b, rules...)}}
		b.Run(bench.name, func(b *testing.B) {
			var sides [2]caller
			for i, cfg := range []simulator.Config{{}, ruled} {
				c, _ := simulatortest.Start(b, cfg)
				sides[i] = bench.prepare(b, c)
			}
			compareSides(b, sides)
		})
	}
}

// compareSides makes calls in turn, each side first every other time.
func compareSides(b *testing.B, sides [2]caller) {
	b.Helper()
	var took [2][]time.Duration
	i := 0
	for b.Loop() {
		i++
		for _, side := range []int{i % 2, 1 - i%2} {
			start := time.Now()
			a, err := sides[side](i)
			took[side] = append(took[side], time.Since(start))
			if err != nil || a.Status != http.StatusOK {
				b.Fatalf("HTTP %d %s %v", a.Status, a.Body, err)
			}
		}
	}
	plain, ruled := median(took[0]), median(took[1])
	b.ReportMetric(float64(plain.Nanoseconds())/1000, "plain-µs")
	b.ReportMetric(float64(ruled.Nanoseconds())/1000, "ruled-µs")
	b.ReportMetric(100*(ruled.Seconds()/plain.Seconds()-1), "added-%")
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}

func prepareStatus(b *testing.B, c *simulatortest.Client) caller {
	b.Helper()
	token, err := c.CreateToken(liveKey(c), good("BENCH").Card)
	if err != nil {
		b.Fatal(err)
	}
	return func(int) (simulatortest.Answer, error) {
		return c.Do(http.MethodGet, tokenURL(c, token.TokenID, "/status"), nil, "X-Api-Key", liveKey(c))
	}
}

func preparePayment(b *testing.B, c *simulatortest.Client) caller {
	b.Helper()
	return func(i int) (simulatortest.Answer, error) {
		body, err := json.Marshal(paymentBody(c, "authorize", fmt.Sprintf("BENCH-%06d", i)))
		if err != nil {
			return simulatortest.Answer{}, err
		}
		return c.Do(http.MethodPost, c.Env["ACEHUB_URL"]+"payments", body, "Authorization", basicAuth(c), "Content-Type", "application/json")
	}
}

package simulator_test

import (
	"net/http"
	"path/filepath"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// firstDeclined declines the first payment of each counter.
func firstDeclined(per string) string {
	text := "rules:\n  - name: first\n    on: acehub.payment.create\n    sequence:\n      - outcome: declined\n"
	if per != "" {
		text += "    per: " + per + "\n"
	}
	return text
}

// attempt is a payment, and whether its counter had none before.
type attempt struct {
	pan, code, currency string
	first               bool
}

// TestPer: whose counter a sequence moves.
func TestPer(t *testing.T) {
	const other = "4000000000002503"
	tests := map[string][]attempt{
		"":        {{knownCard, "ORDER-1", "EUR", true}, {other, "ORDER-2", "EUR", false}, {knownCard, "ORDER-3", "USD", false}},
		"sandbox": {{knownCard, "ORDER-1", "EUR", true}, {other, "ORDER-2", "EUR", false}},
		"card":    {{knownCard, "ORDER-1", "EUR", true}, {other, "ORDER-2", "EUR", true}, {knownCard, "ORDER-3", "EUR", false}, {other, "ORDER-4", "EUR", false}},
		"order":   {{knownCard, "ORDER-1", "EUR", true}, {knownCard, "ORDER-2", "EUR", true}, {other, "ORDER-2", "EUR", false}},
		"flow":    {{knownCard, "ORDER-1", "EUR", true}, {other, "ORDER-2", "EUR", true}, {knownCard, "ORDER-3", "EUR", false}},
		"currency + card.brand": {
			{knownCard, "ORDER-1", "EUR", true}, {other, "ORDER-2", "EUR", false}, {knownCard, "ORDER-3", "USD", true}, {"5200000000001096", "ORDER-4", "EUR", true},
		},
		"request.card.holderName": {{knownCard, "ORDER-1", "EUR", true}, {other, "ORDER-2", "USD", false}},
	}
	for per, attempts := range tests {
		t.Run(per, func(t *testing.T) {
			t.Parallel()
			s := scripted(t, firstDeclined(per))
			for _, a := range attempts {
				s.attempts(a)
			}
		})
	}
}

// attempts pays and demands whether the rule took the payment. An order whose
// first payment was declined has used up its tracking code: there the rule shows in
// the refusal.
func (s tale) attempts(a attempt) {
	s.t.Helper()
	p := tracked(plain(of(a.pan, 1)), "PER-"+a.code)
	p.Transaction["currencyCode"] = a.currency
	_, err := s.c.Pay(p)
	s.ok(err)
	entries := s.entries()
	rule := entries[len(entries)-1]["rule"]
	if a.first != (rule == "first") {
		s.t.Errorf("%+v meets rule %q", a, rule)
	}
}

// TestPerMerchant: two shops of a sandbox have a counter each.
func TestPerMerchant(t *testing.T) {
	path := filepath.Join(t.TempDir(), "own.yaml")
	write(t, path, "version: 1\nname: own\n"+firstDeclined("merchant"))
	c, _ := simulatortest.Start(t, simulator.Config{Fixtures: []string{"testdata/two-shops.yaml"}, Scenarios: []string{path}})
	first := tale{t, c}
	second := tale{t, simulatortest.New(map[string]string{
		"ACEHUB_URL": c.Env["ACEHUB_URL"], "ACEHUB_BUSINESS_ID": "770099", "ACEHUB_USERNAME": "second", "ACEHUB_PASSWORD": "second-password",
	})}
	first.pays(plain(order(1)), http.StatusBadRequest, -4)
	second.pays(plain(order(1)), http.StatusBadRequest, -4)
	first.pays(plain(order(2)), http.StatusOK, 0)
	second.pays(plain(order(2)), http.StatusOK, 0)
}

// TestPerCardOfANetworkToken: the counter is the underlying card's, whatever
// number was sent (decisions 4).
func TestPerCardOfANetworkToken(t *testing.T) {
	s := scripted(t, firstDeclined("card"))
	s.pays(plain(order(1)), http.StatusBadRequest, -4)
	s.pays(s.walk(order(2)).Payment(), http.StatusOK, 0)
}

// TestPerAfter: what follows the last step.
func TestPerAfter(t *testing.T) {
	tests := map[string][]int{"": {-4, -2, 0, 0}, "after: stay": {-4, -2, -2, -2}, "after: repeat": {-4, -2, -4, -2}}
	for after, results := range tests {
		s := scripted(t, "rules:\n  - on: acehub.payment.create\n    "+after+"\n    sequence:\n      - outcome: declined\n      - outcome: failed\n")
		for n, want := range results {
			paid, err := s.c.Pay(plain(order(n)))
			s.ok(err)
			same(s, after+": the result", paid.Result, want)
		}
	}
}

package scheme

import (
	"slices"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/store"
)

// journey is every value that one world gives out for the same calls.
func journey(t *testing.T, id string, seed uint64) []string {
	b := newBench(t)
	b.w = world(t, id, seed)
	var values []string
	for _, network := range []Scheme{Visa, Mastercard, Test} {
		tok := b.provision(visaCard, network)
		one, two := b.issue(tok, "87654321"), b.issue(tok, "")
		values = append(values, tok.ID, tok.Digits(b.w), tok.PAR(b.w), one.Value, one.PaymentDataID, two.Value, two.PaymentDataID)
	}
	return append(values, CAVV(b.w, "AbCdEfGhIjKlMnOpQr01", core.Visa, core.ThreeDS22, core.StatusAuthenticated))
}

func TestSameSeedSameValues(t *testing.T) {
	one, two, other, elsewhere := journey(t, "default", 1), journey(t, "default", 1), journey(t, "default", 2), journey(t, "team-a", 1)
	if !slices.Equal(one, two) {
		t.Errorf("the same seed gives\n%v\nand\n%v", one, two)
	}
	for i := range one {
		if one[i] == other[i] || one[i] == elsewhere[i] {
			t.Errorf("value %d is the same for another seed or sandbox: %s", i, one[i])
		}
	}
	seen := map[string]bool{}
	for _, v := range one {
		if seen[v] {
			t.Errorf("%s was given out twice", v)
		}
		seen[v] = true
	}
}

// TestTokenOrderDoesNotMatter: a value is drawn from its entity, not from what
// came before (interface §3).
func TestTokenOrderDoesNotMatter(t *testing.T) {
	b, c := newBench(t), newBench(t)
	first, _ := b.provision(visaCard, Visa), b.provision(otherPAN, Visa)
	_, second := c.provision(otherPAN, Visa), c.provision(visaCard, Visa)
	if first.ID != second.ID || first.Digits(b.w) != second.Digits(c.w) {
		t.Error("the order of the calls changed a token")
	}
}

func TestNothingSecretIsStored(t *testing.T) {
	b := newBench(t)
	tok := b.provision(visaCard, Visa)
	secrets := []string{visaCard, tok.Digits(b.w), b.issue(tok, "").Value}
	a := authenticated(b, core.Visa, core.ThreeDS22, core.StatusAuthenticated)
	secrets = append(secrets, CAVV(b.w, a.TransactionID, core.Visa, a.Version, a.Status))
	err := b.db.View(func(tx *store.Tx) error {
		return store.Each(tx, b.w.ID, func(table, key string, value []byte) error {
			for _, s := range secrets {
				if strings.Contains(key, s) || strings.Contains(string(value), s) {
					t.Errorf("table %s holds %s in clear", table, s)
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

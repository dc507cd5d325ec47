package acs

import (
	"testing"

	"cardsim/simulator/core"
)

func TestAmount(t *testing.T) {
	for want, m := range map[string]core.Money{
		"€123.45":         {Minor: 12345, Currency: "EUR"},
		"€0.01":           {Minor: 1, Currency: "EUR"},
		"US$1,234.50":     {Minor: 123450, Currency: "USD"},
		"₹12,345,678.90":  {Minor: 1234567890, Currency: "INR"},
		"¥500":            {Minor: 500, Currency: "JPY"},
		"¥1,000":          {Minor: 1000, Currency: "JPY"},
		"KWD\u00a01.234":  {Minor: 1234, Currency: "KWD"},
		"CHF\u00a0999.00": {Minor: 99900, Currency: "CHF"}, // no sign of its own
		"DKK\u00a01.00":   {Minor: 100, Currency: "DKK"},   // kr is also Sweden's and Norway's
		"-€1,000.00":      {Minor: -100000, Currency: "EUR"},
	} {
		if got := amount(m); got != want {
			t.Errorf("%s shows as %q, want %q", m, got, want)
		}
	}
}

// TestSignsAreOfOneCurrency: a sign says which currency it is.
func TestSignsAreOfOneCurrency(t *testing.T) {
	seen := map[string]string{}
	for code, sign := range signs {
		if _, ok := core.CurrencyByAlpha(code); !ok {
			t.Errorf("%s is no currency", code)
		}
		if other := seen[sign]; other != "" {
			t.Errorf("%s stands for %s and %s", sign, other, code)
		}
		seen[sign] = code
	}
}

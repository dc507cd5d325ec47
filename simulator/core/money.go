package core

import (
	"fmt"
	"strconv"
	"strings"
)

// Money is an amount in the currency's minor units (cents for EUR, whole yen
// for JPY) and the ISO 4217 alpha code.
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// Currency is one row of ISO 4217.
type Currency struct {
	Alpha    string // three letters, EUR
	Numeric  string // three digits, 978
	Decimals int    // digits after the point
}

// CurrencyByAlpha finds a currency by its three-letter code, in any case.
func CurrencyByAlpha(code string) (Currency, bool) {
	c, ok := currencies[strings.ToUpper(code)]
	return c, ok
}

// CurrencyByNumeric finds a currency by its three-digit code.
func CurrencyByNumeric(code string) (Currency, bool) {
	for _, c := range currencies {
		if c.Numeric == code {
			return c, true
		}
	}
	return Currency{}, false
}

// ParseMajor reads an amount in major units ("12.5") of a known currency. Trailing
// zeros beyond the currency's decimals are accepted, other digits there are not.
func ParseMajor(text, alpha string) (Money, error) {
	cur, ok := CurrencyByAlpha(alpha)
	if !ok {
		return Money{}, fmt.Errorf("currency %q is not in ISO 4217", alpha)
	}
	whole, frac, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	if len(frac) > cur.Decimals {
		if strings.Trim(frac[cur.Decimals:], "0") != "" {
			return Money{}, fmt.Errorf("amount %s has more than %d decimals", text, cur.Decimals)
		}
		frac = frac[:cur.Decimals]
	}
	frac += strings.Repeat("0", cur.Decimals-len(frac))
	minor, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil || !AllDigits(whole) {
		return Money{}, fmt.Errorf("amount %q is not a number", text)
	}
	if strings.HasPrefix(text, "-") {
		minor = -minor
	}
	return Money{Minor: minor, Currency: cur.Alpha}, nil
}

// Major writes the amount in major units without trailing zeros: 12.5, 5, 0.01.
func (m Money) Major() string {
	s := m.Decimal()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Decimal writes the amount in major units with the currency's decimals: 12.50.
func (m Money) Decimal() string {
	decimals := 2
	if c, ok := CurrencyByAlpha(m.Currency); ok {
		decimals = c.Decimals
	}
	sign, minor := "", m.Minor
	if minor < 0 {
		sign, minor = "-", -minor
	}
	s := strconv.FormatInt(minor, 10)
	if decimals == 0 {
		return sign + s
	}
	if len(s) <= decimals {
		s = strings.Repeat("0", decimals-len(s)+1) + s
	}
	return sign + s[:len(s)-decimals] + "." + s[len(s)-decimals:]
}

// String is what a person reads: EUR 12.50.
func (m Money) String() string { return m.Currency + " " + m.Decimal() }

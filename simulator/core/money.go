package core

import (
	"bytes"
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
	Alpha   string // three letters, EUR
	Numeric string // three digits, 978
}

// Decimals is how many digits stand behind the point.
func (c Currency) Decimals() int { return decimals(c.Alpha) }

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
	if len(frac) > cur.Decimals() {
		if strings.Trim(frac[cur.Decimals():], "0") != "" {
			return Money{}, fmt.Errorf("amount %s has more than %d decimals", text, cur.Decimals())
		}
		frac = frac[:cur.Decimals()]
	}
	frac += strings.Repeat("0", cur.Decimals()-len(frac))
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
	var room [moneyRoom]byte
	b := m.append(room[:0])
	if m.decimals() > 0 {
		b = bytes.TrimSuffix(bytes.TrimRight(b, "0"), []byte("."))
	}
	return string(b)
}

// Decimal writes the amount in major units with the currency's decimals: 12.50.
func (m Money) Decimal() string {
	var room [moneyRoom]byte
	return string(m.append(room[:0]))
}

// moneyRoom is longer than any amount.
const moneyRoom = 32

func (m Money) append(b []byte) []byte {
	minor := uint64(m.Minor)
	if m.Minor < 0 {
		b, minor = append(b, '-'), -minor
	}
	decimals := m.decimals()
	unit := uint64(1)
	for range decimals {
		unit *= 10
	}
	b = strconv.AppendUint(b, minor/unit, 10)
	if decimals == 0 {
		return b
	}
	point := len(b)
	b = strconv.AppendUint(b, unit+minor%unit, 10) // a one in front keeps the zeros behind it
	b[point] = '.'
	return b
}

// decimals are those of the currency; one that nobody knows has two.
func (m Money) decimals() int { return decimals(m.Currency) }

// exact is how far every whole number is a float64.
const exact = 1 << 53

// Float is the amount in major units as the nearest number: of 12.50, 12.5.
func (m Money) Float() float64 {
	if m.Minor > exact || m.Minor < -exact {
		f, _ := strconv.ParseFloat(m.Major(), 64) // an amount is always a number
		return f
	}
	unit := 1.0
	for range m.decimals() {
		unit *= 10
	}
	return float64(m.Minor) / unit
}

// String is what a person reads: EUR 12.50.
func (m Money) String() string { return m.Currency + " " + m.Decimal() }

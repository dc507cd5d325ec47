package acs

import (
	"strings"

	"cardsim/simulator/core"
)

// signs are the currency signs that stand for one currency in an English text
// (Unicode CLDR, English); a sign of several, such as kr, is none. Any other
// currency has its code.
var signs = map[string]string{
	"EUR": "€", "GBP": "£", "USD": "US$", "AUD": "A$", "CAD": "CA$", "NZD": "NZ$", "HKD": "HK$", "TWD": "NT$", "MXN": "MX$", "BRL": "R$",
	"JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "VND": "₫", "PHP": "₱", "NGN": "₦", "UAH": "₴", "TRY": "₺", "KZT": "₸",
	"CRC": "₡", "PYG": "₲", "LAK": "₭", "MNT": "₮", "GEL": "₾", "AMD": "֏", "AZN": "₼", "BDT": "৳", "KHR": "៛", "RUB": "₽", "GHS": "GH₵",
}

// amount is money as a cardholder reads it: €1,234.50, CHF 12.00, ¥500.
func amount(m core.Money) string {
	digits, minus := strings.CutPrefix(m.Decimal(), "-")
	sign, ok := signs[m.Currency]
	if !ok {
		sign = m.Currency + "\u00a0"
	}
	text := sign + grouped(digits)
	if minus {
		text = "-" + text
	}
	return text
}

// grouped puts a comma after every thousand.
func grouped(digits string) string {
	whole, fraction, decimals := strings.Cut(digits, ".")
	var b strings.Builder
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	if decimals {
		b.WriteString("." + fraction)
	}
	return b.String()
}

package core

import "strings"

// Brand is a card scheme in lower case, as scenarios and the journal name it.
type Brand string

// The brands the simulated providers know.
const (
	Visa               Brand = "visa"
	Mastercard         Brand = "mastercard"
	Amex               Brand = "amex"
	Discover           Brand = "discover"
	Diners             Brand = "diners"
	JCB                Brand = "jcb"
	UnionPay           Brand = "unionpay"
	Elo                Brand = "elo"
	Maestro            Brand = "maestro"
	Forbrugsforeningen Brand = "forbrugsforeningen"
	UnknownBrand       Brand = "unknown"
)

// brandRange maps a span of leading digits to a brand; the first span that
// matches wins, so that narrow ranges stand before wide ones.
type brandRange struct {
	low, high string
	brand     Brand
}

// brandRanges: reference cardinal.md §9 (inferred from the sandbox list) and
// cardtokens.md §12.4. Elo's and the test scheme's six digits come first.
var brandRanges = []brandRange{
	{"650529", "650529", Elo}, {"650505", "650505", Elo},
	{"600722", "600722", Forbrugsforeningen},
	{"3528", "3589", JCB}, {"3337", "3338", JCB}, {"1800", "1800", JCB}, {"2131", "2131", JCB},
	{"34", "34", Amex}, {"37", "37", Amex},
	{"300", "305", Diners}, {"36", "36", Diners}, {"38", "38", Diners},
	{"6011", "6011", Discover}, {"64", "65", Discover},
	{"62", "62", UnionPay}, {"81", "81", UnionPay},
	{"51", "55", Mastercard}, {"2221", "2720", Mastercard},
	{"50", "50", Maestro}, {"56", "58", Maestro}, {"67", "67", Maestro},
	{"4", "4", Visa},
}

// BrandOf tells the brand from the leading digits, UnknownBrand when no range
// matches. Exact sandbox numbers that clash (JCB's old 3000…) are the
// catalogue's to settle before this is asked.
func BrandOf(digits string) Brand {
	for _, r := range brandRanges {
		n := len(r.low)
		if len(digits) < n {
			continue
		}
		if p := digits[:n]; p >= r.low && p <= r.high {
			return r.brand
		}
	}
	return UnknownBrand
}

// MastercardGroup says that the brand takes Mastercard's ECI values (02, 01,
// 00) and not the Visa group's (05, 06, 07): reference cardinal.md §9.
func (b Brand) MastercardGroup() bool {
	return b == Mastercard || b == Maestro || strings.HasSuffix(string(b), "-mastercard")
}

package issuer

import (
	"strings"
	"unicode/utf8"
)

// maskPhone shows the country code and the last two digits: +91 ********92. A
// number without plus sign shows its last two digits only.
func maskPhone(number string) string {
	digits, international := strings.CutPrefix(number, "+")
	if len(digits) < 4 {
		return strings.Repeat("*", len(digits))
	}
	prefix := ""
	if n := countryCodeLength(digits); international && len(digits)-n > 2 {
		prefix, digits = "+"+digits[:n]+" ", digits[n:]
	}
	hidden := len(digits) - 2
	return prefix + strings.Repeat("*", hidden) + digits[hidden:]
}

// twoDigitCodes are the ITU-T E.164 country codes of two digits. Beside them
// there are 1 and 7; every other code has three digits.
const twoDigitCodes = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 " +
	"51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 "

func countryCodeLength(digits string) int {
	switch {
	case digits[0] == '1' || digits[0] == '7':
		return 1
	case strings.Contains(twoDigitCodes, digits[:2]+" "):
		return 2
	default:
		return 3
	}
}

// maskEmail shows the first letter and the domain: a***@zeta.tech.
func maskEmail(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 {
		return "***"
	}
	_, size := utf8.DecodeRuneInString(address)
	return address[:size] + "***" + address[at:]
}

package acehub

import (
	"encoding/json"
	"strconv"
	"strings"

	"cardsim/simulator/core"
)

// maxNumber and maxExponent bound a number as it is written.
const (
	maxNumber   = 40
	maxExponent = 20
)

// decimal brings a number to the form 12.5, -3, 0: no exponent (some clients'
// languages write 1.0E7), no leading zeros, no zeros at the end of a fraction.
func decimal(written string) (json.Number, bool) {
	if written == "" || len(written) > maxNumber {
		return "", false
	}
	mantissa, exponent, scaled := strings.Cut(strings.ToLower(written), "e")
	shift := 0
	if scaled {
		var err error
		if shift, err = strconv.Atoi(exponent); err != nil || shift > maxExponent || shift < -maxExponent {
			return "", false
		}
	}
	digits, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, dotted := strings.Cut(digits, ".")
	if !core.AllDigits(whole) || dotted && !core.AllDigits(fraction) {
		return "", false
	}
	text := shifted(whole, fraction, shift)
	if negative && text != "0" {
		text = "-" + text
	}
	return json.Number(text), true
}

// shifted moves the point of whole.fraction to the right, or to the left.
func shifted(whole, fraction string, by int) string {
	all, point := whole+fraction, len(whole)+by
	if point <= 0 {
		all, point = strings.Repeat("0", 1-point)+all, 1
	}
	if point > len(all) {
		all += strings.Repeat("0", point-len(all))
	}
	whole = strings.TrimLeft(all[:point], "0")
	if whole == "" {
		whole = "0"
	}
	if fraction = strings.TrimRight(all[point:], "0"); fraction != "" {
		return whole + "." + fraction
	}
	return whole
}

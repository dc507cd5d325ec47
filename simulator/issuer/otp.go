package issuer

import (
	"strconv"

	"cardsim/simulator/sandbox"
)

// The lengths of a one-time password that setting acs.otpLength may ask for.
const (
	minOTP = 4
	maxOTP = 10
)

// OTP is the one-time password of a challenge's sending: ordinal 1 is the first,
// each resend is the next. It is derived whenever it is needed and never stored
// (decisions, "Chance"). Its length is setting acs.otpLength, kept within 4 to 10.
func OTP(w *sandbox.World, challenge string, ordinal int) string {
	length := min(max(w.Settings.Int("acs.otpLength"), minOTP), maxOTP)
	return w.Draw("issuer.otp", challenge, strconv.Itoa(ordinal)).Digits(length)
}

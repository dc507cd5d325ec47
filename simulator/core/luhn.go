package core

// LuhnValid checks the mod-10 digit of a number of ASCII digits.
func LuhnValid(digits string) bool {
	return AllDigits(digits) && luhnSum(digits)%10 == 0
}

// LuhnDigit is the check digit that makes body followed by it valid.
func LuhnDigit(body string) byte {
	sum := luhnSum(body + "0")
	return byte('0' + (10-sum%10)%10)
}

func luhnSum(digits string) int {
	sum := 0
	double := false
	for i := len(digits) - 1; i >= 0; i-- {
		d := int(digits[i] - '0')
		if double {
			d *= 2
			if d > 9 {
				d -= 9
			}
		}
		sum += d
		double = !double
	}
	return sum
}

package web

import (
	"fmt"
	"strconv"
	"strings"
)

// enough is the contrast that text needs (WCAG 2, AA).
const enough = 4.5

// legible is a text colour as it can be read on a background: the colour itself
// where its contrast is enough, else mixed with black or white, whichever reads
// better there, in the smallest of twenty steps that is.
func legible(text, background string) string {
	if contrast(text, background) >= enough {
		return text
	}
	towards := readableOn(background)
	for step := 1; step < 20; step++ {
		if mixed := mix(text, towards, float64(step)/20); contrast(mixed, background) >= enough {
			return mixed
		}
	}
	return towards
}

// contrast is the ratio of two colours, 1 to 21.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// mix is a colour moved a part of the way towards another.
func mix(from, to string, part float64) string {
	a, b := channels(from), channels(to)
	var out [3]int
	for i := range out {
		out[i] = int(float64(a[i]) + (float64(b[i])-float64(a[i]))*part + 0.5)
	}
	return fmt.Sprintf("#%02x%02x%02x", out[0], out[1], out[2])
}

// channels are the red, green and blue of a checked colour, 0 to 255.
func channels(hex string) (out [3]int) {
	digits := hex[1:]
	if len(digits) == 3 {
		digits = strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
	}
	for i := range out {
		n, _ := strconv.ParseUint(digits[2*i:2*i+2], 16, 8) // checked by hexColour
		out[i] = int(n)
	}
	return out
}

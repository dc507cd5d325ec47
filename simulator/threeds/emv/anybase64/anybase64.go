// Package anybase64 reads base64 in every spelling that 3-D Secure messages
// meet on their way through browsers and shops. It owns that tolerance alone:
// what the bytes mean is the caller's, and writing, where one spelling must be
// chosen, is not done here.
package anybase64

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Decode reads text in the standard or URL alphabet, padded or not, with line
// breaks, and with blanks where a form decoder turned "+" into " " (reference
// cipher-acs.md B3.1 and B4.1: all four combinations are in use, the blanks are
// inferred). The error says where the text stops being base64, never what it
// holds.
func Decode(text string) ([]byte, error) {
	raw, err := base64.RawStdEncoding.DecodeString(trim(strings.Map(standard, text)))
	if err != nil {
		return nil, fmt.Errorf("not base64 in any spelling: %w", err)
	}
	return raw, nil
}

// standard maps one character to the standard alphabet, or drops it. Blanks
// stay until trim has told plus signs from white space.
func standard(r rune) rune {
	switch r {
	case '-':
		return '+'
	case '_':
		return '/'
	case '\r', '\n', '\t':
		return -1
	default:
		return r
	}
}

// trim drops padding and outer white space and turns the other blanks into
// plus signs. A blank at the end was a plus sign only if it completes a group
// of four: base64 that needs no padding may end in "+".
func trim(text string) string {
	text = strings.TrimLeft(text, " ")
	if len(text)%4 != 0 || strings.HasSuffix(strings.TrimRight(text, " "), "=") {
		text = strings.TrimRight(text, " =")
	}
	return strings.ReplaceAll(text, " ", "+")
}

package emv

import (
	"encoding/base64"
	"fmt"
)

// Spelling is one of the four ways in which senders write base64. Failures
// from exactly this difference could not be reproduced in sandboxes (reference
// cipher-acs.md B4.1), so a client can ask for each.
type Spelling string

// The spellings; the empty Spelling means URLUnpadded, which the protocol asks
// for (reference cipher-acs.md B4.1: documented).
const (
	URLUnpadded Spelling = "url"
	URLPadded   Spelling = "url-padded"
	StdUnpadded Spelling = "std"
	StdPadded   Spelling = "std-padded"
)

// ParseSpelling reads a setting's value: one of the four names, or "".
func ParseSpelling(name string) (Spelling, error) {
	switch s := Spelling(name); s {
	case "":
		return URLUnpadded, nil
	case URLUnpadded, URLPadded, StdUnpadded, StdPadded:
		return s, nil
	default:
		return "", fmt.Errorf("base64 spelling %q is none of url, url-padded, std, std-padded", name)
	}
}

// write encodes in this spelling.
func (s Spelling) write(raw []byte) string {
	switch s {
	case URLPadded:
		return base64.URLEncoding.EncodeToString(raw)
	case StdUnpadded:
		return base64.RawStdEncoding.EncodeToString(raw)
	case StdPadded:
		return base64.StdEncoding.EncodeToString(raw)
	default:
		return base64.RawURLEncoding.EncodeToString(raw)
	}
}

package core

import "strings"

// Outcome is one named result of an operation that a scenario can ask for: a
// row of the catalogue beside each provider's code.
type Outcome struct {
	Operation string   `json:"operation"`      // acehub.payment.create
	Name      string   `json:"name"`           // as scenarios write it
	Summary   string   `json:"summary"`        // what the caller sees
	With      []string `json:"with,omitempty"` // parameters it takes
	Source    string   `json:"source"`         // seed, or section of the reference
	Mark      string   `json:"mark"`           // documented, observed, inferred or ours
}

// OperationMatches compares an operation id with a pattern, in which each *
// stands for any characters, also none: acehub.*, *.create (interface §7).
func OperationMatches(pattern, id string) bool {
	head, rest, starred := strings.Cut(pattern, "*")
	if !starred {
		return pattern == id
	}
	id, ok := strings.CutPrefix(id, head)
	for ok {
		part, more, again := strings.Cut(rest, "*")
		if !again {
			return strings.HasSuffix(id, rest)
		}
		at := strings.Index(id, part)
		if at < 0 {
			return false
		}
		id, rest = id[at+len(part):], more
	}
	return false
}

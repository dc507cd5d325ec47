package journal

import (
	"strings"

	"cardsim/simulator/core"
)

// Lengths of literal secrets: shorter than shortestSecret says too little to be
// searched for, and from anywhereSecret on it is searched for inside other text.
const (
	shortestSecret = 3
	anywhereSecret = 6
)

// hit is a place where a secret stands.
type hit struct {
	start, end int
	secret     string
}

// findSecrets finds every secret of six or more characters in body, as it is or
// percent-encoded, JSON-escaped or as XML references, a card number also with
// separators. Hits rise and do not overlap.
func findSecrets(body []byte, secrets []string) []hit {
	var first [256]bool // bytes that a secret, or an escape, can begin with
	wanted, tricky := false, false
	for _, s := range secrets {
		if len(s) >= anywhereSecret {
			first[s[0]], wanted = true, true
			first[' '] = first[' '] || s[0] == '+'
			tricky = tricky || strings.ContainsAny(s, "%\\&")
		}
	}
	if !wanted {
		return nil
	}
	first['%'], first['\\'], first['&'] = true, true, true
	var hits []hit
	for i, c := range body {
		if !first[c] {
			continue
		}
		for _, s := range secrets {
			if len(s) < anywhereSecret || isDigit(c) && s[0] != c {
				continue
			}
			n := spells(body[i:], s, false)
			if n == 0 && tricky {
				n = spells(body[i:], s, true)
			}
			if n > 0 {
				hits = addHit(hits, i, i+n, s)
			}
		}
	}
	return hits
}

// addHit appends a hit, or lengthens the last one where they overlap.
func addHit(hits []hit, start, end int, secret string) []hit {
	if n := len(hits); n > 0 && start < hits[n-1].end {
		hits[n-1].end = max(hits[n-1].end, end)
		return hits
	}
	if hits == nil {
		hits = make([]hit, 0, 4)
	}
	return append(hits, hit{start, end, secret})
}

// showSecret is what stands in place of a secret found by its value: a number that
// may be a card's is cut, anything else is hidden.
func showSecret(secret string) string {
	if len(secret) >= shortestMasked && len(secret) <= longestPAN && core.AllDigits(secret) {
		return core.MaskPAN(secret)
	}
	return "[masked]"
}

// spells returns how many bytes at the beginning of b spell the secret, 0 when they
// do not. With escapedFirst an escape is read before the plain byte is tried: a
// secret may itself hold what looks like an escape.
func spells(b []byte, secret string, escapedFirst bool) int {
	pos := 0
	for k := range len(secret) {
		if pos == len(b) {
			return 0
		}
		if k > 0 && isSeparator(b[pos]) && isDigit(secret[k]) && isDigit(secret[k-1]) && pos+1 < len(b) {
			pos++
		}
		plainByte := b[pos] == secret[k] || b[pos] == ' ' && secret[k] == '+' // a + that a form parser read as a blank
		if plainByte && !escapedFirst {
			pos++
			continue
		}
		switch c, n := unescape(b[pos:]); {
		case n > 0 && c == secret[k]:
			pos += n
		case plainByte:
			pos++
		default:
			return 0
		}
	}
	return pos
}

// wholeSecret says that text is one of the secrets too short to be searched for
// inside other text: a CVV is three digits, and so is half of everything.
func wholeSecret(text []byte, secrets []string) bool {
	if len(text) < shortestSecret || len(text) >= anywhereSecret {
		return false
	}
	for _, s := range secrets {
		if string(text) == s {
			return true
		}
	}
	return false
}

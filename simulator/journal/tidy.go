package journal

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"cardsim/simulator/core"
)

const (
	// maxBody is how much of a body is kept.
	maxBody = 64 << 10
	// entryCost is what an entry takes beside its texts: its Record, what is compact
	// in it, and its place in lists and maps, measured and rounded up.
	entryCost = 640
)

// tidy brings an entry into the form in which it is kept. The texts that tell what
// happened are passed over for card numbers once more: a tracking code or a path
// holds one when a caller mixes up his fields. path is one that has been masked already.
func (e *Entry) tidy(path string) {
	if e.Path != path {
		e.Path = maskText(e.Path)
	}
	for _, text := range [...]*string{&e.Flow, &e.Merchant, &e.Reference, &e.Result} {
		*text = maskText(*text)
	}
	for i, w := range e.Warnings {
		if masked := maskText(w); masked != w {
			e.Warnings = slices.Clone(e.Warnings) // the caller's own stay as they are
			e.Warnings[i] = masked
		}
	}
	if r := e.Refusal; r != nil {
		e.Refusal = &core.Refusal{Code: r.Code, Detail: maskText(r.Detail)}
	}
	for _, m := range []*Message{e.Request, e.Response} {
		if m != nil {
			m.Body = keptBody(m.Body)
		}
	}
}

// cut shortens a body to maxBody, its note included, between two characters.
func cut(body string) string {
	if len(body) <= maxBody {
		return body
	}
	note := fmt.Sprintf("\n[cut: the body has %d bytes]", len(body))
	end := maxBody - len(note)
	for end > 0 && !utf8.RuneStart(body[end]) {
		end--
	}
	return body[:end] + note
}

// size is about what the entry takes in memory, in bytes.
func (e *Entry) size() int64 {
	n := entryCost + len(e.Path) + len(e.Query) + len(e.Flow) + len(e.Reference) + len(e.Result) + len(e.Rule)
	for _, w := range e.Warnings {
		n += len(w)
	}
	if e.Refusal != nil {
		n += len(e.Refusal.Detail)
	}
	return int64(n+sizeOfMessages(e.Request, e.Response)) + e.Decision.weight()
}

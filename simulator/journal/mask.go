package journal

import (
	"bytes"
	"strings"
)

// Kind says how a body is read while it is masked.
type Kind int

// The kinds of body.
const (
	Text Kind = iota // no structure that is known
	JSON
	XML
	Form // application/x-www-form-urlencoded
	HTML
)

// MaskBody returns a body as it may be kept: field names that are known to hold
// card numbers, security codes or secrets have their values masked, at any depth;
// every other run of 13 to 19 digits that passes the Luhn check is cut to its
// first six and last four; and secrets, the literal values that the caller knows,
// are replaced wherever they stand, also percent-encoded or escaped. A secret of
// three to five characters is replaced only where it is a whole value, a shorter
// one never.
//
// A body that is not what kind says is masked as text, and harder: runs of 12 and
// more digits go whatever Luhn says.
func MaskBody(kind Kind, body []byte, secrets []string) string {
	return string(maskedBody(kind, body, secrets))
}

// maskedBody is MaskBody without a copy of what needs no mask: that is body itself.
func maskedBody(kind Kind, body []byte, secrets []string) []byte {
	if len(body) == 0 {
		return nil
	}
	masked, ok := maskAs(kind, body, secrets, 0)
	if !ok {
		return maskBroken(body, secrets)
	}
	return masked
}

// maxNesting ends the descent into documents inside documents and into nested
// values: no provider's message comes near it.
const maxNesting = 200

// maskAs masks a body of one kind; ok is false when it is not of that kind.
func maskAs(kind Kind, body []byte, secrets []string, depth int) (masked []byte, ok bool) {
	if depth > maxNesting {
		return nil, false
	}
	switch kind {
	case JSON:
		return maskJSON(body, secrets, depth)
	case XML, HTML:
		return maskMarkup(body, secrets, kind == HTML)
	case Form:
		return maskForm(body, secrets, depth)
	default:
		return maskPlain(body, secrets), true
	}
}

// KindOf tells the kind of a body by its content type and, where that is absent,
// vague or plainly wrong, by its first bytes. Cardinal answers XML as text/html
// (reference cardinal.md §1, observed), hence the look at the bytes.
func KindOf(contentType string, body []byte) Kind {
	media, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	media = strings.TrimSpace(media)
	if kind := sniff(body); kind != Text {
		return kind
	}
	switch {
	case strings.HasSuffix(media, "json"):
		return JSON
	case strings.HasSuffix(media, "xml"):
		return XML
	case media == "text/html":
		return HTML
	case media == "application/x-www-form-urlencoded":
		return Form
	default:
		return Text
	}
}

// sniff tells JSON, XML and HTML by their first bytes; anything else is Text.
func sniff(body []byte) Kind {
	body = bytes.TrimLeft(bytes.TrimPrefix(body, utf8BOM), " \t\r\n")
	if len(body) == 0 {
		return Text
	}
	switch body[0] {
	case '{', '[':
		return JSON
	case '<':
		for _, tag := range [...]string{"<!doctype html", "<html", "<head", "<body", "<form", "<div", "<script"} {
			if len(body) >= len(tag) && strings.EqualFold(string(body[:len(tag)]), tag) {
				return HTML
			}
		}
		return XML
	}
	return Text
}

package pares

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// rule is the format of one element: how a person would say it, and the test.
type rule struct {
	text string
	ok   func(string) bool
}

// checks collects the broken rules of one message.
type checks struct{ problems []Problem }

func (c *checks) fail(code ErrorCode, element, rule string) {
	c.problems = append(c.problems, Problem{Code: code, Element: element, Rule: rule})
}

// required reports an empty value as missing, another as ill-formed.
func (c *checks) required(element, value string, r rule) {
	if value == "" {
		c.fail(CodeMissing, element, "is required: "+r.text)
		return
	}
	c.optional(element, value, r)
}

func (c *checks) optional(element, value string, r rule) {
	if value != "" && !(printable(value) && r.ok(value)) {
		c.fail(CodeFormat, element, "must be "+r.text)
	}
}

func (c *checks) absent(element, value, why string) {
	if value != "" {
		c.fail(CodeFormat, element, "must be absent "+why)
	}
}

// version tells a version that is too old from one that is merely wrong.
func (c *checks) version(value string) {
	if value == "1.0.0" || value == "1.0.1" {
		c.fail(CodeOldVersion, "version", "is too old, must be "+Version)
		return
	}
	c.required("version", value, oneOf(Version))
}

// outgoingID holds Message/@id to the length every MPI takes.
func (c *checks) outgoingID(id string) {
	c.optional("Message/@id", id, length(maxMessageID))
}

func (c *checks) err() error {
	if len(c.problems) == 0 {
		return nil
	}
	return &Invalid{c.problems}
}

// printable refuses what XML cannot carry, and control characters, which no
// element of these messages needs.
func printable(s string) bool {
	for _, r := range s {
		if r < 0x20 || r == 0x7f || r == 0xfffe || r == 0xffff {
			return false
		}
	}
	return utf8.ValidString(s)
}

// length allows up to so many characters, counted as a reader would.
func length(most int) rule {
	return rule{fmt.Sprintf("at most %d characters", most), func(s string) bool { return utf8.RuneCountInString(s) <= most }}
}

// digits allows between least and most of them.
func digits(least, most int) rule {
	text := fmt.Sprintf("%d to %d digits", least, most)
	if least == most {
		text = fmt.Sprintf("%d digits", most)
	}
	return rule{text, func(s string) bool {
		return len(s) >= least && len(s) <= most && strings.Trim(s, "0123456789") == ""
	}}
}

// oneOf allows a fixed set of values.
func oneOf(values ...string) rule {
	return rule{strings.Join(values, " or "), func(s string) bool { return slices.Contains(values, s) }}
}

// twentyBytes is the format of XID and CAVV.
func twentyBytes() rule {
	return rule{"20 bytes as 28 characters of base64", func(s string) bool {
		raw, err := base64.StdEncoding.Strict().DecodeString(s)
		return err == nil && len(raw) == 20 && len(s) == 28
	}}
}

// layout allows the times and dates that a layout of the time package reads.
func layout(value, text string) rule {
	return rule{text, func(s string) bool {
		_, err := time.Parse(value, s)
		return err == nil && len(s) == len(value)
	}}
}

// address allows absolute URLs of at most 255 characters.
func address() rule {
	return rule{"an absolute URL of at most 255 characters", func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && u.Scheme != "" && u.Host != "" && utf8.RuneCountInString(s) <= 255
	}}
}

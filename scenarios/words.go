package scenarios

import (
	"strings"

	"cardsim/scenarios/strictyaml"
	"cardsim/simulator/core"
)

// Words is one text or a list of them.
type Words []string

// UnmarshalNode reads a text or a list of texts.
func (w *Words) UnmarshalNode(n *strictyaml.Node, _ *strictyaml.Report) {
	switch n.Kind {
	case strictyaml.Null:
		noValue(n)
	case strictyaml.Sequence:
		n.Decode((*[]string)(w))
		if len(n.Items()) == 0 {
			n.Report(n.Key().Value+" must not be empty", "")
		}
	default:
		var one string
		n.Decode(&one)
		*w = Words{one}
		if n.Kind == strictyaml.Text && one == "" {
			n.Report(n.Key().Value+" must not be empty", "")
		}
	}
}

// nodes gives the node of each word.
func (w Words) nodes(n *strictyaml.Node) []*strictyaml.Node {
	if n.Kind == strictyaml.Sequence {
		return n.Items()
	}
	return []*strictyaml.Node{n}
}

// CardNumber is a card number of a scenario. It prints masked everywhere.
type CardNumber struct{ core.PAN }

// UnmarshalNode reads 12 to 19 digits. The Luhn test is not applied: published
// numbers fail it (decisions 12).
func (c *CardNumber) UnmarshalNode(n *strictyaml.Node, _ *strictyaml.Report) {
	var text string
	if !readText(n, &text) {
		return
	}
	pan, ok := core.ParsePAN(text)
	if !ok {
		n.Report("a card number has 12 to 19 digits and nothing else", "")
	}
	c.PAN = pan
}

// Code is a one-time password of a scenario. It prints hidden everywhere.
type Code struct{ digits string }

// Digits gives the code in clear, empty when there is none.
func (c Code) Digits() string { return c.digits }

// String hides the code.
func (c Code) String() string { return strings.Repeat("*", len(c.digits)) }

// MarshalText hides the code in JSON and every other text encoding.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// codeShape is what a person can type into the issuer's page (ours); it says to
// validators what UnmarshalNode checks.
const codeShape = `^[0-9]{1,16}$`

// UnmarshalNode reads the digits.
func (c *Code) UnmarshalNode(n *strictyaml.Node, _ *strictyaml.Report) {
	if readText(n, &c.digits) && (c.digits == "" || len(c.digits) > 16 || strings.Trim(c.digits, "0123456789") != "") {
		n.Report("a code has 1 to 16 digits and nothing else", "")
	}
}

// readText reads a text and tells whether there is one.
func readText(n *strictyaml.Node, into *string) bool {
	if n.Kind == strictyaml.Null {
		noValue(n)
		return false
	}
	n.Decode(into)
	return n.Kind == strictyaml.Text
}

// noValue reports a key or an entry without a value, in the words that every
// other key has for it.
func noValue(n *strictyaml.Node) {
	n.Key().Report(label(n)+" has no value", "give it a value, or leave the key out")
}

// label names a node in a message: by its key where it has one.
func label(n *strictyaml.Node) string {
	if n.Key() == n {
		return "this entry"
	}
	return n.Key().Value
}

package cardtokens

import (
	"bytes"
	"errors"

	"cardsim/simulator/wire"
)

var errNotObject = errors.New("not a JSON object")

// field is a member whose type is judged later, in the order of the checks and
// with the tolerance its rule has: three official samples send months and years
// as strings (reference cardtokens.md §4.1, observed).
type field struct {
	kind fieldKind
	text string // a string's content, else the JSON text
}

type fieldKind int

const (
	absent fieldKind = iota // missing or null
	text
	numeral
	other // true, false, an array or an object
)

// UnmarshalJSON takes any JSON value.
func (f *field) UnmarshalJSON(value []byte) (err error) {
	switch {
	case bytes.Equal(value, []byte("null")):
		*f = field{}
	case value[0] == '"':
		f.kind = text
		f.text, err = wire.ParseText(value)
	case value[0] == '-' || value[0] >= '0' && value[0] <= '9':
		*f = field{kind: numeral, text: string(value)}
	default:
		*f = field{kind: other, text: string(value)}
	}
	return err
}

// empty says that the member is missing, null, or the empty string, which means
// the same for every optional string (reference cardtokens.md §4.2 row 2).
func (f field) empty() bool { return f.kind == absent || f.kind == text && f.text == "" }

// isText says that the member is a string.
func (f field) isText() bool { return f.kind == text }

// isNumber says that the member is a number, or a string that may hold one.
func (f field) isNumber() bool { return f.kind == numeral || f.kind == text }

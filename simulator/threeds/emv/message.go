package emv

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"cardsim/simulator/threeds/emv/anybase64"
)

// maxText is the longest field value we look at; real ones have 300 characters.
const maxText = 64 << 10

// errDuplicate says that a JSON object repeats a name.
var errDuplicate = errors.New("a member occurs more than once")

// members is a message's JSON object: names as written (the protocol's names
// are case-sensitive, encoding/json's matching is not), values unread.
type members map[string]json.RawMessage

// readMembers undoes base64 and JSON. The error is errDuplicate together with
// the members read so far, or says why the text is no message.
func readMembers(text string) (members, error) {
	if len(text) > maxText {
		return nil, fmt.Errorf("%d characters are more than %d", len(text), maxText)
	}
	// JSON ends in "}", never in bits that base64 writes as a plus sign, so
	// blanks at the ends are white space.
	raw, err := anybase64.Decode(strings.TrimSpace(text))
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	m := members{}
	var twice error
	for d.More() {
		name, value, err := readMember(d)
		if err != nil {
			return nil, err
		}
		if _, known := m[name]; known {
			twice = fmt.Errorf("%s: %w", name, errDuplicate)
		}
		m[name] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, errors.New("the JSON object is not closed")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is text after the JSON object")
	}
	return m, twice
}

func readMember(d *json.Decoder) (string, json.RawMessage, error) {
	token, err := d.Token()
	name, ok := token.(string)
	if err != nil || !ok {
		return "", nil, errors.New("not a JSON object")
	}
	var value json.RawMessage
	if err := d.Decode(&value); err != nil {
		return "", nil, errors.New("not a JSON object")
	}
	return name, value, nil
}

// text is a string member; "" when it is absent or no string.
func (m members) text(name string) string {
	var s string
	if json.Unmarshal(m[name], &s) != nil {
		return ""
	}
	return s
}

// knownVersion says that a message version is one we speak (reference
// cipher-acs.md B4.1: documented).
func knownVersion(v string) bool { return v == "2.1.0" || v == "2.2.0" || v == "2.3.1" }

// isUUID accepts the canonical form of a UUID in either case.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i, r := range s {
		if dash := i == 8 || i == 13 || i == 18 || i == 23; dash != (r == '-') {
			return false
		}
		if r != '-' && !strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return false
		}
	}
	return true
}

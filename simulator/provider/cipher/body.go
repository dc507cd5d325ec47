package cipher

import (
	"bytes"
	"encoding/json"

	"cardsim/simulator/core"
	"cardsim/simulator/wire"
)

// object is a JSON object whose members are read by their exact names: unlike
// encoding/json's structs, Cipher's two spellings of one name are two members
// (reference cipher-acs.md A9.3). Unknown members are ignored (A1, inferred).
type object map[string]json.RawMessage

// parse reads a body that must be one JSON object.
func parse(body []byte) (object, error) {
	var o object
	if err := json.Unmarshal(body, &o); err != nil {
		return nil, core.Errf(core.CodeMalformed, "", "the body is no JSON object")
	}
	if o == nil {
		return nil, core.Errf(core.CodeMalformed, "", "the body is null, not an object")
	}
	return o, nil
}

// has says that a member is there and not null.
func (o object) has(name string) bool {
	raw, ok := o[name]
	return ok && !bytes.Equal(bytes.TrimSpace(raw), []byte("null"))
}

// text reads a required string that is not empty; field is its path for people.
func (o object) text(name, field string) (string, error) {
	if !o.has(name) {
		return "", core.Errf(core.CodeMissing, field, "it is required")
	}
	s, err := wire.ParseText(o[name])
	if err != nil {
		return "", core.Errf(core.CodeInvalid, field, "it must be a string")
	}
	if s == "" {
		return "", core.Errf(core.CodeInvalid, field, "it must not be empty")
	}
	return s, nil
}

// loose reads a member that is a string or a bare number, as it stands: empty
// when it is neither.
func (o object) loose(name string) string {
	raw := bytes.TrimSpace(o[name])
	if len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		return string(raw)
	}
	s, err := wire.ParseText(raw)
	if err != nil {
		return ""
	}
	return s
}

// object reads a required object.
func (o object) object(name string) (object, error) {
	if !o.has(name) {
		return nil, core.Errf(core.CodeMissing, name, "it is required")
	}
	var inner object
	if err := json.Unmarshal(o[name], &inner); err != nil {
		return nil, core.Errf(core.CodeInvalid, name, "it must be an object")
	}
	return inner, nil
}

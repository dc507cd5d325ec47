package emv

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// maxExtensions is the most entries that messageExtension may have (reference
// cipher-acs.md B4.1: documented).
const maxExtensions = 10

// CReq is a browser's challenge request. Real ones hold exactly the first five
// members, in this order (reference cipher-acs.md B4.1: observed).
type CReq struct {
	MessageType          string          `json:"messageType"`    // "CReq"
	MessageVersion       string          `json:"messageVersion"` // 2.1.0, 2.2.0 or 2.3.1
	ThreeDSServerTransID string          `json:"threeDSServerTransID"`
	ACSTransID           string          `json:"acsTransID"`
	ChallengeWindowSize  WindowSize      `json:"challengeWindowSize"`
	MessageExtension     json.RawMessage `json:"messageExtension,omitempty"` // a JSON array, carried unread
}

// EncodeCReq writes the text of the form field creq, which is also Cardinal's
// Payload: unpadded base64url (reference cardinal.md §5.2: documented). The
// error is the *Erro an ACS would answer with.
func EncodeCReq(q CReq) (string, error) {
	q.MessageType = "CReq"
	raw, err := json.Marshal(q)
	if err != nil {
		return "", fmt.Errorf("CReq: %w", err)
	}
	text := URLUnpadded.write(raw)
	switch refusal := q.check(q.given()); {
	case refusal != nil:
		return "", fmt.Errorf("CReq: %w", refusal)
	case len(text) > maxText:
		return "", fmt.Errorf("CReq: %d characters are more than %d", len(text), maxText)
	}
	return text, nil
}

// given are the members that a message is refused without.
func (q CReq) given() members {
	m := members{}
	for name, value := range map[string]string{
		"messageType": q.MessageType, "messageVersion": q.MessageVersion, "threeDSServerTransID": q.ThreeDSServerTransID,
		"acsTransID": q.ACSTransID, "challengeWindowSize": string(q.ChallengeWindowSize),
	} {
		m[name] = json.RawMessage(`"` + value + `"`)
	}
	return m
}

// DecodeCReq reads the form field creq in any spelling of base64. A message
// that breaks a rule gives the error message the ACS answers with, its code by
// reference cipher-acs.md B4.3 (mapping inferred); the request then holds what
// could be read, so that its transaction can be looked for. Whether the ids are
// known, and the version is the negotiated one, is for the caller to say.
func DecodeCReq(text string) (CReq, *Erro) {
	m, err := readMembers(text)
	if err != nil && !errors.Is(err, errDuplicate) {
		return CReq{}, Refuse(CReq{}, CodeInvalidMessage, err.Error())
	}
	q := CReq{
		MessageType:          m.text("messageType"),
		MessageVersion:       m.text("messageVersion"),
		ThreeDSServerTransID: m.text("threeDSServerTransID"),
		ACSTransID:           m.text("acsTransID"),
		ChallengeWindowSize:  WindowSize(m.text("challengeWindowSize")),
		MessageExtension:     m["messageExtension"],
	}
	if err != nil {
		return q, Refuse(q, CodeDuplicate, err.Error())
	}
	return q, q.check(m)
}

// check applies the rules in the order of their codes: is it a CReq, of a
// version we speak, complete, and well formed.
func (q CReq) check(m members) *Erro {
	if _, present := m["messageType"]; present && q.MessageType != "CReq" {
		return Refuse(q, CodeInvalidMessage, "messageType is not CReq")
	}
	if q.MessageVersion != "" && !knownVersion(q.MessageVersion) {
		return Refuse(q, CodeVersion, "messageVersion is none of 2.1.0, 2.2.0, 2.3.1")
	}
	if absent := m.absent("messageType", "messageVersion", "threeDSServerTransID", "acsTransID", "challengeWindowSize"); absent != "" {
		return Refuse(q, CodeMissing, absent)
	}
	if wrong := q.illFormed(); len(wrong) > 0 {
		return Refuse(q, CodeFormat, strings.Join(wrong, ","))
	}
	return nil
}

// illFormed names the fields whose format is wrong.
func (q CReq) illFormed() []string {
	var wrong []string
	if q.MessageVersion == "" {
		wrong = append(wrong, "messageVersion")
	}
	if !isUUID(q.ThreeDSServerTransID) {
		wrong = append(wrong, "threeDSServerTransID")
	}
	if !isUUID(q.ACSTransID) {
		wrong = append(wrong, "acsTransID")
	}
	if !q.ChallengeWindowSize.Valid() {
		wrong = append(wrong, "challengeWindowSize")
	}
	var list []json.RawMessage
	if q.MessageExtension != nil && (json.Unmarshal(q.MessageExtension, &list) != nil || len(list) > maxExtensions) {
		wrong = append(wrong, "messageExtension")
	}
	return wrong
}

// absent names the members that are not there, or null, or empty.
func (m members) absent(names ...string) string {
	var missing []string
	for _, name := range names {
		if value := string(m[name]); value == "" || value == "null" || value == `""` {
			missing = append(missing, name)
		}
	}
	return strings.Join(missing, ",")
}

package emv

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ErrCRes says that a text is no final challenge response.
var ErrCRes = errors.New("not a valid CRes")

// CRes is the final challenge response that the ACS posts through the browser.
// It is a signal, not the result: that travels from server to server. Members
// are written in the order of the published example (reference cipher-acs.md
// B4.1).
type CRes struct {
	ACSTransID string `json:"acsTransID"`
	// ChallengeCompletionInd is "Y", or "" to leave it out as a certified ACS
	// does; the tables have it for the app channel only.
	ChallengeCompletionInd string `json:"challengeCompletionInd,omitempty"`
	MessageType            string `json:"messageType"` // "CRes"
	MessageVersion         string `json:"messageVersion"`
	ThreeDSServerTransID   string `json:"threeDSServerTransID"`
	TransStatus            string `json:"transStatus"` // Y or N, nothing else in a final CRes
}

// Answer starts the response to a request: it echoes the ids and version. The
// caller may add ChallengeCompletionInd.
func (q CReq) Answer(transStatus string) CRes {
	return CRes{
		ACSTransID: q.ACSTransID, MessageType: "CRes", MessageVersion: q.MessageVersion,
		ThreeDSServerTransID: q.ThreeDSServerTransID, TransStatus: transStatus,
	}
}

// EncodeCRes writes the text of the form field cres in the spelling asked for.
// The error wraps ErrCRes when a field breaks a rule of reference
// cipher-acs.md B4.1.
func EncodeCRes(r CRes, s Spelling) (string, error) {
	r.MessageType = "CRes"
	if err := r.check(); err != nil {
		return "", err
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("CRes: %w", err)
	}
	return s.write(raw), nil
}

// DecodeCRes reads the field cres in any spelling, as the party that sent the
// CReq does. The error is the *Erro when the ACS sent an error message instead,
// or wraps ErrCRes.
func DecodeCRes(text string) (CRes, error) {
	m, err := readMembers(text)
	if err != nil {
		return CRes{}, fmt.Errorf("%w: %w", ErrCRes, err)
	}
	if m.text("messageType") == "Erro" {
		return CRes{}, readErro(m)
	}
	r := CRes{
		ACSTransID:             m.text("acsTransID"),
		ChallengeCompletionInd: m.text("challengeCompletionInd"),
		MessageType:            m.text("messageType"),
		MessageVersion:         m.text("messageVersion"),
		ThreeDSServerTransID:   m.text("threeDSServerTransID"),
		TransStatus:            m.text("transStatus"),
	}
	return r, r.check()
}

func (r CRes) check() error {
	switch {
	case r.MessageType != "CRes":
		return fmt.Errorf("%w: messageType is not CRes", ErrCRes)
	case !knownVersion(r.MessageVersion):
		return fmt.Errorf("%w: messageVersion is none of 2.1.0, 2.2.0, 2.3.1", ErrCRes)
	case !isUUID(r.ACSTransID) || !isUUID(r.ThreeDSServerTransID):
		return fmt.Errorf("%w: an id is no UUID", ErrCRes)
	case r.TransStatus != "Y" && r.TransStatus != "N":
		return fmt.Errorf("%w: transStatus is neither Y nor N", ErrCRes)
	case r.ChallengeCompletionInd != "" && r.ChallengeCompletionInd != "Y":
		return fmt.Errorf("%w: challengeCompletionInd of a final CRes is Y or absent", ErrCRes)
	default:
		return nil
	}
}

func readErro(m members) *Erro {
	return &Erro{
		MessageType:          "Erro",
		MessageVersion:       m.text("messageVersion"),
		ThreeDSServerTransID: m.text("threeDSServerTransID"),
		ACSTransID:           m.text("acsTransID"),
		DSTransID:            m.text("dsTransID"),
		ErrorCode:            ErrorCode(m.text("errorCode")),
		ErrorComponent:       Component(m.text("errorComponent")),
		ErrorDescription:     m.text("errorDescription"),
		ErrorDetail:          m.text("errorDetail"),
		ErrorMessageType:     m.text("errorMessageType"),
	}
}

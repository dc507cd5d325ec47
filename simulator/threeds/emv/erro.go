package emv

import (
	"encoding/json"
	"fmt"
)

// ErrorCode is the errorCode of an error message.
type ErrorCode string

// The error codes of reference cipher-acs.md B4.3 (documented).
const (
	CodeInvalidMessage ErrorCode = "101"
	CodeVersion        ErrorCode = "102"
	CodeMissing        ErrorCode = "201"
	CodeFormat         ErrorCode = "203"
	CodeDuplicate      ErrorCode = "204"
	CodeUnknownID      ErrorCode = "301"
	CodeDecryption     ErrorCode = "302"
	CodeAccessDenied   ErrorCode = "303"
	CodeISOCode        ErrorCode = "304"
	CodeTransaction    ErrorCode = "305"
	CodeTimedOut       ErrorCode = "402"
	CodeTransient      ErrorCode = "403"
	CodePermanent      ErrorCode = "404"
	CodeConnection     ErrorCode = "405"
)

// Component is the party that found the error (errorComponent).
type Component string

// The components of reference cipher-acs.md B4.3 (documented).
const (
	ComponentSDK    Component = "C"
	ComponentServer Component = "S" // 3DS Server
	ComponentDS     Component = "D"
	ComponentACS    Component = "A"
)

// Erro is an error message. The ids are "" where they are not known.
type Erro struct {
	MessageType          string    `json:"messageType"` // "Erro"
	MessageVersion       string    `json:"messageVersion"`
	ThreeDSServerTransID string    `json:"threeDSServerTransID,omitempty"`
	ACSTransID           string    `json:"acsTransID,omitempty"`
	DSTransID            string    `json:"dsTransID,omitempty"`
	ErrorCode            ErrorCode `json:"errorCode"`
	ErrorComponent       Component `json:"errorComponent"`
	ErrorDescription     string    `json:"errorDescription"` // the code in words
	ErrorDetail          string    `json:"errorDetail"`      // the field or fact
	ErrorMessageType     string    `json:"errorMessageType,omitempty"`
}

// Refuse makes the ACS's error message about a CReq, from what could be read of
// it: the code, and in detail the names of the fields or the fact. Its version
// is the request's, or the oldest one where that cannot be told (ours).
func Refuse(q CReq, code ErrorCode, detail string) *Erro {
	e := &Erro{
		MessageType: "Erro", MessageVersion: "2.1.0",
		ErrorCode: code, ErrorComponent: ComponentACS,
		ErrorDescription: describe(code), ErrorDetail: detail, ErrorMessageType: "CReq",
	}
	if knownVersion(q.MessageVersion) {
		e.MessageVersion = q.MessageVersion
	}
	if isUUID(q.ThreeDSServerTransID) {
		e.ThreeDSServerTransID = q.ThreeDSServerTransID
	}
	if isUUID(q.ACSTransID) {
		e.ACSTransID = q.ACSTransID
	}
	return e
}

// Error is the sentence for people.
func (e *Erro) Error() string {
	return fmt.Sprintf("%s (code %s, component %s): %s", e.ErrorDescription, e.ErrorCode, e.ErrorComponent, e.ErrorDetail)
}

// EncodeErro writes the text that goes back in the field cres when the
// transaction is known (reference cipher-acs.md B4.3: the field is unknown, its
// use inferred).
func EncodeErro(e Erro, s Spelling) (string, error) {
	e.MessageType = "Erro"
	raw, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("Erro: %w", err)
	}
	return s.write(raw), nil
}

// describe puts a code into words, in our own wording.
func describe(code ErrorCode) string {
	switch code {
	case CodeInvalidMessage:
		return "Message is not valid"
	case CodeVersion:
		return "Message version is not supported"
	case CodeMissing:
		return "A required element is missing"
	case CodeFormat:
		return "The format of an element is not valid"
	case CodeDuplicate:
		return "An element occurs more than once"
	case CodeUnknownID:
		return "Transaction id is not recognised"
	case CodeDecryption:
		return "Data could not be decrypted"
	case CodeAccessDenied:
		return "Access denied"
	case CodeISOCode:
		return "An ISO code is not valid"
	case CodeTransaction:
		return "Transaction data is not valid"
	case CodeTimedOut:
		return "Transaction timed out"
	case CodeTransient:
		return "Transient system failure"
	case CodeConnection:
		return "Connection failed"
	default:
		return "Permanent system failure"
	}
}

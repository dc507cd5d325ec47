package core

import "fmt"

// Code names a kind of error in the simulator's own words. Each provider maps
// every code it can meet to its own error document in its errors.go; a test
// fails when one is unmapped.
type Code string

// The codes every provider maps.
const (
	CodeMalformed     Code = "malformed"      // the envelope does not parse
	CodeTooLarge      Code = "too-large"      // the body exceeds the limit
	CodeNoCredentials Code = "no-credentials" // none were sent
	CodeUnauthorized  Code = "unauthorized"   // wrong secret, or unknown in strict mode
	CodeMissing       Code = "missing"        // a required field is absent; Field names it
	CodeInvalid       Code = "invalid"        // a field is badly formed; Field names it
	CodeNotFound      Code = "not-found"      // the thing addressed does not exist
	CodeConflict      Code = "conflict"       // it collides with what exists
	CodeRule          Code = "business-rule"  // the operation is not legal in this state
	CodeNoRoute       Code = "no-route"       // no such path
	CodeMethod        Code = "method"         // the path exists, the method does not
	CodeInternal      Code = "internal"       // our own failure
)

// Codes lists every code, for the tests that hold each provider's table to it.
func Codes() []Code {
	return []Code{
		CodeMalformed, CodeTooLarge, CodeNoCredentials, CodeUnauthorized, CodeMissing, CodeInvalid,
		CodeNotFound, CodeConflict, CodeRule, CodeNoRoute, CodeMethod, CodeInternal,
	}
}

// Error crosses packages: a code, the field it concerns, and a sentence for
// the journal and log. The provider's own words are the provider's.
type Error struct {
	Code   Code
	Field  string // path of the field in the provider's spelling, if any
	Detail string // why, for people; never holds a PAN or secret
	// Number carries a provider's own error number where the check that failed
	// has one (Cardinal's 2006, Cipher's ER002); empty otherwise.
	Number string
	// Refusal is the reason for the journal where a party behind the check gave
	// one; nil where the code and detail are all there is.
	Refusal *Refusal
}

// Reason is what the journal says of the error: the party's own refusal behind
// it, else code and detail.
func (e *Error) Reason() *Refusal {
	if e.Refusal != nil {
		return e.Refusal
	}
	return &Refusal{Code: string(e.Code), Detail: e.Error()}
}

// Because says which party's refusal stands behind the error.
func (e *Error) Because(r *Refusal) *Error {
	e.Refusal = r
	return e
}

// Errf makes an Error with a formatted detail.
func Errf(code Code, field, format string, args ...any) *Error {
	return &Error{Code: code, Field: field, Detail: fmt.Sprintf(format, args...)}
}

// Error is the sentence for people.
func (e *Error) Error() string {
	if e.Field == "" {
		return string(e.Code) + ": " + e.Detail
	}
	return string(e.Code) + ": " + e.Field + ": " + e.Detail
}

// Refusal is the true reason why a party of the simulator refused, in our own
// words: it goes into the journal, never into a provider's wire format.
type Refusal struct {
	Code   string `json:"code"`   // stable, kebab-case: cavv-amount-exceeded
	Detail string `json:"detail"` // one sentence, without any secret value
}

// Refusef makes a Refusal with a formatted detail.
func Refusef(code, format string, args ...any) *Refusal {
	return &Refusal{Code: code, Detail: fmt.Sprintf(format, args...)}
}

// Error lets a refusal travel as an error inside one package.
func (r *Refusal) Error() string { return r.Code + ": " + r.Detail }

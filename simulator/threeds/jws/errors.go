package jws

import "fmt"

// Code is a Cruise API error number (reference cardinal.md §5.3).
type Code int

// The numbers a token can earn. The vendor's list gives 1010, 1011 and their
// texts, 1003 for a JWT that cannot be parsed, and 4000 for a failed
// validation, whose description then names the field (documented).
const (
	CodeMalformed  Code = 1003
	CodeSignature  Code = 1010
	CodeExpired    Code = 1011
	CodeValidation Code = 4000
)

// Error says why a token is refused. It never holds the token or the key.
type Error struct {
	code   Code
	detail string
}

// Code is the Cruise error number.
func (e *Error) Code() Code { return e.code }

// Error is the sentence for people.
func (e *Error) Error() string { return fmt.Sprintf("JWT refused (%d): %s", e.code, e.detail) }

func fail(code Code, detail string) *Error { return &Error{code: code, detail: detail} }

package pares

import (
	"fmt"
	"strings"
)

// Fault is a reason why a message cannot be used. Faults are constants, to be
// asked for with errors.Is.
type Fault string

// The faults. Cardinal answers each with something else (reference cardinal.md
// §6 and §8: 1060, 1055, SignatureVerification N).
const (
	// ErrUnreadable covers ErrNotInflated and ErrNotParsed.
	ErrUnreadable Fault = "message is unreadable"
	// ErrNotInflated says that the text is no base64, no zlib or deflate
	// stream, or holds more than 64 KiB (Cardinal 1060).
	ErrNotInflated Fault = "message does not inflate"
	// ErrNotParsed says that the text inflates but is not the XML message that
	// was expected (Cardinal 1055).
	ErrNotParsed Fault = "message does not parse"
	// ErrSignature says that the message is readable but its signature is
	// absent, wrong, or made by a signer that is not trusted.
	ErrSignature Fault = "signature does not verify"
	// ErrSigner says that a Signer lacks its key or certificates.
	ErrSigner Fault = "the signer has no key or no certificate"
	// ErrNothingToTamper says that a message has no TX/time ending in a digit.
	ErrNothingToTamper Fault = "the message has no TX/time to alter"
)

// Error is the sentence for people.
func (f Fault) Error() string { return string(f) }

// Is makes ErrNotInflated and ErrNotParsed kinds of ErrUnreadable.
func (f Fault) Is(target error) bool {
	return target == f || target == ErrUnreadable && (f == ErrNotInflated || f == ErrNotParsed)
}

// ErrorCode is the code of a 3-D Secure 1.0 Error message (reference
// cipher-acs.md B3.4: documented).
type ErrorCode int

// The codes a message's own content can earn; 98 and 99 are system failures.
const (
	CodeRoot       ErrorCode = 1 // root element invalid
	CodeMessage    ErrorCode = 2 // message element not defined
	CodeMissing    ErrorCode = 3 // required element missing
	CodeCritical   ErrorCode = 4 // critical element not recognised
	CodeFormat     ErrorCode = 5 // format of an element invalid
	CodeOldVersion ErrorCode = 6 // protocol version too old
)

// Problem is one broken rule of a message.
type Problem struct {
	Code    ErrorCode
	Element string // path below the message, e.g. "Merchant/acqBIN"
	Rule    string // what was expected; never holds the value found
}

// Invalid lists every broken rule of one message, in the order of its elements.
type Invalid struct{ Problems []Problem }

// Code is the code of the first problem, the one an Error message reports.
func (e *Invalid) Code() ErrorCode {
	if len(e.Problems) == 0 {
		return 0
	}
	return e.Problems[0].Code
}

// Error is the sentence for people. It names elements and rules, no values: a
// PARes holds a CAVV and, from a careless sender, a card number.
func (e *Invalid) Error() string {
	parts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		parts[i] = fmt.Sprintf("%s: %s (code %d)", p.Element, p.Rule, p.Code)
	}
	return strings.Join(parts, "; ")
}

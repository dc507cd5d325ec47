package core

import "time"

// Plan is what the active scenarios decided for one request: at most one
// outcome, delay, fault or raw answer. The zero Plan leaves the provider to its
// ordinary behaviour.
type Plan struct {
	// Scenario and Rule name what decided, for the journal and explain.
	Scenario string         `json:"scenario,omitempty"`
	Rule     string         `json:"rule,omitempty"`
	Outcome  string         `json:"outcome,omitempty"` // a name of the operation's outcome catalogue
	With     map[string]any `json:"with,omitempty"`    // the outcome's parameters
	Delay    time.Duration  `json:"delay,omitempty"`   // real time: the network's
	Fault    Fault          `json:"fault,omitzero"`
	Respond  *Respond       `json:"respond,omitempty"`
}

// FaultKind is a kind of trouble on the wire (interface §7).
type FaultKind string

// The kinds of fault.
const (
	FaultReset       FaultKind = "reset"        // the connection is reset (RST)
	FaultHang        FaultKind = "hang"         // nothing is answered until the client goes
	FaultEmpty       FaultKind = "empty"        // the connection is closed without an answer
	FaultTruncate    FaultKind = "truncate"     // the body stops half way
	FaultGarbage     FaultKind = "garbage"      // bytes that are no answer
	FaultDrip        FaultKind = "drip"         // the body comes a few bytes at a time
	FaultWrongLength FaultKind = "wrong-length" // Content-Length does not fit the body
	FaultHTTP        FaultKind = "http"         // an HTTP status in place of the answer
)

// FaultPoint is where in the pipeline a fault strikes (decisions 1 and 22).
type FaultPoint string

// The five points, in the order a request passes them.
const (
	BeforeValidation FaultPoint = "before-validation"
	AfterValidation  FaultPoint = "after-validation"
	AfterCommit      FaultPoint = "after-commit"
	MidBody          FaultPoint = "mid-body"
	AfterAnswer      FaultPoint = "after-answer"
)

// Fault is one trouble and its place; the zero Fault is none.
type Fault struct {
	Kind   FaultKind  `json:"kind,omitempty"`
	At     FaultPoint `json:"at,omitempty"`
	Status int        `json:"status,omitempty"` // for FaultHTTP
}

// Respond is the raw escape hatch of a scenario step: it replaces the
// provider's answer.
type Respond struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    string            `json:"body,omitempty"`
}

// Allowed says whether a kind of fault may strike at a point (decisions 22).
func (f Fault) Allowed() bool {
	switch f.Kind {
	case FaultReset:
		return f.At != MidBody
	case FaultHang, FaultEmpty, FaultHTTP:
		return f.At == BeforeValidation || f.At == AfterValidation || f.At == AfterCommit
	case FaultTruncate, FaultGarbage, FaultDrip, FaultWrongLength:
		return f.At == MidBody
	default:
		return false
	}
}

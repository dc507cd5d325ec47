package worlds

import (
	"errors"
	"fmt"
)

// ErrNone is wrapped when there is no sandbox of an id.
var ErrNone = errors.New("there is no such sandbox")

// FullError says that there are as many sandboxes as are allowed.
type FullError struct{ Limit int }

// Error says what can be done.
func (e *FullError) Error() string {
	return fmt.Sprintf("there are %d sandboxes, and no more are allowed (--sandbox-limit): delete some, or let idle ones be collected (--sandbox-idle)", e.Limit)
}

// TakenError says that an id or an identity belongs to another sandbox.
type TakenError struct{ Detail string }

// Error is the detail.
func (e *TakenError) Error() string { return e.Detail }

// Fault is one thing that is wrong with an order or a file.
type Fault struct {
	Pointer      string // JSON pointer into what was sent
	Line, Column int    // inside a scenario's text, from 1; 0 when it is in none
	Detail       string
}

// InvalidError holds all that is wrong with an order or a file. Nothing was done.
type InvalidError struct {
	Detail string
	Faults []Fault
}

// Error is the detail with the first fault.
func (e *InvalidError) Error() string {
	if len(e.Faults) == 0 {
		return e.Detail
	}
	text := fmt.Sprintf("%s: %s: %s", e.Detail, e.Faults[0].Pointer, e.Faults[0].Detail)
	if more := len(e.Faults) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}

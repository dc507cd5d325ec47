package clock

import (
	"errors"
	"time"
)

// ErrReal is returned for an advance of a clock in real mode (decisions 11).
var ErrReal = errors.New("the clock runs in real time: freeze it first, then advance it")

// ErrBackwards is returned for an advance by a negative duration.
var ErrBackwards = errors.New("a clock is not advanced backwards: set it instead")

// ErrBeyond is returned for an advance past the last year that RFC 3339 can write.
var ErrBeyond = errors.New("a clock ends with the year 9999")

// lastYear is the last that an RFC 3339 instant has room for.
const lastYear = 9999

// State is what a clock shows at one moment.
type State struct {
	Mode Mode
	Now  time.Time // UTC
}

// Advance is the state of a frozen clock after a duration of zero or more.
func (s State) Advance(by time.Duration) (State, error) {
	switch {
	case s.Mode != Frozen:
		return s, ErrReal
	case by < 0:
		return s, ErrBackwards
	case s.Now.Add(by).Year() > lastYear:
		return s, ErrBeyond
	}
	s.Now = s.Now.Add(by)
	return s, nil
}

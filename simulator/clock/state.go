package clock

import (
	"errors"
	"time"
)

// ErrReal is returned for an advance of a clock in real mode (decisions 11).
var ErrReal = errors.New("the clock runs in real time: freeze it first, then advance it")

// ErrBackwards is returned for an advance by a negative duration.
var ErrBackwards = errors.New("a clock is not advanced backwards: set it instead")

// ErrBeyond is returned for an instant that no clock can show.
var ErrBeyond = errors.New("a clock shows the years 0000 to 9998, in UTC")

// The years of a clock are those of RFC 3339 but for its last, 9999: whatever is
// made at the end of time expires after it, and that instant must be written, too.
const (
	firstYear = 0
	lastYear  = 9998
)

// Check says whether a clock can show an instant: nil or ErrBeyond.
func Check(at time.Time) error {
	if year := at.UTC().Year(); year < firstYear || year > lastYear {
		return ErrBeyond
	}
	return nil
}

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
	}
	after := s.Now.Add(by)
	if err := Check(after); err != nil {
		return s, err
	}
	s.Now = after
	return s, nil
}

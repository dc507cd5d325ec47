// Package clock owns time: one clock per sandbox, real or frozen at an instant
// and moved by advance, which fires what became due once and in order. It is
// the only package that reads the machine's clock; everything else asks here.
package clock

import (
	"errors"
	"sync"
	"time"
)

// Mode says where a clock takes its time from.
type Mode string

// The two modes of interface §3.
const (
	Real   Mode = "real"
	Frozen Mode = "frozen"
)

// ErrReal is returned by Advance on a clock in real mode (decisions 11).
var ErrReal = errors.New("the clock runs in real time: freeze it first, then advance it")

// ErrBackwards is returned by Advance for a negative duration.
var ErrBackwards = errors.New("a clock is not advanced backwards: set it instead")

// Clock is one sandbox's time. Safe for concurrent use.
type Clock struct {
	mu     sync.RWMutex
	frozen bool
	at     time.Time
	source func() time.Time
}

// New is a clock in real mode.
func New() *Clock { return &Clock{source: Machine} }

// NewFrozen is a clock frozen at an instant.
func NewFrozen(at time.Time) *Clock {
	return &Clock{source: Machine, frozen: true, at: at.UTC()}
}

// Machine is the machine's own time in UTC: for what is not the sandbox's
// business (idle collection, long polls, a caller's own timestamps).
func Machine() time.Time { return time.Now().UTC() }

// Now is the sandbox's instant in UTC. A request reads it once.
func (c *Clock) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.frozen {
		return c.at
	}
	return c.source()
}

// Mode says whether the clock is real or frozen.
func (c *Clock) Mode() Mode {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.frozen {
		return Frozen
	}
	return Real
}

// Set freezes the clock at an instant, or with mode Real lets it run again.
func (c *Clock) Set(mode Mode, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen, c.at = mode == Frozen, at.UTC()
}

// Advance moves a frozen clock forward and returns the new instant.
func (c *Clock) Advance(by time.Duration) (time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.frozen {
		return time.Time{}, ErrReal
	}
	if by < 0 {
		return time.Time{}, ErrBackwards
	}
	c.at = c.at.Add(by)
	return c.at, nil
}

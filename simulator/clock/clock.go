// Package clock owns time: one clock per sandbox, real or frozen at an instant.
// It is the only package that reads the machine's clock; everything else asks
// here. What falls due when a clock is moved is package due's.
package clock

import (
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

// Clock is one sandbox's time. Safe for concurrent use.
type Clock struct {
	moves  sync.Mutex // held through a whole Move
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

// Follow has the clock take real time from somewhere else than the machine: how
// tests have a machine's clock jump.
func (c *Clock) Follow(source func() time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.source = source
}

// Real is what the clock shows, or would show, in real mode.
func (c *Clock) Real() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.source()
}

// State is the clock's mode and instant, read together.
func (c *Clock) State() State {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.frozen {
		return State{Frozen, c.at}
	}
	return State{Real, c.source()}
}

// Now is the sandbox's instant in UTC. A request reads it once.
func (c *Clock) Now() time.Time { return c.State().Now }

// Mode says whether the clock is real or frozen.
func (c *Clock) Mode() Mode { return c.State().Mode }

// Set freezes the clock at an instant, or with mode Real lets it run again.
func (c *Clock) Set(mode Mode, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frozen, c.at = mode == Frozen, at.UTC()
}

// Advance moves a frozen clock forward and returns the new instant. Nothing else
// happens: what falls due is package due's.
func (c *Clock) Advance(by time.Duration) (time.Time, error) {
	var after State
	err := c.Move(func(before State) (err error) {
		if after, err = before.Advance(by); err == nil {
			c.Set(after.Mode, after.Now)
		}
		return err
	})
	return after.Now, err
}

// Move lets a function change the clock, by Set and as often as it likes. Moves
// wait for one another, so that two of an hour make two hours; reading does not
// wait for them.
func (c *Clock) Move(change func(before State) error) error {
	c.moves.Lock()
	defer c.moves.Unlock()
	return change(c.State())
}

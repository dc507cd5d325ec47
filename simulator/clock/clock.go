// Package clock owns time: one clock per sandbox, real or frozen at an instant.
// It is the only package that reads the machine's clock; everything else asks
// here. What falls due when a clock is moved is package due's.
package clock

import (
	"sync"
	"sync/atomic"
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
	moves   sync.Mutex // held through a whole Move
	changes sync.Mutex // held through the change of the face
	face    atomic.Pointer[face]
}

// face is what a clock goes by; it never changes.
type face struct {
	frozen bool
	at     time.Time
	source func() time.Time
}

// New is a clock in real mode.
func New() *Clock { return newClock(face{source: Machine}) }

// NewFrozen is a clock frozen at an instant.
func NewFrozen(at time.Time) *Clock {
	return newClock(face{source: Machine, frozen: true, at: at.UTC()})
}

func newClock(f face) *Clock {
	c := new(Clock)
	c.face.Store(&f)
	return c
}

// change gives the clock another face.
func (c *Clock) change(how func(*face)) {
	c.changes.Lock()
	defer c.changes.Unlock()
	next := *c.face.Load()
	how(&next)
	c.face.Store(&next)
}

// Machine is the machine's own time in UTC: for what is not the sandbox's
// business (idle collection, long polls, a caller's own timestamps).
func Machine() time.Time { return time.Now().UTC() }

// Follow has the clock take real time from somewhere else than the machine: how
// tests have a machine's clock jump.
func (c *Clock) Follow(source func() time.Time) {
	c.change(func(f *face) { f.source = source })
}

// Real is what the clock shows, or would show, in real mode.
func (c *Clock) Real() time.Time { return c.face.Load().source() }

// State is the clock's mode and instant, read together.
func (c *Clock) State() State {
	f := c.face.Load()
	if f.frozen {
		return State{Frozen, f.at}
	}
	return State{Real, f.source()}
}

// Now is the sandbox's instant in UTC. A request reads it once.
func (c *Clock) Now() time.Time { return c.State().Now }

// Mode says whether the clock is real or frozen.
func (c *Clock) Mode() Mode {
	if c.face.Load().frozen {
		return Frozen
	}
	return Real
}

// Set freezes the clock at an instant, or with mode Real lets it run again.
func (c *Clock) Set(mode Mode, at time.Time) {
	c.change(func(f *face) { f.frozen, f.at = mode == Frozen, at.UTC() })
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

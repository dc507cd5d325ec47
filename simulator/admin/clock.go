package admin

import (
	"errors"
	"net/http"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/due"
	"cardsim/simulator/sandbox"
)

// Clock is a sandbox's clock: its mode and its instant, RFC 3339.
type Clock struct {
	Mode clock.Mode `json:"mode"`
	Now  time.Time  `json:"now"` // the sandbox's instant, UTC
}

// ClockChange is the body of PUT S/clock.
type ClockChange struct {
	Mode clock.Mode `json:"mode" enum:"real,frozen"`
	// Now is the instant to freeze at, RFC 3339; left out, the clock's own now.
	Now *time.Time `json:"now,omitempty"`
}

// ClockAdvance is the body of POST S/clock/advance.
type ClockAdvance struct {
	// By is a Go duration of zero or more, such as 15m or 1h30m.
	By string `json:"by"`
}

// ClockMoved is a clock that was set or advanced, and what fell due on the way
// (the last two members are *ours*).
type ClockMoved struct {
	Clock
	// Fired is what fell due, in order, each once; of more than a thousand the first
	// thousand.
	Fired []due.Event `json:"fired"`
	// FiredCount is how much fell due in all.
	FiredCount int `json:"firedCount"`
}

// maxFired is how much of what fell due an answer lists.
const maxFired = 1000

func clockOf(w *sandbox.World) Clock { return Clock(w.Clock.State()) }

func (a *API) getClock(_ *http.Request, w *sandbox.World) (any, error) { return clockOf(w), nil }

// putClock freezes the clock at an instant (its own now when none is given), or
// lets it run.
func (a *API) putClock(r *http.Request, w *sandbox.World) (any, error) {
	var body ClockChange
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	switch {
	case body.Mode == clock.Frozen:
		return a.moveClock(w, func(m due.Mover) (clock.State, error) { return m.Freeze(body.Now) })
	case body.Mode != clock.Real:
		return nil, problem(http.StatusUnprocessableEntity, "mode is real or frozen")
	case body.Now != nil:
		return nil, problem(http.StatusUnprocessableEntity, "now goes with mode frozen: real time is the machine's")
	}
	return a.moveClock(w, due.Mover.Release)
}

func (a *API) advance(r *http.Request, w *sandbox.World) (any, error) {
	var body ClockAdvance
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	by, err := time.ParseDuration(body.By)
	if err != nil {
		return nil, problem(http.StatusUnprocessableEntity, `by is a Go duration such as "15m" or "1h30m"`)
	}
	moved, err := a.moveClock(w, func(m due.Mover) (clock.State, error) { return m.Advance(by) })
	if errors.Is(err, clock.ErrReal) {
		return nil, problem(http.StatusConflict, err.Error()+`: PUT .../clock takes {"mode":"frozen"}, the command is cardsim clock set now`)
	}
	return moved, err
}

// moveClock is where every change of a clock passes, and so the one place that
// learns of all that fell due, as it is committed.
func (a *API) moveClock(w *sandbox.World, move func(due.Mover) (clock.State, error)) (any, error) {
	moved := ClockMoved{Fired: []due.Event{}}
	m := due.Mover{DB: a.DB, World: w, Tell: func(fired []due.Event) {
		moved.FiredCount += len(fired)
		moved.Fired = append(moved.Fired, fired[:min(len(fired), maxFired-len(moved.Fired))]...)
	}}
	after, err := move(m)
	if errors.Is(err, clock.ErrBeyond) {
		return nil, problem(http.StatusUnprocessableEntity, err.Error())
	}
	if err != nil {
		return nil, err
	}
	moved.Clock = Clock(after)
	return moved, nil
}

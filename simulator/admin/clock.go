package admin

import (
	"net/http"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Clock is a sandbox's clock: its mode and its instant, RFC 3339.
type Clock struct {
	Mode clock.Mode `json:"mode"`
	Now  time.Time  `json:"now"`
}

// ClockChange is the body of PUT S/clock.
type ClockChange struct {
	Mode clock.Mode `json:"mode" enum:"real,frozen"`
	// Now is the instant to freeze at, RFC 3339; left out, the clock's own now.
	Now *time.Time `json:"now,omitempty"`
}

// ClockAdvance is the body of POST S/clock/advance.
type ClockAdvance struct {
	// By is a Go duration above zero, such as 15m or 1h30m.
	By string `json:"by"`
}

func clockOf(w *sandbox.World) Clock { return Clock{Mode: w.Clock.Mode(), Now: w.Clock.Now()} }

func (a *API) getClock(_ *http.Request, w *sandbox.World) (any, error) { return clockOf(w), nil }

// putClock freezes the clock at an instant (its own now when none is given), or
// lets it run.
func (a *API) putClock(r *http.Request, w *sandbox.World) (any, error) {
	var body ClockChange
	if err := decode(r, &body); err != nil {
		return nil, err
	}
	at := w.Clock.Now()
	switch {
	case body.Mode == clock.Frozen && body.Now != nil:
		at = *body.Now
	case body.Mode == clock.Real && body.Now != nil:
		return nil, problem(http.StatusUnprocessableEntity, "now goes with mode frozen: real time is the machine's")
	case body.Mode != clock.Frozen && body.Mode != clock.Real:
		return nil, problem(http.StatusUnprocessableEntity, "mode is real or frozen")
	}
	w.Clock.Set(body.Mode, at)
	return clockOf(w), a.keepClock(w)
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
	if _, err := w.Clock.Advance(by); err != nil {
		return nil, err
	}
	return clockOf(w), a.keepClock(w)
}

// keepClock commits the clock, so that a restart goes on at the same instant.
func (a *API) keepClock(w *sandbox.World) error {
	return a.DB.Update(func(tx *store.Tx) error { return w.SaveState(tx) })
}

package due

import (
	"time"

	"cardsim/simulator/agenda"
	"cardsim/simulator/clock"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// perStretch bounds what one transaction ends, so that a long way does not keep
// everybody else from writing until its end. Smaller ones cost more in all: what
// ends lies scattered over the file, and each transaction writes most of its pages.
const perStretch = 5000

// stretch is what one transaction of a move did.
type stretch struct {
	events  []Event
	reached time.Time // the instant of the last thing taken
	last    bool      // nothing more is due
}

// take ends what is due, the earliest first, each at its own instant.
func (m Mover) take(tx *store.Tx, until time.Time) (stretch, error) {
	step, taken := stretch{last: true}, 0
	err := agenda.Take(tx, m.World.ID, until, func(i agenda.Item) (bool, error) {
		taken++
		step.reached, step.last = i.At, taken < perStretch
		e, fired, err := end(m.World.At(i.At, tx), i)
		if fired {
			step.events = append(step.events, e)
		}
		return step.last, err
	})
	return step, err
}

// end lets one thing happen. fired is false when there was nothing to end, and for
// a kind that a later version of the program has noted.
func end(s sandbox.Scope, i agenda.Item) (e Event, fired bool, err error) {
	k, known := kinds[i.Kind]
	if !known {
		return Event{}, false, nil
	}
	e, fired, err = k.end(s, i.ID)
	e.At = i.At
	return e, fired, err
}

// clock is what the sandbox's clock shows after the stretch: the goal after the
// last one, on the way there the instant that was reached.
func (s stretch) clock(before, after clock.State) clock.State {
	switch {
	case s.last:
		return after
	case before.Mode == clock.Frozen && s.reached.After(before.Now):
		return clock.State{Mode: clock.Frozen, Now: s.reached}
	default:
		return before
	}
}

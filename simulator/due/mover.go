package due

import (
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

// Mover moves the clock of one sandbox. What is in the sandbox's future when it
// begins and in its past when it ends has happened then, and is committed. Where
// the store fails in the middle, the clock stands at the last instant that was
// committed, with everything before it done.
type Mover struct {
	DB    *store.DB
	World *sandbox.World
	// Tell learns of everything that fell due, in order and without gaps, after it was
	// committed and before the move returns. It may be called several times.
	Tell func([]Event)
}

// Advance moves a frozen clock forward. In real mode it is clock.ErrReal.
func (m Mover) Advance(by time.Duration) (clock.State, error) {
	return m.move(func(before clock.State) (clock.State, error) { return before.Advance(by) })
}

// Freeze sets the clock to an instant, or with nil stops it where it stands. It may
// be set back: what has happened stays, and does not happen again. An instant that
// no clock shows is clock.ErrBeyond.
func (m Mover) Freeze(at *time.Time) (clock.State, error) {
	return m.move(func(before clock.State) (clock.State, error) {
		after := clock.State{Mode: clock.Frozen, Now: before.Now}
		if at != nil {
			after.Now = at.UTC()
		}
		return after, clock.Check(after.Now)
	})
}

// Release lets the clock run in real time.
func (m Mover) Release() (clock.State, error) {
	return m.move(func(clock.State) (clock.State, error) {
		return clock.State{Mode: clock.Real, Now: m.World.Clock.Real()}, nil
	})
}

func (m Mover) move(to func(before clock.State) (clock.State, error)) (after clock.State, err error) {
	err = m.World.Clock.Move(func(before clock.State) error {
		if after, err = to(before); err != nil {
			return err
		}
		if err := m.complete(before.Now); err != nil {
			return err
		}
		return m.pass(before, after)
	})
	return after, err
}

// pass takes the clock from one state to the other, in transactions of bounded
// size. What had expired by the old clock counts as expired also where the new one
// is earlier: somebody may have seen it so.
func (m Mover) pass(before, after clock.State) error {
	until := after.Now
	if before.Now.After(until) {
		until = before.Now
	}
	for {
		var step stretch
		var reached clock.State
		err := m.DB.Update(func(tx *store.Tx) (err error) {
			if step, err = m.take(tx, until); err != nil {
				return err
			}
			reached = step.clock(before, after)
			// The clock moves inside the transaction, so that another one which keeps the
			// sandbox's state keeps this time and not the old.
			m.World.Clock.Set(reached.Mode, reached.Now)
			return m.World.SaveState(tx)
		})
		if err != nil {
			m.World.Clock.Set(before.Mode, before.Now)
			return err
		}
		if len(step.events) > 0 && m.Tell != nil {
			m.Tell(step.events)
		}
		if step.last {
			return nil
		}
		before = reached
	}
}

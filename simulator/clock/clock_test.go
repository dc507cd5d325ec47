package clock

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestFrozenMovesOnlyByAdvance(t *testing.T) {
	at := time.Date(2026, 2, 28, 23, 59, 59, 0, time.UTC)
	c := NewFrozen(at)
	if !c.Now().Equal(at) || c.Mode() != Frozen {
		t.Fatalf("frozen at %v in mode %s", c.Now(), c.Mode())
	}
	now, err := c.Advance(time.Second)
	if err != nil || !now.Equal(at.Add(time.Second)) || !c.Now().Equal(now) {
		t.Fatalf("advanced to %v, %v", now, err)
	}
	if _, err := c.Advance(-1); !errors.Is(err, ErrBackwards) {
		t.Errorf("backwards: %v", err)
	}
}

func TestRealFollowsTheMachine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := New()
		before := c.Now()
		time.Sleep(time.Hour)
		if got := c.Now().Sub(before); got != time.Hour {
			t.Errorf("an hour is %v", got)
		}
		if _, err := c.Advance(time.Minute); !errors.Is(err, ErrReal) {
			t.Errorf("advance in real mode: %v", err)
		}
		c.Set(Frozen, before)
		time.Sleep(time.Hour)
		if !c.Now().Equal(before) {
			t.Errorf("frozen at %v, shows %v", before, c.Now())
		}
		c.Set(Real, time.Time{})
		if got := c.Now().Sub(before); got != 2*time.Hour {
			t.Errorf("thawed after %v", got)
		}
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		watch := StartStopwatch()
		if err := Wait(ctx, time.Minute); err != nil || watch.Elapsed() != time.Minute {
			t.Errorf("waited %v, %v", watch.Elapsed(), err)
		}
		cancel()
		if err := Wait(ctx, time.Hour); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled wait: %v", err)
		}
	})
}

// TestMovesWaitForOneAnother: two moves of an hour make two hours, and reading
// waits for neither.
func TestMovesWaitForOneAnother(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	c := NewFrozen(at)
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			err := c.Move(func(before State) error {
				if !c.Now().Equal(before.Now) {
					t.Error("the clock moved under a move")
				}
				after, err := before.Advance(time.Hour)
				c.Set(after.Mode, after.Now)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if want := at.Add(64 * time.Hour); c.State() != (State{Frozen, want}) {
		t.Errorf("the clock shows %+v, want %v", c.State(), want)
	}
}

func TestAdvanceEndsWithTheYear9998(t *testing.T) {
	end := time.Date(9998, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	if _, err := (State{Frozen, end}).Advance(1); !errors.Is(err, ErrBeyond) {
		t.Errorf("past the end: %v", err)
	}
	if s, err := (State{Frozen, end.Add(-1)}).Advance(1); err != nil || !s.Now.Equal(end) {
		t.Errorf("to the end: %v, %v", s, err)
	}
}

func TestCheck(t *testing.T) {
	for at, want := range map[string]error{
		"0000-01-01T00:00:00Z": nil, "1969-12-31T23:59:59Z": nil, "9998-12-31T23:59:59.999999999Z": nil,
		"0000-01-01T00:00:00+14:00": ErrBeyond, "9999-01-01T00:00:00Z": ErrBeyond, "9998-12-31T23:59:59-14:00": ErrBeyond,
		"9999-01-01T00:00:00+14:00": nil,
	} {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := Check(instant); !errors.Is(got, want) {
			t.Errorf("%s: %v, want %v", at, got, want)
		}
	}
}

func TestFollow(t *testing.T) {
	c := New()
	elsewhere := time.Date(1999, 12, 31, 23, 59, 59, 0, time.UTC)
	c.Follow(func() time.Time { return elsewhere })
	if c.State() != (State{Real, elsewhere}) {
		t.Errorf("shows %+v", c.State())
	}
	c.Set(Frozen, elsewhere.Add(time.Hour))
	if !c.Real().Equal(elsewhere) || !c.Now().Equal(elsewhere.Add(time.Hour)) {
		t.Errorf("frozen it shows %v, and would show %v", c.Now(), c.Real())
	}
}

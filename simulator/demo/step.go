package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// deed is one thing that somebody does in a story.
type deed func(context.Context) error

// step is a deed and what the play makes of its failure.
type step struct {
	do   deed
	mood mood
}

// mood is what a play expects of a deed. It is no judgement on the story: only
// the scenario's expect is.
type mood int

const (
	must  mood = iota // a failure ends the play: the shop gives up
	fails             // the failure is the story
	may               // the shop goes on either way
)

// play is the integrator's part in a story.
type play []step

// does is deeds that must succeed.
func does(list ...deed) play { return inMood(must, list) }

// refused is deeds whose failure is the story: a refusal, a lost answer, or that
// the shop itself has to stop.
func refused(list ...deed) play { return inMood(fails, list) }

// tries is deeds that the shop can do without.
func tries(list ...deed) play { return inMood(may, list) }

func inMood(m mood, list []deed) play {
	p := make(play, 0, len(list))
	for _, do := range list {
		p = append(p, step{do, m})
	}
	return p
}

// all puts parts in a row.
func all(parts ...play) play { return slices.Concat(parts...) }

// times repeats a part.
func times(n int, part play) play { return slices.Repeat(part, n) }

// perform takes the steps and tells whether the shop came to the end. A failure
// is printed, and the play says whether it goes on; an error is only what leaves
// no story to tell: the admin API does not answer, or the context is over.
func (w *walk) perform(ctx context.Context, p play) (bool, error) {
	for _, s := range p {
		err := s.do(ctx)
		if ctx.Err() != nil { // whatever the deed makes of it
			return false, fmt.Errorf("the story is broken off: %w", ctx.Err())
		}
		var broken *brokenError
		if errors.As(err, &broken) {
			return false, broken
		}
		switch {
		case err == nil && s.mood == fails:
			w.print.note("this was to fail in this story, and did not")
		case err == nil:
		case s.mood == must && errors.Is(err, errStop):
			w.print.note("%s. An honest shop ends here.", inShort(err))
			return false, nil
		case s.mood == must:
			w.print.note("%s. Here the shop gives up.", inShort(err))
			return false, nil
		default:
			w.print.note("%s. The story goes on.", inShort(err))
		}
	}
	return true, nil
}

// inShort leaves out the answer, which stands above.
func inShort(err error) string {
	var refusal *refusedError
	if errors.As(err, &refusal) {
		return fmt.Sprintf("%s: refused with HTTP %d", refusal.step, refusal.status)
	}
	return err.Error()
}

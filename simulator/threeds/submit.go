package threeds

import (
	"strings"

	"cardsim/simulator/sandbox"
)

// Verdict is what became of an entry.
type Verdict string

// The verdicts.
const (
	Right        Verdict = "right"          // the challenge is finished; the card's case says how
	Wrong        Verdict = "wrong"          // one more try
	Blank        Verdict = "blank"          // nothing was entered; nothing is counted
	LimitReached Verdict = "limit-reached"  // the last try was wrong
	CardNotFound Verdict = "card-not-found" // the issuer no longer knows the card
	TooLate      Verdict = "expired"        // the deadline has passed
	Ended        Verdict = "ended"          // it had ended before; nothing is judged
)

// Submit judges an entry: limits, cancel and expiry first, then the card at its
// issuer, then the code, and for a right one the card's case (decisions 14). An
// entry after the end changes nothing, so that double submits and reloads are
// harmless. An unknown id is core.CodeNotFound.
func Submit(s sandbox.Scope, id, code string) (Transaction, Verdict, error) {
	code = strings.TrimSpace(code)
	if code == "" {
		t, err := load(s, id)
		if err != nil || t.Running() {
			return t, Blank, err
		}
	}
	return judge(s, id, func(c *Challenge) bool { return sameCode(code, rightCode(s.World, *c)) })
}

func judge(s sandbox.Scope, id string, right func(*Challenge) bool) (Transaction, Verdict, error) {
	t, err := load(s, id)
	if err != nil {
		return t, "", err
	}
	if !t.Running() {
		return t, overVerdict(t), settle(s, t)
	}
	if t.Challenge.Tenant != "" {
		if found, err := stillFound(s, t); err != nil {
			return t, "", err
		} else if !found {
			t.end(s, s.Now, EndCardNotFound)
			return t, CardNotFound, settle(s, t)
		}
	}
	verdict := t.enter(s, right(t.Challenge))
	return t, verdict, settle(s, t)
}

// overVerdict tells an expiry, which the cardholder could not know of, from an
// end that was shown already.
func overVerdict(t Transaction) Verdict {
	if t.Challenge.State == Expired {
		return TooLate
	}
	return Ended
}

// enter counts an entry.
func (t *Transaction) enter(s sandbox.Scope, right bool) Verdict {
	c := t.Challenge
	c.State = Open // a headless cardholder needs no page
	c.AttemptsMade++
	if right {
		t.end(s, s.Now, EndCode)
		return Right
	}
	c.Wrong++
	if c.AttemptsLeft() == 0 {
		t.end(s, s.Now, EndLimit)
		return LimitReached
	}
	return Wrong
}

package simulator_test

import "fmt"

// crashThing is one thing that a client made, as its answers tell it. This is the
// oracle: it knows the product by what it answered, and shares no code with it.
type crashThing struct {
	kind string // token, payment, card, challenge, sandbox
	id   string // what it is asked for by
	// state is how it stands by the last answer, "" when no answer came yet.
	state string
	// doubt is how it stands if the call that was never answered went through.
	doubt  string
	unsure bool // there was such a call
	fresh  bool // touched since it was last compared

	money crashMoney // of a payment, in minor units
	next  crashMoney // what money becomes if the unanswered call went through
}

// cryptograms is how many a token got.
func (c *crashThing) cryptograms() (n int) {
	_, _ = fmt.Sscanf(c.state, "ACTIVE %d", &n) // 0 for another state
	return n
}

// crashMoney is where the money of a payment is.
type crashMoney struct{ held, taken, released, back int }

func (m crashMoney) String() string {
	return fmt.Sprintf("held %d taken %d released %d back %d", m.held, m.taken, m.released, m.back)
}

// left is what an authorisation still holds.
func (m crashMoney) left() int { return m.held - m.taken - m.released }

// accepts says whether a state is one of those that the answers allow.
func (c *crashThing) accepts(state string) bool {
	return state == c.state || c.unsure && state == c.doubt
}

// settle takes what was found as the truth from here on.
func (c *crashThing) settle(state string) {
	if c.unsure && state == c.doubt && state != c.state {
		c.money = c.next
	}
	c.state, c.doubt, c.unsure, c.fresh = state, "", false, false
}

// crashBook is what one client keeps.
type crashBook struct {
	things []*crashThing
	// nameless counts the calls that were never answered and would have made
	// something whose id only the answer tells.
	nameless int
}

// add opens a page before the call that makes the thing.
func (b *crashBook) add(kind, id string) *crashThing {
	c := &crashThing{kind: kind, id: id, fresh: true}
	b.things = append(b.things, c)
	return c
}

// recent picks a thing of a kind that fits, among the newest.
func (b *crashBook) recent(kind string, from int, fits func(*crashThing) bool) *crashThing {
	const newest = 200
	low := max(0, len(b.things)-newest)
	span := len(b.things) - low
	for i := range span {
		c := b.things[low+(from+i)%span]
		if c.kind == kind && c.state != "" && fits(c) {
			return c
		}
	}
	return nil
}

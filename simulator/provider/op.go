package provider

import (
	"errors"

	"cardsim/simulator/core"
	"cardsim/simulator/wire"
)

// Op is one documented call with its request type Q and result type A. Only
// Decode, Run and Encode are required.
type Op[Q, A any] struct {
	Name string // the operation id
	// ReadOnly operations run in a reading transaction and wait for no commit.
	ReadOnly bool
	// Decode makes the request from the envelope, once. It checks no rule beyond
	// what decoding needs, touches no state, and may be slow (RSA).
	Decode func(c *Call) (Q, error)
	// Facts tells scenarios and the journal what the request is about: card,
	// merchant, amount. It may look things up (the card behind a token), and
	// must not fail: what is not known is left out.
	Facts func(c *Call, tx *Tx, q Q) Facts
	// Validate checks the rules that need no state.
	Validate func(c *Call, q Q) error
	// Run does the work in one transaction. It may be run again: it must not
	// change anything outside tx, its result and the call's notes. A business
	// refusal is a result; an error rolls everything back.
	Run func(c *Call, tx *Tx, q Q) (A, error)
	// Encode renders the result in the provider's wire format.
	Encode func(c *Call, a A) wire.Response
}

// Make hides the types of an Op.
func Make[Q, A any](op Op[Q, A]) Operation { return &op }

// ID is the operation id.
func (o *Op[Q, A]) ID() string { return o.Name }

// serve walks the steps from decode to encode.
func (o *Op[Q, A]) serve(c *Call, f *Front) wire.Response {
	q, err := o.Decode(c)
	c.Facts = o.facts(c, f, q, err)
	if guardErr := f.guardCard(c); guardErr != nil {
		return f.fail(c, guardErr)
	}
	if planErr := f.plan(c); planErr != nil {
		return f.fail(c, planErr)
	}
	if resp, struck := c.strike(core.BeforeValidation); struck {
		return resp
	}
	if err == nil && o.Validate != nil {
		err = o.Validate(c, q)
	}
	if err != nil {
		return f.fail(c, err)
	}
	if resp, struck := c.strike(core.AfterValidation); struck {
		return resp
	}
	a, err := o.run(c, f, q)
	if err != nil {
		return f.fail(c, err)
	}
	if resp, struck := c.strike(core.AfterCommit); struck {
		return resp
	}
	return o.Encode(c, a)
}

// facts is what is known of the request even when it did not decode.
func (o *Op[Q, A]) facts(c *Call, f *Front, q Q, decodeErr error) Facts {
	if o.Facts == nil || decodeErr != nil {
		return c.Facts
	}
	facts := c.Facts
	// A failed read leaves the facts as they are: they explain, they do not decide.
	_ = f.db.View(func(tx *Tx) error {
		facts = o.Facts(c, tx, q)
		return nil
	})
	return facts
}

// run does the work in one transaction, and again where that has to be run again.
func (o *Op[Q, A]) run(c *Call, f *Front, q Q) (a A, err error) {
	if o.ReadOnly {
		err = f.db.View(func(tx *Tx) (err error) {
			a, err = o.inside(c, tx, q)
			return err
		})
		return a, err
	}
	before := c.notes
	err = f.db.Update(func(tx *Tx) (err error) {
		c.notes = before.clone()
		tx.Track()
		a, err = o.inside(c, tx, q)
		c.changes = pack(tx)
		return err
	})
	if err != nil {
		c.changes = nil // rolled back
	}
	return a, err
}

// inside is the work inside the transaction.
func (o *Op[Q, A]) inside(c *Call, tx *Tx, q Q) (a A, err error) {
	if err := c.World.Alive(); err != nil {
		return a, err
	}
	if !o.ReadOnly || c.notes.flow == "" { // else it was found before
		if err := c.front.joinFlow(c, tx, o.ReadOnly); err != nil {
			return a, err
		}
	}
	return o.Run(c, tx, q)
}

// asError finds the core.Error in err; anything else is our own failure.
func asError(err error) *core.Error {
	var known *core.Error
	if errors.As(err, &known) {
		return known
	}
	return &core.Error{Code: core.CodeInternal, Detail: err.Error()}
}

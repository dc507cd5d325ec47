package acs

import (
	"strconv"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/threeds"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/wire"
)

// answer is what a step leads to: the transaction as it stands, and what the page
// says about the step.
type answer struct {
	found threeds.Transaction
	wrong string // an error beside the field
	note  string // what was done
	// refusal goes back to the merchant in place of a result.
	refusal *emv.Erro
}

// run is one step of a challenge.
type run func(c *provider.Call, tx *provider.Tx, v *visit) (answer, error)

// operation makes a step an operation of the pipeline. A scenario's outcome ends
// the challenge in place of the step (decisions 3); opening is done all the same,
// because it tells the way back to the merchant.
func (p *Provider) operation(name string, step run) provider.Operation {
	return provider.Make(provider.Op[*visit, answer]{
		Name:   name,
		Decode: func(c *provider.Call) (*visit, error) { return visitOf(c), nil },
		Facts:  facts,
		Validate: func(c *provider.Call, v *visit) error {
			return v.check(c)
		},
		Run: func(c *provider.Call, tx *provider.Tx, v *visit) (answer, error) {
			a, err := answer{}, error(nil)
			if c.Plan.Outcome == "" || name == opOpen {
				a, err = step(c, tx, v)
			}
			if err == nil && a.refusal == nil && c.Plan.Outcome != "" {
				a.found, err = threeds.Conclude(c.Scope(tx), v.found.Challenge.ID, c.Plan.Outcome)
			}
			for _, sentence := range a.found.Warnings {
				c.Warn("%s", sentence)
			}
			return a, err
		},
		Encode: func(c *provider.Call, a answer) wire.Response { return p.page(c, a) },
	})
}

func facts(_ *provider.Call, _ *provider.Tx, v *visit) provider.Facts {
	return provider.Facts{
		Card: v.found.Card, Money: v.found.Money, Reference: v.found.OrderNumber, Flow: v.found.Flow,
		Request: func() map[string]any {
			return map[string]any{"version": string(v.found.Version), "challenge": v.found.Challenge.ID}
		},
	}
}

// check compares the merchant's message with what the lookup remembers.
func (v *visit) check(c *provider.Call) error {
	switch {
	case v.pareq != nil && v.found.Version.EMV():
		return core.Errf(core.CodeInvalid, "PaReq", "the payment was looked up in version %s, which takes a CReq", v.found.Version)
	case v.pareq != nil:
		asked := threeds.PAReq(c.World, v.found).Purchase
		if v.pareq.Purchase.PurchAmount != asked.PurchAmount || v.pareq.Purchase.Currency != asked.Currency {
			c.Warn("the PaReq names another amount than the lookup did: the lookup's counts")
		}
		if !v.hasMD {
			c.Warn("MD was not sent: it must be present even if unused (reference cipher-acs.md B3.1)")
		}
	case v.creq != nil && v.refusal == nil:
		v.refusal = mismatch(*v.creq, v.found)
	}
	return nil
}

// mismatch is the error message of a well-formed CReq that is not this
// transaction's (reference cipher-acs.md B4.3, mapping inferred).
func mismatch(q emv.CReq, t threeds.Transaction) *emv.Erro {
	switch {
	case q.MessageVersion != string(t.Version):
		return emv.Refuse(q, emv.CodeVersion, "the transaction was agreed on in "+string(t.Version))
	case q.ThreeDSServerTransID != t.ThreeDSServerTransID:
		return emv.Refuse(q, emv.CodeUnknownID, "threeDSServerTransID")
	default:
		return nil
	}
}

// open shows the challenge, or its result when it has ended: a second identical
// message continues the same challenge (reference cipher-acs.md B2). An EMV
// browser that comes for the first time after the end has come too late (B4.3).
func open(c *provider.Call, tx *provider.Tx, v *visit) (answer, error) {
	if a, refused := v.refused(); refused {
		return a, nil
	}
	t, err := threeds.OpenChallenge(c.Scope(tx), v.found.Challenge.ID, v.addresses())
	if err != nil {
		return answer{}, err
	}
	a := answer{found: t}
	if v.creq != nil && t.Challenge.State == threeds.Expired && t.Challenge.Opened == nil {
		a.refusal = emv.Refuse(*v.creq, emv.CodeTimedOut, "the challenge expired before the browser came")
	}
	return a, nil
}

// refused is the way back for a wrong CReq.
func (v *visit) refused() (answer, bool) {
	return answer{found: v.found, refusal: v.refusal}, v.refusal != nil
}

// addresses are what a merchant's form says about the way back.
func (v *visit) addresses() threeds.OpenRequest {
	r := threeds.OpenRequest{Addresses: threeds.Addresses{
		TermURL: v.termURL, MD: v.md, SessionData: v.sessionData, HasSessionData: v.hasSessionData,
	}}
	if v.creq != nil {
		r.WindowSize = string(v.creq.ChallengeWindowSize)
	}
	return r
}

// submit judges an entry. A page that was sent twice, reloaded or gone back to
// does not count its wrong entry again: the state it was shown in says so.
func submit(c *provider.Call, tx *provider.Tx, v *visit) (answer, error) {
	s := c.Scope(tx)
	t, fresh, err := v.current(c, tx)
	if err != nil {
		return answer{}, err
	}
	if code, running := threeds.Code(s, t); running && !fresh && v.otp != code {
		return answer{found: t, wrong: wrongCode}, nil
	}
	t, verdict, err := threeds.Submit(s, t.Challenge.ID, v.otp)
	a := answer{found: t}
	switch verdict {
	case threeds.Wrong:
		a.wrong = wrongCode
		c.Refuse(core.Refusef("wrong-code", "the code is not the one that is right now; %d tries left", t.Challenge.AttemptsLeft()))
	case threeds.Blank:
		a.wrong = noCode
	}
	return a, err
}

// resend sends a new code. A page that was sent twice sends one.
func resend(c *provider.Call, tx *provider.Tx, v *visit) (answer, error) {
	t, fresh, err := v.current(c, tx)
	if err != nil || !fresh {
		return answer{found: t, note: newCode}, err
	}
	t, sent, err := threeds.Resend(c.Scope(tx), t.Challenge.ID)
	a := answer{found: t}
	switch {
	case sent:
		a.note = newCode
	case t.Running() && t.Challenge.Tenant == "":
		a.note = sameCode
	case t.Running():
		a.wrong = noResend
	}
	return a, err
}

// cancel breaks the challenge off.
func cancel(c *provider.Call, tx *provider.Tx, v *visit) (answer, error) {
	t, err := threeds.Cancel(c.Scope(tx), v.found.Challenge.ID)
	return answer{found: t}, err
}

// current reads the transaction anew, and says whether the page the step was
// taken on still shows it. A form without its state (a test's own) is fresh.
func (v *visit) current(c *provider.Call, tx *provider.Tx) (t threeds.Transaction, fresh bool, err error) {
	t, ok, err := threeds.ByChallenge(c.Scope(tx), v.found.Challenge.ID)
	if err == nil && !ok {
		err = core.Errf(core.CodeNotFound, "", "no challenge has this address")
	}
	return t, v.step == "" || err == nil && v.step == stepOf(t), err
}

// stepOf names the state of a page: it changes with every entry and sending.
func stepOf(t threeds.Transaction) string {
	return strconv.Itoa(t.Challenge.AttemptsMade) + "." + strconv.Itoa(t.Challenge.Sendings)
}

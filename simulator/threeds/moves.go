package threeds

import (
	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
)

// OpenRequest is what the browser brings to the issuer. Addresses that are empty
// leave what is known.
type OpenRequest struct {
	Addresses
	WindowSize string
}

// OpenChallenge shows the challenge to the cardholder. Addresses are taken also
// when it has ended already, so that its stored result finds the way back
// (reference cipher-acs.md B2). An unknown id is core.CodeNotFound.
func OpenChallenge(s sandbox.Scope, id string, r OpenRequest) (Transaction, error) {
	t, err := load(s, id)
	if err != nil {
		return t, err
	}
	c := t.Challenge
	c.Addresses = c.Addresses.with(r.Addresses)
	if r.WindowSize != "" {
		t.WindowSize = r.WindowSize
	}
	if c.State == Pending {
		now := s.Now
		c.State, c.Opened = Open, &now
	}
	return t, settle(s, t)
}

// StepUp remembers where Cardinal's step-up page brings the browser back to.
func StepUp(s sandbox.Scope, id, returnURL, md string) (Transaction, error) {
	t, err := load(s, id)
	if err != nil {
		return t, err
	}
	t.Challenge.Addresses.ReturnURL, t.Challenge.Addresses.MD = returnURL, md
	return t, settle(s, t)
}

// with replaces what the other names.
func (a Addresses) with(b Addresses) Addresses {
	if b.TermURL != "" { // MD belongs to it, also an empty one
		a.TermURL, a.MD = b.TermURL, b.MD
	}
	if b.ReturnURL != "" {
		a.ReturnURL, a.MD = b.ReturnURL, b.MD
	}
	if b.TermURL == "" && b.ReturnURL == "" && b.MD != "" {
		a.MD = b.MD
	}
	if b.NotificationURL != "" {
		a.NotificationURL = b.NotificationURL
	}
	if b.HasSessionData {
		a.SessionData, a.HasSessionData = b.SessionData, true
	}
	return a
}

// Resend sends a new code, which replaces the one before. Over the limit, or for
// a card without a tenant, it changes nothing (reference cipher-acs.md A5,
// inferred); sent says whether a code went out.
func Resend(s sandbox.Scope, id string) (t Transaction, sent bool, err error) {
	t, err = load(s, id)
	if err != nil || !t.Running() || t.Challenge.Tenant == "" || t.Challenge.ResendsLeft() == 0 {
		return t, false, settled(s, t, err)
	}
	to, found, err := destination(s, t)
	if err != nil {
		return t, false, err
	}
	if !found {
		t.end(s, s.Now, EndCardNotFound)
		return t, false, settle(s, t)
	}
	t.Challenge.Resends++
	if err := send(s, &t, to); err != nil {
		return t, false, err
	}
	return t, true, settle(s, t)
}

// Cancel is the cardholder's breaking off.
func Cancel(s sandbox.Scope, id string) (Transaction, error) { return finish(s, id, EndCancel) }

// Expire lets the time of a challenge run out at once.
func Expire(s sandbox.Scope, id string) (Transaction, error) { return finish(s, id, EndExpiry) }

// Fail ends a challenge without success, as the issuer's decision.
func Fail(s sandbox.Scope, id string) (Transaction, error) { return finish(s, id, EndFailed) }

// Approve is the cardholder who types the right code, without needing to know it.
func Approve(s sandbox.Scope, id string) (Transaction, Verdict, error) {
	return judge(s, id, func(*Challenge) bool { return true })
}

// Conclude ends a challenge with an outcome of acs.challenge (interface §6):
// authenticated, failed, cancelled, expired, card-not-found, unavailable. One
// that has ended stays as it is, and a card that its issuer no longer knows ends
// as such: a forced success does not override that (decisions 3).
func Conclude(s sandbox.Scope, id, outcome string) (Transaction, error) {
	if outcome == OutcomeAuthenticated {
		t, _, err := judge(s, id, func(c *Challenge) bool {
			c.Right = Ending{Status: core.StatusAuthenticated}
			return true
		})
		return t, err
	}
	why, ok := conclusions[outcome]
	if !ok {
		return Transaction{}, core.Errf(core.CodeInvalid, "", "a challenge has no outcome %q", outcome)
	}
	return finish(s, id, why)
}

// conclusions are the outcomes of a challenge that are not a success.
var conclusions = map[string]End{
	OutcomeFailed: EndFailed, "cancelled": EndCancel, "expired": EndExpiry,
	"card-not-found": EndCardNotFound, OutcomeUnavailable: EndFault,
}

func finish(s sandbox.Scope, id string, why End) (Transaction, error) {
	t, err := load(s, id)
	if err != nil {
		return t, err
	}
	if t.Running() {
		t.end(s, s.Now, why)
	}
	return t, settle(s, t)
}

// load finds a challenge's transaction for a move.
func load(s sandbox.Scope, id string) (Transaction, error) {
	t, ok, err := ByChallenge(s, id)
	if err != nil {
		return t, err
	}
	if !ok || t.Challenge == nil {
		return t, core.Errf(core.CodeNotFound, "", "no challenge has this id")
	}
	return t, nil
}

// settled keeps a transaction that a move may only have found expired.
func settled(s sandbox.Scope, t Transaction, err error) error {
	if err != nil {
		return err
	}
	return settle(s, t)
}

// destination is where the issuer reaches the cardholder now; found is false when
// it no longer knows the card, or has disabled it.
func destination(s sandbox.Scope, t Transaction) (to issuer.Destination, found bool, err error) {
	tenant, ok := s.World.Tenant(t.Challenge.Tenant)
	if !ok {
		return to, false, nil
	}
	card, ok, err := issuer.CardOf(s, tenant, t.Card.Fingerprint)
	if err != nil || !ok || card.State == issuer.Disabled {
		return to, false, wrap(err, "ask the issuer for a card")
	}
	holder, ok, err := issuer.HolderByID(s, tenant, card.HolderID)
	if err != nil || !ok {
		return to, false, wrap(err, "ask the issuer for a cardholder")
	}
	to, ok = issuer.Channel(tenant, holder)
	return to, ok, nil
}

package threeds

import (
	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
)

// Resend sends a new code, which replaces the one before. Over the limit, or for
// a card without a tenant, it changes nothing (reference cipher-acs.md A5,
// inferred); sent says whether a code went out.
func Resend(s sandbox.Scope, id string) (t Transaction, sent bool, err error) {
	t, err = load(s, id)
	if err != nil || !t.Running() || t.Challenge.Tenant == "" || t.Challenge.ResendsLeft() == 0 {
		return t, false, settled(s, t, err)
	}
	found, err := stillFound(s, t)
	if err != nil {
		return t, false, err
	}
	if !found {
		t.end(s, s.Now, EndCardNotFound)
		return t, false, settle(s, t)
	}
	t.Challenge.Resends++
	if err := send(s, &t); err != nil {
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

// stillFound says that the issuer still knows the card and has not disabled it.
func stillFound(s sandbox.Scope, t Transaction) (bool, error) {
	tenant, ok := s.World.Tenant(t.Challenge.Tenant)
	if !ok {
		return false, nil
	}
	card, ok, err := issuer.CardOf(s, tenant, t.Card.Fingerprint)
	return ok && card.State == issuer.Enabled, wrap(err, "ask the issuer for a card")
}

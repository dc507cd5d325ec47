package scheme

import (
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// TokenUse is an attempt to pay with a token number.
type TokenUse struct {
	Merchant string      // the sandbox's own id of the merchant who pays
	Expiry   core.Expiry // as sent; zero: none was sent
}

// CheckToken says why a token cannot pay, nil when it can: it must be active,
// within its own expiry, used by its merchant, and sent with its own expiry and
// not the card's (decisions, acquirer's table). It changes nothing.
func CheckToken(s sandbox.Scope, t Token, u TokenUse) *core.Refusal {
	if r := t.refusal(s.Now); r != nil {
		return r
	}
	if u.Merchant != t.Merchant {
		return core.Refusef(TokenOtherMerchant, "token %s belongs to merchant %s, not %s", t.ID, t.Merchant, u.Merchant)
	}
	if u.Expiry != t.Expiry {
		return core.Refusef(TokenExpiryMismatch, "token %s was sent with an expiry that is not the token's own", t.ID)
	}
	return nil
}

// SpendCryptogram checks a cryptogram sent with a token and uses it up; the
// refusal says why it is not good. Every attempt that finds the cryptogram uses
// it up, a refused one too (decisions 18). It is as alive as the tokenid it was
// issued for, also where another tokenid has the same number (decisions 17).
func SpendCryptogram(s sandbox.Scope, t Token, value string) (*core.Refusal, error) {
	if value == "" {
		return core.Refusef(CryptogramMissing, "a payment with token %s by its cardholder needs a cryptogram", t.ID), nil
	}
	digest := s.World.Digest("cryptogram", value)
	c, ok, err := issued.Get(s.Tx, s.World.ID, digest)
	if err != nil {
		return nil, err
	}
	if !ok {
		return core.Refusef(CryptogramUnknown, "no scheme issued this cryptogram"), nil
	}
	owner, _, err := TokenByID(s, c.Token)
	if err != nil {
		return nil, err
	}
	refusal := c.judge(s, owner, t)
	if !c.Used {
		if _, err := s.Next(spentCounter(c.Token)); err != nil {
			return nil, err
		}
	}
	c.Used = true
	if err := c.forget(s, digest); err != nil {
		return nil, err
	}
	return refusal, issued.Put(s.Tx, s.World.ID, digest, c)
}

// judge says why a cryptogram of owner is no good for a payment with t.
func (c cryptogram) judge(s sandbox.Scope, owner, t Token) *core.Refusal {
	lifetime := s.World.Settings.Duration(lifetimeSetting)
	switch age := s.Now.Sub(c.Issued); {
	case owner.Number.Fingerprint != t.Number.Fingerprint || owner.MerchantID != t.MerchantID:
		return core.Refusef(CryptogramOtherToken, "the cryptogram was issued for token %s, not for %s", c.Token, t.ID)
	case c.Used:
		return core.Refusef(CryptogramUsed, "the cryptogram of token %s has been used: each serves one attempt", c.Token)
	case c.Expired:
		return core.Refusef(CryptogramExpired, "the cryptogram of token %s expired, before the clock was set back to %s after its issue", c.Token, age)
	case age > lifetime:
		return core.Refusef(CryptogramExpired, "the cryptogram of token %s is %s old, it was good for %s", c.Token, age, lifetime)
	default:
		return owner.refusal(s.Now)
	}
}

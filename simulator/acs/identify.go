package acs

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
)

// Identify finds the transaction, and by it the sandbox: a browser carries no
// credential (interface §2). Ids are drawn from the sandbox's secret, so that no
// two sandboxes have one in common.
func (p *Provider) Identify(c *provider.Call) error {
	v := visitOf(c)
	var world *sandbox.World
	err := c.View(func(tx *provider.Tx) error {
		for w := range c.Worlds().Search(v.id()) {
			t, ok, err := v.lookUp(w.At(w.Clock.Now(), tx))
			if err != nil {
				return err
			}
			if ok {
				v.found, world = t, w
				return nil
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if world == nil {
		return v.unknown()
	}
	c.In(world)
	c.Worlds().Remember(world, v.found.BrowserIDs()...)
	if v.found.Challenge == nil {
		return core.Errf(core.CodeInvalid, "", "the payment asks its cardholder for nothing")
	}
	if m, ok := world.Merchant(v.found.Merchant); ok {
		c.Merchant = m // the merchant of the payment, so that the step joins its journey
	}
	return nil
}

// id is what the browser brings.
func (v *visit) id() string {
	switch {
	case v.challenge != "":
		return v.challenge
	case v.creq != nil:
		return v.creq.ACSTransID
	case v.pareq != nil:
		return v.pareq.Purchase.XID
	default:
		return ""
	}
}

func (v *visit) lookUp(s sandbox.Scope) (threeds.Transaction, bool, error) {
	switch {
	case v.challenge != "":
		return threeds.ByChallenge(s, v.challenge)
	case v.creq != nil:
		return threeds.ByACSTransID(s, v.creq.ACSTransID)
	case v.pareq != nil:
		return threeds.ByXID(s, v.pareq.Purchase.XID)
	default:
		return threeds.Transaction{}, false, nil
	}
}

// unknown is what nobody's transaction gets: a merchant's message is a bad
// request (reference cipher-acs.md B3.4, B4.3), an address is not found.
func (v *visit) unknown() error {
	switch {
	case v.refusal != nil:
		return core.Errf(core.CodeMalformed, "creq", "%v", v.refusal)
	case v.creq != nil:
		return core.Errf(core.CodeInvalid, "acsTransID", "no transaction has it (error code 301)")
	case v.challenge != "":
		return core.Errf(core.CodeNotFound, "", "no challenge has this address")
	default:
		return core.Errf(core.CodeInvalid, "PaReq", "no transaction has its xid")
	}
}

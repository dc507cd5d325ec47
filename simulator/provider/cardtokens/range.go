package cardtokens

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// schemeOf is the scheme that tokenizes a card, or why none does. A test key
// always yields testscheme and takes published test cards only (reference
// cardtokens.md §2: list documented, scheme inferred); a live-like key goes by the
// brand. Every card of the catalogue is good for both (decisions 12).
func schemeOf(c *provider.Call, pan core.PAN, ref core.CardRef) (scheme.Scheme, error) {
	listed := inCatalogue(c, ref)
	if !listed && scheme.InTokenRange(pan.Digits()) {
		// A network token is not tokenized again (ours).
		return "", core.Errf(core.CodeInvalid, "card.pan", "is a network token, not a card number")
	}
	if c.Identity.Kind != sandbox.LiveKey {
		if listed || c.Setting().Bool("cardtokens.anyTestCard") {
			return scheme.Test, nil
		}
		return "", core.Errf(core.CodeInvalid, "card.pan", "a test API key takes the published test cards only")
	}
	switch network := networkOf(ref.Brand); {
	case network != scheme.Test, listed, ref.Brand == core.Forbrugsforeningen:
		return network, nil
	default:
		return "", core.Errf(core.CodeInvalid, "card.pan", "the card belongs to no supported scheme")
	}
}

// networkOf is the scheme of a brand. Brands that Cardtokens does not serve are
// testscheme, so that every catalogue card has a token (*ours*).
func networkOf(b core.Brand) scheme.Scheme {
	switch b {
	case core.Visa:
		return scheme.Visa
	case core.Mastercard:
		return scheme.Mastercard
	default:
		return scheme.Test
	}
}

// triggered says what a declining test card does with a live-like key (ours,
// decisions 12). A planned success lets the card pass.
func triggered(c *provider.Call, ref core.CardRef) (r declineReason, silence, hit bool) {
	if c.Identity.Kind != sandbox.LiveKey || c.Plan.Outcome == outcomeCreated {
		return declineReason{}, false, false
	}
	p, ok := c.World.Profile(ref.Fingerprint)
	if !ok || p.Trigger == nil {
		return declineReason{}, false, false
	}
	if p.Trigger.Reason == "timeout" {
		return declineReason{code: p.Trigger.Reason}, true, true
	}
	return reasonFor(p.Trigger.Reason, scheme.Scheme(p.Trigger.Scheme)), false, true
}

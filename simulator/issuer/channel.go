package issuer

import (
	"cardsim/simulator/sandbox"
)

// Destination is where a one-time password goes.
type Destination struct {
	Type   string `json:"type"`   // PhoneNumber or Email
	Value  string `json:"value"`  // the number or address itself
	Masked string `json:"masked"` // what the challenge page shows: +91 ********92, a***@zeta.tech
}

// Channel picks the tenant's plan: the first whose factors the holder has all
// identities for, and of its first factor the first identity, because those are
// alternatives (reference cipher-acs.md A5 and B1, inferred). ok is false when
// no plan fits; a Super PIN plan has no documented identity type and never does.
func Channel(t *sandbox.Tenant, h Holder) (ch Destination, ok bool) {
	for _, plan := range t.Plans {
		if ch, ok := planChannel(plan, h); ok {
			return ch, true
		}
	}
	return Destination{}, false
}

func planChannel(plan sandbox.AuthPlan, h Holder) (first Destination, ok bool) {
	for i, factor := range plan.Factors {
		ch, fits := factorChannel(factor, h)
		if !fits {
			return Destination{}, false
		}
		if i == 0 {
			first = ch
		}
	}
	return first, len(plan.Factors) > 0
}

func factorChannel(factor sandbox.AuthFactor, h Holder) (Destination, bool) {
	for _, want := range factor.Identities {
		id, ok := h.Identity(want.IdentityType)
		if !ok || id.State == Disabled {
			continue
		}
		switch id.Type {
		case PhoneNumber:
			return Destination{Type: id.Type, Value: id.Value, Masked: maskPhone(id.Value)}, true
		case Email:
			return Destination{Type: id.Type, Value: id.Value, Masked: maskEmail(id.Value)}, true
		}
	}
	return Destination{}, false
}

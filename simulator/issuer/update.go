package issuer

import "cardsim/simulator/sandbox"

// SetState enables or disables a card; setting the state it has succeeds too. An
// unknown card is a core.CodeNotFound.
func SetState(s sandbox.Scope, t *sandbox.Tenant, cardID, state string) (Card, Holder, error) {
	card, holder, ok, err := CardByID(s, t, cardID)
	if err != nil {
		return Card{}, Holder{}, err
	}
	if !ok {
		return Card{}, Holder{}, notFound("card", cardID)
	}
	card.State = state
	return card, holder, keep(s, card, holder)
}

// UpdateIdentities gives a cardholder new values, all or none; a type he does
// not have is added (seed 004, documented). Only PhoneNumber and Email may be
// given. An unknown holder is a core.CodeNotFound. A challenge that runs keeps
// the destination it began with, because that was copied when it began.
func UpdateIdentities(s sandbox.Scope, t *sandbox.Tenant, holderID string, changes []Identity) (Holder, error) {
	holder, ok, err := HolderByID(s, t, holderID)
	if err != nil {
		return Holder{}, err
	}
	if !ok {
		return Holder{}, notFound("cardholder", holderID)
	}
	// What comes first counts, so that a change beats what is stored.
	holder.Identities = ordered(append(append([]Identity{}, changes...), holder.Identities...))
	return holder, keepHolder(s, holder)
}

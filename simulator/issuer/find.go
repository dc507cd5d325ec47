package issuer

import (
	"fmt"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// CardByID finds an enrolled card of a tenant by its cardId, and its holder.
func CardByID(s sandbox.Scope, t *sandbox.Tenant, id string) (Card, Holder, bool, error) {
	card, ok, err := cards.Get(s.Tx, s.World.ID, tenantKey(t.ID, id))
	if err != nil || !ok {
		return Card{}, Holder{}, false, wrap(err, "read card")
	}
	return withHolder(s, t, card)
}

func withHolder(s sandbox.Scope, t *sandbox.Tenant, card Card) (Card, Holder, bool, error) {
	holder, ok, err := HolderByID(s, t, card.HolderID)
	if err != nil {
		return Card{}, Holder{}, false, err
	}
	if !ok {
		return Card{}, Holder{}, false, fmt.Errorf("card %s has no cardholder", card.ID)
	}
	return card, holder, true, nil
}

// HolderByID finds a cardholder of a tenant by authProfileId.
func HolderByID(s sandbox.Scope, t *sandbox.Tenant, id string) (Holder, bool, error) {
	holder, ok, err := holders.Get(s.Tx, s.World.ID, tenantKey(t.ID, id))
	return holder, ok, wrap(err, "read cardholder")
}

// CardOf finds a tenant's enrolment of a card by its fingerprint.
func CardOf(s sandbox.Scope, t *sandbox.Tenant, fingerprint string) (Card, bool, error) {
	id, ok, err := cardIndex.Get(s.Tx, s.World.ID, tenantKey(t.ID, fingerprint))
	if err != nil || !ok {
		return Card{}, false, wrap(err, "look for a card")
	}
	card, ok, err := cards.Get(s.Tx, s.World.ID, tenantKey(t.ID, id))
	return card, ok, wrap(err, "read card")
}

// CardsOf lists a holder's cards in the order of enrolment.
func CardsOf(s sandbox.Scope, h Holder) ([]Card, error) {
	list := make([]Card, 0, len(h.Cards))
	for _, id := range h.Cards {
		card, ok, err := cards.Get(s.Tx, s.World.ID, tenantKey(h.Tenant, id))
		if err != nil {
			return nil, wrap(err, "read card")
		}
		if ok {
			list = append(list, card)
		}
	}
	return list, nil
}

// Find asks every tenant of the sandbox, in their order, for a card: what 3-D
// Secure does with a number. The first enrolment that is enabled counts, else
// the first disabled one, whose State the caller must heed: it is as good as not
// found (CARD_NOT_FOUND, seed 004, documented). A disabled tenant is not asked
// (*ours*).
func Find(s sandbox.Scope, fingerprint string) (Card, Holder, bool, error) {
	var asleep *sandbox.Tenant
	for _, t := range s.World.Tenants {
		if t.Disabled {
			continue
		}
		card, ok, err := CardOf(s, t, fingerprint)
		switch {
		case err != nil:
			return Card{}, Holder{}, false, err
		case ok && card.State == Enabled:
			return withHolder(s, t, card)
		case ok && asleep == nil:
			asleep = t
		}
	}
	if asleep == nil {
		return Card{}, Holder{}, false, nil
	}
	card, _, err := CardOf(s, asleep, fingerprint)
	if err != nil {
		return Card{}, Holder{}, false, err
	}
	return withHolder(s, asleep, card)
}

func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func notFound(what, id string) error {
	return core.Errf(core.CodeNotFound, "", "the tenant has no %s %q", what, id)
}

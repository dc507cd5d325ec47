package cipher

import (
	"net/http"

	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// updateRequest is Update Card: the card in the path and the state it shall have.
type updateRequest struct {
	cardID  string
	state   string
	problem error
}

// updateCard is PATCH /tenants/{tenantId}/cards/{cardId}. Any member but state is
// ignored; setting the state a card has succeeds (reference cipher-acs.md A4).
func updateCard() provider.Operation {
	return provider.Make(provider.Op[updateRequest, enrolled]{
		Name:     opUpdate,
		Decode:   decodeUpdate,
		Facts:    updateFacts,
		Validate: validateUpdate,
		Run: func(c *provider.Call, tx *provider.Tx, q updateRequest) (enrolled, error) {
			card, holder, err := issuer.SetState(c.Scope(tx), tenantOf(c), q.cardID, q.state)
			return enrolled{card, holder}, err
		},
		Encode: func(c *provider.Call, e enrolled) wire.Response { return encodeCard(c, http.StatusOK, e) },
	})
}

func decodeUpdate(c *provider.Call) (updateRequest, error) {
	q := updateRequest{cardID: c.Request.Vars.Get("cardId")}
	body, err := parse(c.Request.Body)
	if err == nil {
		q.state, err = state(body, true)
	}
	q.problem = err
	return q, nil
}

func updateFacts(c *provider.Call, tx *provider.Tx, q updateRequest) provider.Facts {
	facts := provider.Facts{Reference: q.cardID, Request: func() map[string]any { return documented(c) }}
	if card, _, ok, err := issuer.CardByID(c.Scope(tx), tenantOf(c), q.cardID); ok && err == nil {
		facts.Card = card.Ref
	}
	return facts
}

// validateUpdate asks for the card before it looks at the body: Cipher's order is
// the resource in the path first (A8, inferred). Cards are never deleted, so what
// is found here is there when Run comes.
func validateUpdate(c *provider.Call, q updateRequest) error {
	if err := forced(c); err != nil {
		return err
	}
	err := c.View(func(tx *provider.Tx) error {
		_, _, ok, err := issuer.CardByID(c.Scope(tx), tenantOf(c), q.cardID)
		if err == nil && !ok {
			err = core.Errf(core.CodeNotFound, "cardId", "the tenant has no such card")
		}
		return err
	})
	if err != nil {
		return err
	}
	return q.problem
}

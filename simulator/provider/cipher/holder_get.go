package cipher

import (
	"net/http"

	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// holderAnswer is the answer of Get CardHolder. name is the cardholder's; the
// table's description is a slip of copying (reference cipher-acs.md A6).
type holderAnswer struct {
	CardHolderID string          `json:"cardHolderId"`
	Name         string          `json:"name"`
	TenantID     string          `json:"tenantId"`
	Identities   []plainIdentity `json:"identities"`
	Cards        []holderCard    `json:"cards"`
}

// holderCard is one of the holder's cards. The mask is spelled as in the sample,
// not as in the table (A9.3).
type holderCard struct {
	CardID           string            `json:"cardId"`
	CardGUID         string            `json:"cardGuid"`
	ProductID        string            `json:"productId"`
	ProductName      string            `json:"productName"`
	MaskedCardNumber string            `json:"maskedCardNumber"`
	CardNetwork      string            `json:"cardNetwork"`
	State            string            `json:"state"`
	DisabledReason   string            `json:"disabledReason"`
	Config           map[string]string `json:"config"`
	CreatedBy        createdBy         `json:"createdBy"`
}

// createdBy spells actorJid as the sample does (A9.13).
type createdBy struct {
	ActorJID string `json:"actorJid"`
	Mode     string `json:"mode"`
}

// getHolder is GET /tenants/{tenantId}/cardHolders/{cardHolderId}.
func getHolder() provider.Operation {
	return provider.Make(provider.Op[string, holderAnswer]{
		Name:     opHolder,
		ReadOnly: true,
		Decode:   func(c *provider.Call) (string, error) { return c.Request.Vars.Get("cardHolderId"), nil },
		Facts:    holderFacts,
		Validate: func(c *provider.Call, _ string) error { return forced(c) },
		Run:      runGetHolder,
		Encode: func(c *provider.Call, a holderAnswer) wire.Response {
			c.Result("ok", "")
			return wire.JSON(http.StatusOK, a)
		},
	})
}

// holderFacts is what a call about a cardholder is about: his card too, when he has
// only one.
func holderFacts(c *provider.Call, tx *provider.Tx, id string) provider.Facts {
	f := provider.Facts{Reference: id}
	found, err := holderAndCards(c, tx, id)
	if err != nil {
		return f
	}
	f.Found = found
	if len(found.cards) == 1 {
		f.Card = found.cards[0].Ref
	}
	return f
}

// holding is a cardholder with the cards.
type holding struct {
	holder issuer.Holder
	cards  []issuer.Card
}

func holderAndCards(c *provider.Call, tx *provider.Tx, id string) (h holding, err error) {
	if h.holder, err = holderOf(c, tx, id); err != nil {
		return holding{}, err
	}
	h.cards, err = issuer.CardsOf(c.Scope(tx), h.holder)
	return h, err
}

func runGetHolder(c *provider.Call, tx *provider.Tx, id string) (holderAnswer, error) {
	found, ok := c.Facts.Found.(holding)
	if !ok {
		var err error
		if found, err = holderAndCards(c, tx, id); err != nil {
			return holderAnswer{}, err
		}
	}
	holder := found.holder
	a := holderAnswer{CardHolderID: holder.ID, Name: holder.Name, TenantID: holder.Tenant, Identities: plain(holder), Cards: []holderCard{}}
	for _, card := range found.cards {
		a.Cards = append(a.Cards, cardOfHolder(card))
	}
	return a, nil
}

// holderOf finds the cardholder in the path.
func holderOf(c *provider.Call, tx *provider.Tx, id string) (issuer.Holder, error) {
	holder, ok, err := issuer.HolderByID(c.Scope(tx), tenantOf(c), id)
	if err == nil && !ok {
		err = core.Errf(core.CodeNotFound, "cardHolderId", "the tenant has no such cardholder")
	}
	return holder, err
}

func cardOfHolder(card issuer.Card) holderCard {
	config := card.Config
	if config == nil {
		config = map[string]string{} // an object, {} by default (A6)
	}
	return holderCard{
		CardID: card.ID, CardGUID: card.GUID, ProductID: card.ProductID, ProductName: card.ProductName,
		MaskedCardNumber: card.MaskedNumber, CardNetwork: card.Network, State: card.State,
		DisabledReason: card.DisabledReason, Config: config,
		CreatedBy: createdBy{ActorJID: card.CreatedBy.JID, Mode: card.CreatedBy.Mode},
	}
}

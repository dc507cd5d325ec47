package cipher

import (
	"net/http"

	"cardsim/simulator/issuer"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// cardAnswer is the answer of Create Card and Update Card, members in the order
// of the sample (seed 004, documented). tenantId is a string as in every sample
// (reference cipher-acs.md A9.1).
type cardAnswer struct {
	CardID        string          `json:"cardId"`
	CardGUID      string          `json:"cardGuid"`
	Name          string          `json:"name"`
	TenantID      string          `json:"tenantId"`
	ProductID     string          `json:"productId"`
	ProductName   string          `json:"productName"`
	AuthProfileID string          `json:"authProfileId"`
	CardHolderID  string          `json:"cardHolderId,omitempty"` // A9.4
	CardNumber    string          `json:"cardNumber"`
	CardNetwork   string          `json:"cardNetwork"`
	State         string          `json:"state"`
	Identities    []stateIdentity `json:"identities"`
}

// stateIdentity is an identity as the card calls answer it.
type stateIdentity struct {
	Type  string `json:"type"`
	Value string `json:"value"`
	State string `json:"state"`
}

// plainIdentity is an identity as the cardholder calls answer it: without state.
type plainIdentity struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// enrolled is what the card calls work out.
type enrolled struct {
	card   issuer.Card
	holder issuer.Holder
}

// encodeCard answers a card. The first identity is the card's own GUID, one value
// in both places (A9.5); the others follow in the order of the sample.
func encodeCard(c *provider.Call, status int, e enrolled) wire.Response {
	a := cardAnswer{
		CardID: e.card.ID, CardGUID: e.card.GUID, Name: e.card.Name, TenantID: e.card.Tenant,
		ProductID: e.card.ProductID, ProductName: e.card.ProductName, AuthProfileID: e.holder.ID,
		CardNumber: e.card.MaskedNumber, CardNetwork: e.card.Network, State: e.card.State,
		Identities: []stateIdentity{{issuer.CardGUID, e.card.GUID, issuer.Enabled}},
	}
	if c.Setting().Bool("cipher.cardHolderIdInCard") {
		a.CardHolderID = e.holder.ID
	}
	for _, kind := range []string{issuer.Vector, issuer.PhoneNumber, issuer.Email} {
		if id, ok := e.holder.Identity(kind); ok {
			a.Identities = append(a.Identities, stateIdentity{id.Type, id.Value, id.State})
		}
	}
	c.Result("ok", "")
	return wire.JSON(status, a)
}

// plain lists a holder's identities: phoneNumber, email, tenantUniqueVector.
func plain(h issuer.Holder) []plainIdentity {
	list := make([]plainIdentity, 0, len(h.Identities))
	for _, id := range h.Identities {
		list = append(list, plainIdentity{id.Type, id.Value})
	}
	return list
}

// createStatus is 200, or what setting cipher.createStatus says of the 2xx.
func createStatus(c *provider.Call) int {
	if s := c.Setting().Int("cipher.createStatus"); s >= http.StatusOK && s < http.StatusMultipleChoices {
		return s
	}
	return http.StatusOK
}

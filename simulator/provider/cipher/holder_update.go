package cipher

import (
	"net/http"

	"cardsim/simulator/issuer"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// holderChange is Update CardHolder: the holder in the path and his new values.
type holderChange struct {
	holderID   string
	identities []issuer.Identity
	problem    error
}

// changedAnswer holds all identities, as the text promises, and not only the
// changed ones, as the sample shows (reference cipher-acs.md A9.11).
type changedAnswer struct {
	CardHolderID string          `json:"cardHolderId"`
	Identities   []plainIdentity `json:"identities"`
}

// updateHolder is PATCH /tenants/{tenantId}/cardHolders/{cardHolderId}/identities.
func updateHolder() provider.Operation {
	return provider.Make(provider.Op[holderChange, issuer.Holder]{
		Name:   opHolderUpdate,
		Decode: decodeHolderChange,
		Facts: func(c *provider.Call, tx *provider.Tx, q holderChange) provider.Facts {
			f := holderFacts(c, tx, q.holderID)
			f.Request = func() map[string]any { return documented(c) }
			return f
		},
		Validate: validateHolderChange,
		Run: func(c *provider.Call, tx *provider.Tx, q holderChange) (issuer.Holder, error) {
			return issuer.UpdateIdentities(c.Scope(tx), tenantOf(c), q.holderID, q.identities)
		},
		Encode: func(c *provider.Call, h issuer.Holder) wire.Response {
			c.Result("ok", "")
			return wire.JSON(http.StatusOK, changedAnswer{CardHolderID: h.ID, Identities: plain(h)})
		},
	})
}

// decodeHolderChange takes phoneNumber and email only: the vector is what a
// cardholder is found by (seed 004, documented).
func decodeHolderChange(c *provider.Call) (holderChange, error) {
	q := holderChange{holderID: c.Request.Vars.Get("cardHolderId")}
	body, err := parse(c.Request.Body)
	if err == nil {
		name := listName(body, updateList, enrolmentList, c.Setting().Bool("cipher.lenientNames"))
		q.identities, err = identities(body, name, issuer.PhoneNumber, issuer.Email)
	}
	q.problem = err
	return q, nil
}

// validateHolderChange asks for the holder before it looks at the body, as
// validateUpdate does for a card.
func validateHolderChange(c *provider.Call, q holderChange) error {
	if err := forced(c); err != nil {
		return err
	}
	err := c.View(func(tx *provider.Tx) error {
		_, err := holderOf(c, tx, q.holderID)
		return err
	})
	if err != nil {
		return err
	}
	return q.problem
}

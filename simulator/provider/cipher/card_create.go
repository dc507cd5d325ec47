package cipher

import (
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// The operation ids (interface §6).
const (
	opCreate       = "cipher.card.create"
	opUpdate       = "cipher.card.update"
	opTenant       = "cipher.tenant.get"
	opHolder       = "cipher.cardholder.get"
	opHolderUpdate = "cipher.cardholder.update"
)

// createRequest is Create Card's body, decoded as far as it goes. A body that is
// wrong carries its problem to Validate, so that the checks keep Cipher's order.
type createRequest struct {
	name       string
	info       cardInfo
	card       core.CardRef
	maskFits   bool
	identities []issuer.Identity
	state      string
	problem    error
}

// createCard is POST /tenants/{tenantId}/cards.
func createCard() provider.Operation {
	return provider.Make(provider.Op[createRequest, enrolled]{
		Name: opCreate,
		Decode: func(c *provider.Call) (createRequest, error) {
			q, err := decodeCreate(c)
			q.problem = err
			return q, nil
		},
		Facts: func(c *provider.Call, _ *provider.Tx, q createRequest) provider.Facts {
			vector := ""
			for _, id := range q.identities {
				if id.Type == issuer.Vector {
					vector = id.Value
				}
			}
			return provider.Facts{Card: q.card, Reference: vector, Request: func() map[string]any { return documented(c) }}
		},
		Validate: func(c *provider.Call, q createRequest) error {
			if err := forced(c); err != nil {
				return err
			}
			return q.problem
		},
		Run:    runCreate,
		Encode: func(c *provider.Call, e enrolled) wire.Response { return encodeCard(c, createStatus(c), e) },
	})
}

// decodeCreate reads the body in the order of reference cipher-acs.md A3.
func decodeCreate(c *provider.Call) (q createRequest, err error) {
	body, err := parse(c.Request.Body)
	if err != nil {
		return q, err
	}
	info, infoErr := body.object("cardInfo")
	hide(c, info)
	if q.name, err = body.text("name", "name"); err != nil {
		return q, err
	}
	if strings.TrimSpace(q.name) == "" {
		return q, core.Errf(core.CodeInvalid, "name", "it must not be blank")
	}
	if infoErr != nil {
		return q, infoErr
	}
	if q.info, err = parseCardInfo(info); err != nil {
		return q, err
	}
	q.card, q.maskFits = reference(c, q.info)
	if q.identities, err = enrolmentIdentities(c, body); err != nil {
		return q, err
	}
	q.state, err = state(body, false)
	return q, err
}

// reference is the card under the sandbox's key: the same for both schemes.
func reference(c *provider.Call, info cardInfo) (card core.CardRef, maskFits bool) {
	if info.number.IsZero() {
		return issuer.HashedCard(c.World, info.digest, info.mask)
	}
	return c.World.Ref(info.number), true
}

// enrolmentIdentities demands exactly one tenantUniqueVector (seed 004,
// documented); cardGuid is the server's and not taken.
func enrolmentIdentities(c *provider.Call, body object) ([]issuer.Identity, error) {
	name := listName(body, enrolmentList, updateList, c.Setting().Bool("cipher.lenientNames"))
	list, err := identities(body, name, issuer.Vector, issuer.PhoneNumber, issuer.Email)
	if err != nil {
		return nil, err
	}
	for _, id := range list {
		if id.Type == issuer.Vector {
			return list, nil
		}
	}
	return nil, core.Errf(core.CodeMissing, name, "a %s is mandatory", issuer.Vector)
}

// state reads the member state: ENABLED, DISABLED, or when not required nothing.
func state(body object, required bool) (string, error) {
	if !required && !body.has("state") {
		return issuer.Enabled, nil
	}
	s, err := body.text("state", "state")
	if err != nil {
		return "", err
	}
	if s != issuer.Enabled && s != issuer.Disabled {
		return "", core.Errf(core.CodeInvalid, "state", "it must be %s or %s", issuer.Enabled, issuer.Disabled)
	}
	return s, nil
}

func runCreate(c *provider.Call, tx *provider.Tx, q createRequest) (enrolled, error) {
	s, t := c.Scope(tx), tenantOf(c)
	_, again, err := issuer.CardOf(s, t, q.card.Fingerprint)
	if err != nil {
		return enrolled{}, err
	}
	card, holder, err := issuer.Enrol(s, t, issuer.Enrolment{
		Name: q.name, Card: q.card, Identities: q.identities, State: q.state, Mode: issuer.ModeAPI,
	})
	if err != nil {
		return enrolled{}, err
	}
	if again {
		c.Warn("the card was enrolled already: it is answered as it is, name and state included")
	}
	if !q.maskFits {
		c.Warn("the masked number does not fit the test card that has this digest: the card's own digits are kept")
	}
	return enrolled{card, holder}, nil
}

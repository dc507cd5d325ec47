package cardtokens

import (
	"encoding/json"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// createBody is the body of Create token (reference cardtokens.md §4.1,
// documented). Members it does not name are ignored: the samples send some.
type createBody struct {
	EncCard        field           `json:"enccard"`
	Card           json.RawMessage `json:"card"`
	MerchantID     field           `json:"merchantid"`
	BillingAddress json.RawMessage `json:"billingaddress"`
}

// createRequest is the decoded call.
type createRequest struct {
	card       cardObject
	ref        core.CardRef // the card's; zero where its number is none
	merchantID field
	address    address
}

// created is the answer, in the order of seed 001. par is left out for testscheme,
// as in its example (reference cardtokens.md §4.2 row 6).
type created struct {
	Scheme   scheme.Scheme `json:"scheme"`
	Token    string        `json:"token"`
	TokenID  string        `json:"tokenid"`
	ExpMonth int           `json:"expmonth"`
	ExpYear  int           `json:"expyear"`
	PAR      string        `json:"par,omitempty"`
}

func (p *Provider) create() provider.Operation {
	return provider.Make(provider.Op[createRequest, reply]{
		Name: opCreate, Decode: p.decodeCreate, Facts: createFacts, Validate: validateCreate, Run: runCreate, Encode: encode,
	})
}

// decodeCreate reads the body and opens the card.
func (p *Provider) decodeCreate(c *provider.Call) (createRequest, error) {
	body := bodyOf(c).createBody
	card, err := p.cardOf(c, body)
	if err != nil {
		return createRequest{}, err
	}
	c.Secret(card.PAN.text, card.SecurityCode.text)
	q := createRequest{card: card, ref: cardRef(c, card.pan()), merchantID: body.MerchantID}
	if a := body.BillingAddress; len(a) > 0 && string(a) != "null" {
		if err := unmarshalObject(a, &q.address); err != nil {
			return q, core.Errf(core.CodeInvalid, "billingaddress", "must be an object")
		}
	}
	return q, nil
}

// cardOf is the card of a body: enccard when both are there (inferred), a plain
// one only where encryption is not required (reference cardtokens.md §4.2 row 3).
func (p *Provider) cardOf(c *provider.Call, body createBody) (cardObject, error) {
	plain := len(body.Card) > 0 && string(body.Card) != "null"
	switch {
	case !body.EncCard.empty() && !body.EncCard.isText():
		return cardObject{}, errCard()
	case !body.EncCard.empty():
		return p.openCard(c, body.EncCard.text)
	case !plain:
		return cardObject{}, core.Errf(core.CodeMissing, "enccard", "enccard or card is required")
	case c.Setting().Bool("cardtokens.requireEncryption"):
		return cardObject{}, core.Errf(core.CodeInvalid, "card", "the card must be encrypted: send enccard")
	}
	card, err := decodeCard(body.Card)
	if err != nil {
		return card, core.Errf(core.CodeInvalid, "card", "must be an object")
	}
	return card, nil
}

// createFacts tells scenarios the card behind the call and the body without
// number and code.
func createFacts(_ *provider.Call, _ *provider.Tx, q createRequest) provider.Facts {
	return provider.Facts{Card: q.ref, Request: func() map[string]any {
		return map[string]any{
			"card":           map[string]any{"expmonth": q.card.expiry().Month, "expyear": q.card.expiry().Year},
			"merchantid":     q.merchantID.text,
			"billingaddress": q.address.facts(),
		}
	}}
}

// cardRef refers to a card, to none where the number is none: a planned failure
// comes before the checks.
func cardRef(c *provider.Call, pan core.PAN) core.CardRef {
	if pan.IsZero() {
		return core.CardRef{}
	}
	return c.World.Ref(pan)
}

// validateCreate checks in the order of reference cardtokens.md §4.4. A planned
// failure wins over every check (decisions 3).
func validateCreate(c *provider.Call, q createRequest) error {
	if forcedFailure(c) {
		return nil
	}
	if err := q.card.check(c, q.ref); err != nil {
		return err
	}
	switch id := q.merchantID; {
	case id.empty():
		return core.Errf(core.CodeMissing, "merchantid", "is required")
	case !id.isText() || !c.Merchant.Cardtokens.HasMerchant(id.text):
		return core.Errf(core.CodeInvalid, "merchantid", "is unknown")
	}
	if err := q.address.check(c.Setting().Bool("cardtokens.strictAddress")); err != nil {
		return err
	}
	_, err := schemeOf(c, q.card.pan(), q.ref)
	return err
}

// runCreate asks the scheme for a token.
func runCreate(c *provider.Call, tx *provider.Tx, q createRequest) (reply, error) {
	s := c.Scope(tx)
	about := subject{entity: c.Merchant.ID + "/" + q.ref.Fingerprint, scheme: networkOf(q.ref.Brand)}
	if forcedFailure(c) {
		return fail(c, s, about)
	}
	if r, silence, hit := triggered(c, q.ref); hit {
		c.Refuse(core.Refusef("declining-test-card", "the card is one that declines: %s", r.code))
		if silence {
			return silent(c), nil
		}
		return decline(c, s, r, about)
	}
	return provision(c, s, q)
}

func provision(c *provider.Call, s sandbox.Scope, q createRequest) (reply, error) {
	network, err := schemeOf(c, q.card.pan(), q.ref)
	if err != nil {
		return reply{}, err
	}
	t, err := scheme.Provision(s, scheme.Provisioning{
		Merchant: c.Merchant, MerchantID: q.merchantID.text, Scheme: network,
		Card: q.ref, CardExpiry: q.card.expiry(),
	})
	if err != nil {
		return reply{}, err
	}
	a := created{Scheme: t.Scheme, Token: t.Digits(s.World), TokenID: t.ID, ExpMonth: t.Expiry.Month, ExpYear: t.Expiry.Year}
	if t.Scheme != scheme.Test {
		a.PAR = t.PAR(s.World)
	}
	c.Secret(a.Token)
	return good(c, outcomeCreated, a), nil
}

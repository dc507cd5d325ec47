package acehub

import (
	"net/http"

	"cardsim/simulator/core"
	"cardsim/simulator/pay"
	"cardsim/simulator/provider"
)

// The only documented values (reference acehub.md §4.1).
const (
	tokenStatus = "ACTIVE"
	tokenType   = "PAYVISION"
)

// tokenRequest is a decoded Create Token.
type tokenRequest struct {
	card    *pay.Instrument
	owner   pay.Owner
	facts   func() map[string]any // what scenarios see of it
	problem *core.Error
}

// createToken keeps a card in the vault (seed 002, documented; the path is
// inferred).
func createToken() provider.Operation {
	return provider.Make(provider.Op[tokenRequest, reply]{
		Name: opTokenCreate, Decode: decodeToken, Run: runToken, Encode: encode,
		Facts: func(c *provider.Call, tx *provider.Tx, q tokenRequest) provider.Facts {
			return provider.Facts{Card: underlying(c, tx, q.card), Request: q.facts}
		},
		Validate: func(c *provider.Call, q tokenRequest) error {
			if q.problem != nil && !forcedFailure(c) {
				return q.problem
			}
			return nil
		},
	})
}

// decodeToken reads a Create Token. Only cards can be tokenized (seed 002,
// documented): the brand of a bank or wallet is an invalid one.
func decodeToken(c *provider.Call) (tokenRequest, error) {
	v := body(c, tokenSchema)
	customer := v.in("customer")
	q := tokenRequest{facts: v.facts, owner: pay.Owner{CustomerID: customer.text("customerId"), Email: customer.text("email")}}
	if b, known := brands[v.integer("brandId")]; v.has("brandId") && (!known || b.way != byCard) {
		v.invalid("brandId", "only the brands of cards can be tokenized")
	}
	q.card = readCard(v.in("card"))
	q.problem = *v.problem
	return q, nil
}

func runToken(c *provider.Call, tx *provider.Tx, q tokenRequest) (reply, error) {
	if r, ok := forcedRefusal(c, true); ok {
		return r, nil
	}
	t, err := pay.Tokenize(c.Scope(tx), payer(c), *q.card, q.owner)
	if err != nil {
		return refused(c, err)
	}
	return tokenReply(c, t), nil
}

// getToken reads a token back (reference acehub.md §4.5: that it can be is
// documented, path and shape are inferred).
func getToken() provider.Operation {
	return provider.Make(provider.Op[string, reply]{
		Name: opTokenGet, ReadOnly: true, Encode: encode,
		Decode: func(c *provider.Call) (string, error) { return c.Request.Vars.Get("token"), nil },
		Facts: func(c *provider.Call, tx *provider.Tx, id string) provider.Facts {
			t, _, err := pay.TokenByID(c.Scope(tx), c.Merchant.ID, id)
			if err != nil {
				return provider.Facts{}
			}
			return provider.Facts{Card: t.Card}
		},
		Run: func(c *provider.Call, tx *provider.Tx, id string) (reply, error) {
			if r, ok := forcedRefusal(c, true); ok {
				return r, nil
			}
			t, ok, err := pay.TokenByID(c.Scope(tx), c.Merchant.ID, id)
			if err == nil && !ok {
				err = core.Errf(core.CodeNotFound, "", "the merchant has no such token")
			}
			if err != nil {
				return refused(c, err)
			}
			return tokenReply(c, t), nil
		},
	})
}

// tokenReply has a flat body and, as the vendor prints it, no description (seed
// 002, documented).
func tokenReply(c *provider.Call, t pay.Token) reply {
	note(c, outcomeOK)
	return reply{status: http.StatusOK, value: document{
		Header: docHeader{RequestTimestamp: timestamp(c.Now)},
		Body:   tokenDoc{Token: t.Token, DisplayHint: t.Hint(), TokenStatus: tokenStatus, TokenType: tokenType},
	}}
}

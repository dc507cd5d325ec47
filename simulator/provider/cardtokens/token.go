package cardtokens

import (
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// ownToken finds a token of the account that asks. An unknown tokenid and a token
// of another account are the same error (reference cardtokens.md §11.3).
func ownToken(c *provider.Call, s sandbox.Scope, id string) (scheme.Token, error) {
	t, ok, err := scheme.TokenByID(s, id)
	if err != nil {
		return scheme.Token{}, err
	}
	if !ok || t.Merchant != c.Merchant.ID {
		return scheme.Token{}, core.Errf(core.CodeNotFound, "tokenid", "is unknown")
	}
	return t, nil
}

// tokenFacts is what a call on a token is about: the card behind it (decisions 4).
func tokenFacts(c *provider.Call, tx *provider.Tx, id string) provider.Facts {
	f := provider.Facts{Request: func() map[string]any { return map[string]any{"tokenid": id} }}
	if t, err := ownToken(c, c.Scope(tx), id); err == nil {
		f.Card, f.Found = t.Card, t
	}
	return f
}

// foundToken is the token that the facts of a reading call came upon, or looks for it.
func foundToken(c *provider.Call, s sandbox.Scope, id string) (scheme.Token, error) {
	if t, ok := c.Facts.Found.(scheme.Token); ok {
		return t, nil
	}
	return ownToken(c, s, id)
}

// tokenID decodes the calls whose only input is in the path.
func tokenID(c *provider.Call) (string, error) { return c.Request.Vars.Get(tokenVar), nil }

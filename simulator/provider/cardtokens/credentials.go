package cardtokens

import (
	"slices"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// Identify finds the sandbox by X-Api-Key (reference cardtokens.md §1,
// documented). Without a key only the merchant ids printed on the vendor's pages
// pass, and only where credentials are open (decisions 7).
func (p *Provider) Identify(c *provider.Call) error {
	key := c.Request.Header.Get("X-Api-Key")
	if key == "" {
		return identifyExample(c)
	}
	id, err := c.Worlds().ByAPIKey(key)
	if err != nil {
		return err
	}
	c.As(id)
	return nil
}

// identifyExample takes a call without a key that names a vendor's example
// merchant, itself or by one of its tokens.
func identifyExample(c *provider.Call) error {
	missing := core.Errf(core.CodeNoCredentials, "", "the header X-Api-Key is missing")
	if c.Worlds().Strict() {
		return missing
	}
	merchantID, err := namedMerchant(c)
	if err != nil {
		return err
	}
	w := c.Worlds().Default()
	for _, m := range w.Merchants {
		if slices.Contains(m.Cardtokens.Examples, merchantID) {
			c.As(sandbox.Identity{World: w, Merchant: m, Name: merchantID, Known: true, Example: true, Kind: sandbox.TestKey})
			c.Warn("there was no X-Api-Key: taken because %s is an example of the vendor's pages", merchantID)
			return nil
		}
	}
	return missing
}

// namedMerchant is the merchantid in the body, else that of the token in the path.
func namedMerchant(c *provider.Call) (string, error) {
	id := c.Request.Vars.Get(tokenVar)
	if id == "" {
		return bodyOf(c).MerchantID.text, nil
	}
	var token scheme.Token
	err := c.View(func(tx *provider.Tx) (err error) {
		w := c.Worlds().Default()
		token, _, err = scheme.TokenByID(w.At(w.Clock.Now(), tx), id)
		return err
	})
	return token.MerchantID, err
}

// Authenticate has no secret to check beyond the key itself. It looks at the
// User-Agent, without which the real service's front shield blocks a call
// (reference cardtokens.md §1, observed; its status 403 is *ours*).
func (p *Provider) Authenticate(c *provider.Call) error {
	if c.Request.Header.Get("User-Agent") != "" {
		return nil
	}
	if c.Setting().Bool("cardtokens.requireUserAgent") {
		return &core.Error{Code: core.CodeUnauthorized, Number: blocked, Detail: "a request without User-Agent is blocked"}
	}
	c.Warn("there was no User-Agent: Cardtokens' front shield blocks such a request")
	return nil
}

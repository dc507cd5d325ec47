package acehub

import (
	"crypto/subtle"
	"net/http"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// Identify finds the merchant by businessId, in the header block of a POST and in
// the query of a GET (reference acehub.md §1.3, documented). A page in the
// browser is identified by its payment.
func (p *Provider) Identify(c *provider.Call) error {
	if isPage(c) {
		return identifyPage(c)
	}
	business, err := businessOf(c)
	if err != nil {
		return err
	}
	id, err := c.Worlds().ByBusiness(business)
	if err != nil {
		return err
	}
	c.As(id)
	return nil
}

func businessOf(c *provider.Call) (string, error) {
	if e, ok := c.Envelope.(*envelope); ok {
		return e.business()
	}
	return query(c, "businessId")
}

// Authenticate checks Basic user and password of a known business. The business
// ids of the vendor's examples take any or none where credentials are open
// (decisions 7).
func (p *Provider) Authenticate(c *provider.Call) error {
	if isPage(c) || !c.Identity.Known || c.Identity.Example && !c.Worlds().Strict() {
		return nil
	}
	user, password, ok := basic(c)
	if !ok {
		return core.Errf(core.CodeNoCredentials, "", "the request carries no Basic credentials")
	}
	account := c.Merchant.AceHub
	if !same(user, account.Username) || !same(password, account.Password) {
		return core.Errf(core.CodeUnauthorized, "", "user or password are not those of the business")
	}
	return nil
}

func basic(c *provider.Call) (user, password string, ok bool) {
	return (&http.Request{Header: c.Request.Header}).BasicAuth()
}

// same compares in a time that tells the length at most.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

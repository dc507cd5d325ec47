package cipher

import (
	"crypto/subtle"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// tokenHeader is the header of a sister product; Cipher's page shows none
// (reference cipher-acs.md A1, inferred).
const (
	tokenHeader    = "X-Zeta-AuthToken"
	tokenHeaderKey = "X-Zeta-Authtoken" // as net/http spells it
)

// Authenticate checks the tenant's token, when it has one, in either header. A
// tenant printed on the vendor's page takes any token or none, except in strict
// mode (decisions 7).
func (p *Provider) Authenticate(c *provider.Call) error {
	given := tokens(c)
	c.Secret(given...)
	tenant := tenantOf(c)
	if tenant.Token == "" || tenant.Example && !c.Worlds().Strict() {
		return nil
	}
	c.Secret(tenant.Token)
	if len(given) == 0 {
		return core.Errf(core.CodeNoCredentials, "", "tenant %s demands a token in %s or Authorization: Bearer", tenant.ID, tokenHeader)
	}
	for _, token := range given {
		if subtle.ConstantTimeCompare([]byte(token), []byte(tenant.Token)) == 1 {
			c.Identity.Known = len(given) == 1 // nothing else is said of who calls
			return nil
		}
	}
	return core.Errf(core.CodeUnauthorized, "", "the token is not that of tenant %s", tenant.ID)
}

// tokens are the credentials a request carries.
func tokens(c *provider.Call) []string {
	var list []string
	if token := c.Request.Header.Get(tokenHeaderKey); token != "" {
		list = append(list, token)
	}
	scheme, token, _ := strings.Cut(c.Request.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); token != "" && strings.EqualFold(scheme, "Bearer") {
		list = append(list, token)
	}
	return list
}

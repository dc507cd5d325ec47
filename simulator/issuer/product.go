package issuer

import (
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

// productOf finds the tenant's product by the longest BIN prefix, else its
// default row: the network is the tenant's to say, not the number's, because
// Cipher's own sample calls a 111111 card amex (reference cipher-acs.md A3).
func productOf(t *sandbox.Tenant, card core.CardRef) sandbox.Product {
	best, found := sandbox.Product{}, false
	for _, p := range t.Products {
		if strings.HasPrefix(card.First6, p.BIN) && (!found || len(p.BIN) > len(best.BIN)) {
			best, found = p, true
		}
	}
	if found {
		return best
	}
	return standInProduct(t, card)
}

// standInProduct serves a tenant without a matching row (*ours*): such a tenant
// must still be able to enrol.
func standInProduct(t *sandbox.Tenant, card core.CardRef) sandbox.Product {
	return sandbox.Product{ProductID: "PRO00000", ProductName: t.Name + " Card", CardNetwork: string(card.Brand)}
}

package cardtokens_test

import (
	"encoding/json"
	"testing"

	"cardsim/simulator/provider"
	"cardsim/simulator/provider/cardtokens"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
)

func TestContract(t *testing.T) {
	shop := sandbox.DerivedMerchant(1, sandbox.DefaultID)
	providertest.Run(t, providertest.Contract{
		Mount:   provider.Mount{Provider: cardtokens.New(), Prefixes: []string{"/api/"}},
		Spec:    sandbox.Spec{Merchants: []*sandbox.Merchant{shop}},
		Unknown: "/api/nothing",
		Good: providertest.Request{
			Method: "POST", Path: "/api/token",
			Body:   `{"card":{"pan":"4111111145551142","expmonth":2,"expyear":2098},"merchantid":"` + shop.Cardtokens.MerchantID + `"}`,
			Header: []string{"X-Api-Key", shop.Cardtokens.Key(sandbox.LiveKey), "Content-Type", "application/json"},
		},
		Document: func(body string) bool {
			var doc struct{ Err string }
			return json.Unmarshal([]byte(body), &doc) == nil && doc.Err != ""
		},
	})
}

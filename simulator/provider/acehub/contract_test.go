package acehub_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/provider/acehub"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
)

func TestContract(t *testing.T) {
	shop := sandbox.DerivedMerchant(1, sandbox.DefaultID)
	user := base64.StdEncoding.EncodeToString([]byte(shop.AceHub.Username + ":" + shop.AceHub.Password))
	providertest.Run(t, providertest.Contract{
		Mount:   provider.Mount{Provider: acehub.New(threeds.Signing{}), Prefixes: []string{"/gateway/v3/"}, Fold: true},
		Spec:    sandbox.Spec{Merchants: []*sandbox.Merchant{shop}},
		Unknown: "/gateway/v3/nothing",
		Good: providertest.Request{
			Method: http.MethodPost, Path: "/gateway/v3/tokens",
			Body:   `{"header":{"businessId":"` + shop.AceHub.BusinessID + `"},"body":{"brandId":1010,"card":{"number":"4916934502308682","expiryMonth":12,"expiryYear":2030}}}`,
			Header: []string{"Authorization", "Basic " + user, "Content-Type", "application/json"},
		},
		Document: func(body string) bool {
			var doc struct {
				Result      int
				Description string
				Header      struct{ RequestTimestamp string }
				Body        struct {
					Error struct{ Message, DetailedMessage string }
				}
			}
			return json.Unmarshal([]byte(body), &doc) == nil && doc.Result < 0 && doc.Header.RequestTimestamp != "" && doc.Body.Error.DetailedMessage != ""
		},
		Silent: []core.Code{core.CodeNotFound, core.CodeNoRoute}, // 404 without a body (reference acehub.md §1.3, observed)
	})
}

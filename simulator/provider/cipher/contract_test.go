package cipher_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cardsim/simulator/provider"
	"cardsim/simulator/provider/cipher"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
)

func TestContract(t *testing.T) {
	bank := sandbox.DerivedTenant(1, sandbox.DefaultID)
	providertest.Run(t, providertest.Contract{
		Mount:   provider.Mount{Provider: cipher.New(), Prefixes: []string{"/tenants/"}},
		Spec:    sandbox.Spec{Tenants: []*sandbox.Tenant{bank}},
		Unknown: "/tenants/" + bank.ID + "/nothing/at/all",
		Good: providertest.Request{
			Method: "POST", Path: "/tenants/" + bank.ID + "/cards",
			Body:   `{"name":"Amit","cardInfo":{"scheme":"DEFAULT","cardNumber":"1112228948763895"},"identities":[{"type":"tenantUniqueVector","value":"D7480"},{"type":"phoneNumber","value":"+918948763892"}]}`,
			Header: []string{"X-Zeta-AuthToken", bank.Token, "Content-Type", "application/json"},
		},
		Document: func(body string) bool {
			var doc struct{ Code, Message, DebugID string }
			return json.Unmarshal([]byte(body), &doc) == nil && strings.HasPrefix(doc.Code, "ER00") && doc.Message != "" && len(doc.DebugID) == 36
		},
	})
}

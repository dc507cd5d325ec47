package acehub

import (
	"encoding/json"
	"net/http"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/provider/providertest"
)

func TestContract(t *testing.T) {
	providertest.Run(t, providertest.Contract{
		Mount: mount(), Spec: newSpec(t, nil), Unknown: "/gateway/v3/nothing",
		Good:   providertest.Request{Method: http.MethodPost, Path: "/gateway/v3/tokens", Body: seedTokenize},
		Silent: []core.Code{core.CodeNotFound, core.CodeNoRoute},
		Document: func(body string) bool {
			var doc struct {
				Result      *int
				Description string
				Header      struct{ RequestTimestamp string }
				Body        struct {
					Error *struct {
						Code                     *int
						Message, DetailedMessage string
					}
				}
			}
			err := json.Unmarshal([]byte(body), &doc)
			return err == nil && doc.Result != nil && *doc.Result < 0 && doc.Description != "" && doc.Header.RequestTimestamp != "" &&
				doc.Body.Error != nil && doc.Body.Error.Code != nil && doc.Body.Error.Message != "" && doc.Body.Error.DetailedMessage != ""
		},
	})
}

package acs_test

import (
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/acs"
	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
	"cardsim/simulator/threeds"
)

func TestContract(t *testing.T) {
	pan, ok := core.ParsePAN("4000000000001091")
	if !ok {
		t.Fatal("no card")
	}
	providertest.Run(t, providertest.Contract{
		Mount: provider.Mount{Provider: acs.New(threeds.Signing{}), Prefixes: []string{acs.Prefix}},
		Spec: sandbox.Spec{Cards: []sandbox.CardProfile{{
			Number: pan, Provider: "cardinal", Cases: []sandbox.CardCase{{Version: core.ThreeDS21, Number: 9}},
		}}},
		Unknown: "/acs/nothing",
		Prepare: func(t *testing.T, h *providertest.House) providertest.Request {
			t.Helper()
			var made threeds.Transaction
			err := h.DB.Update(func(tx *store.Tx) error {
				var err error
				made, err = threeds.Lookup(h.World.At(h.World.Clock.Now(), tx), threeds.LookupRequest{
					Merchant: h.World.Own(), OrderNumber: "CONTRACT", Card: h.World.Ref(pan), Expiry: core.Expiry{Month: 1, Year: 2031},
					Money: core.Money{Minor: 100, Currency: "EUR"},
				})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return providertest.Request{Method: http.MethodGet, Path: "/acs/challenge/" + made.Challenge.ID}
		},
		Document: func(body string) bool {
			return strings.HasPrefix(body, "<!DOCTYPE html>") && strings.Contains(body, "</html>")
		},
	})
}

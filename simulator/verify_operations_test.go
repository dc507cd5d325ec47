package simulator_test

import (
	"net/http"
	"slices"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/acs"
	"cardsim/simulator/admin"
	"cardsim/simulator/provider"
	"cardsim/simulator/provider/acehub"
	"cardsim/simulator/provider/cardinal"
	"cardsim/simulator/provider/cardtokens"
	issuerapi "cardsim/simulator/provider/cipher"
	"cardsim/simulator/simulatortest"
	"cardsim/simulator/threeds"
)

// TestVerifyRefusesUnknownOperations: a misspelt operation counts nothing, so that
// "at most none" of it would hold without a word.
func TestVerifyRefusesUnknownOperations(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	tests := []struct {
		name, body string
		want       []admin.ProblemError
	}{
		{"an id", `{"calls":[{"operation":"acehub.payment.create","atMost":0},{"operation":"acehub.paymnet.create","atMost":0}]}`, []admin.ProblemError{
			{Pointer: "/calls/1/operation", Detail: `unknown operation "acehub.paymnet.create"; did you mean "acehub.payment.create"?`},
		}},
		{"a pattern", `{"calls":[{"operation":"acehb.*","atMost":0}]}`, []admin.ProblemError{
			{Pointer: "/calls/0/operation", Detail: `no operation matches "acehb.*"; did you mean "acehub.*"?`},
		}},
		{"nothing near", `{"calls":[{"operation":"payment","atMost":0}]}`, []admin.ProblemError{{Pointer: "/calls/0/operation", Detail: `unknown operation "payment"`}}},
		{"an order", `{"order":["acehub.*","cardinal.lokup",""]}`, []admin.ProblemError{
			{Pointer: "/order/1", Detail: `unknown operation "cardinal.lokup"; did you mean "cardinal.lookup"?`}, {Pointer: "/order/2", Detail: `unknown operation ""`},
		}},
		{"an order in a call", `{"calls":[{"order":["acehub.*","cardinal.stepp"]}]}`, []admin.ProblemError{
			{Pointer: "/calls/0/order/1", Detail: `unknown operation "cardinal.stepp"; did you mean "cardinal.stepup"?`},
		}},
		{"with a bad where", `{"calls":[{"operation":"x","where":"outcom == 1"}]}`, []admin.ProblemError{
			{Pointer: "/calls/0/operation", Detail: `unknown operation "x"`},
			{Pointer: "/calls/0/where", Line: 1, Column: 1, Detail: `unknown name outcom; did you mean "outcome"?`},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := raw(t, c, http.MethodPost, s+"/verify", tt.body)
			var p admin.Problem
			if err := a.JSON(&p); err != nil || a.Status != http.StatusUnprocessableEntity || !slices.Equal(p.Errors, tt.want) {
				t.Errorf("HTTP %d %s %v", a.Status, a.Body, err)
			}
		})
	}
}

// TestVerifyKnowsEveryOperationOfTheJournal: also those that no scenario steers.
func TestVerifyKnowsEveryOperationOfTheJournal(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	for _, operation := range []string{"cardinal.stepup", "cardinal.stepup.return", "acs.method.done", "acehub.redirect", "*.stepup", "*"} {
		a := raw(t, c, http.MethodPost, s+"/verify", `{"calls":[{"operation":"`+operation+`","atMost":0}],"order":[]}`)
		if a.Status != http.StatusOK {
			t.Errorf("%s: HTTP %d %s", operation, a.Status, a.Body)
		}
	}
}

// TestEveryRouteIsJournaled holds the catalogue against what the providers serve.
func TestEveryRouteIsJournaled(t *testing.T) {
	var none threeds.Signing
	journaled := simulator.Catalogue().Journaled()
	for _, p := range []provider.Provider{cardtokens.New(), acehub.New(none), cardinal.New(none), issuerapi.New(), acs.New(none)} {
		for _, r := range p.Routes() {
			if r.Operation != nil && !slices.Contains(journaled, r.Operation.ID()) {
				t.Errorf("%s %s is %s, which the catalogue does not know", r.Method, r.Pattern, r.Operation.ID())
			}
		}
	}
}

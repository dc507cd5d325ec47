package simulator_test

import (
	"net/http"
	"strings"

	"cardsim/simulator/simulatortest"
)

const (
	opCryptogram = "cardtokens.token.cryptogram"
	opProvision  = "cardtokens.token.create"
)

// refused demands an error that names its reason.
func (s tale) refused(err error, words ...string) {
	s.t.Helper()
	for _, w := range words {
		if err == nil || !strings.Contains(err.Error(), w) {
			s.t.Fatalf("the answer is %v, want %q in it", err, w)
		}
	}
}

func tokenDeleted(s tale) {
	key := s.c.Env["CARDTOKENS_API_KEY"]
	j := s.walk(order(1))
	s.pays(j.Payment(), http.StatusOK, 0)
	for range 2 {
		_, err := s.c.GetCryptogram(key, j.Token.TokenID, "later")
		s.refused(err, "HTTP 500", "token is deleted")
	}
	s.journal(opCryptogram, "outcome", "issued", "rejected", "rejected")
}

func tokenSuspended(s tale) {
	key := s.c.Env["CARDTOKENS_LIVE_API_KEY"]
	j, err := s.c.Walk(key, order(1))
	s.ok(err)
	_, err = s.c.GetCryptogram(key, j.Token.TokenID, "suspended")
	s.refused(err, "get cryptogram: HTTP 4", "INVALID_TOKEN_STATUS")
	s.pays(s.fresh(j, "again").Payment(), http.StatusOK, 0)
	status, err := s.c.TokenStatus(key, j.Token.TokenID)
	s.ok(err)
	same(s, "the token", status, "ACTIVE")
	s.journal(opCryptogram, "refusal", "", "planned", "")
}

func provisioningDeclined(s tale) {
	visa := []string{"cardNotEligible", "cardVerificationFailed", "provisionNotAllowed", "declined", "cardNotEligible"}
	master := []string{"PAN_INELIGIBLE", "ISSUER_DECLINED", "PAN_PROVISIONING_COUNT_EXCEEDED", "NO_RESPONSE_FROM_ISSUER", "PAN_INELIGIBLE"}
	for i := range visa {
		s.provisioned("4000000000001091", visa[i])
		s.provisioned("5200000000001096", master[i])
	}
}

// provisioned asks for a token that the scheme does not give.
func (s tale) provisioned(pan, reason string) {
	s.t.Helper()
	_, err := s.c.CreateToken(s.c.Env["CARDTOKENS_LIVE_API_KEY"], simulatortest.Card{PAN: pan, Month: 1, Year: 2031, CVV: "123"})
	s.refused(err, "create token: HTTP ", reason)
}

func er000Burst(s tale) {
	for range 3 {
		_, err := s.c.Enrol(order(1).Card.PAN, "BURST", "+4512345678")
		s.refused(err, "HTTP 500", "ER000")
	}
	card, err := s.c.Enrol(order(1).Card.PAN, "BURST", "+4512345678")
	s.ok(err)
	s.ok(s.c.SetCardState(card.CardID, "DISABLED"))
	s.journal("cipher.card.create", "outcome", "er000", "er000", "er000", "ok")
}

func vectorConflict(s tale) {
	_, err := s.c.Enrol(order(1).Card.PAN, "TAKEN", "+4512345678")
	s.refused(err, "HTTP 409", "ER002")
	card, err := s.c.Enrol(order(1).Card.PAN, "RIGHT", "+4512345678")
	s.ok(err)
	same(s, "the card", card.State, "ENABLED")
	id := s.challenged(order(1))
	messages, err := s.c.Messages()
	s.ok(err)
	same(s, "the number of messages for "+id, len(messages), 1)
}

package simulator_test

import (
	"net/http"
	"testing"

	"cardsim/simulator/simulatortest"
)

// Two numbers that the overrides speak of: one that no catalogue knows, and whose
// check digit is wrong, and one that Cardinal publishes.
const (
	ownCard   = "4539000000000009"
	knownCard = "4000000000001091"
)

// of is an order of a card.
func of(pan string, n int) simulatortest.Order {
	o := order(n)
	o.Card.PAN = pan
	return o
}

// flowOf activates a 3-D Secure flow for the own card.
func flowOf(t *testing.T, flow string) tale {
	t.Helper()
	return scripted(t, "rules: []\ncards:\n  - {pan: \""+ownCard+"\", threeds: {flow: "+flow+"}}\n")
}

func TestCardsThreeDSFlow(t *testing.T) {
	tests := map[string]struct{ enrolled, status string }{
		"challenge": {"Y", "C"}, "frictionless": {"Y", "Y"}, "attempted": {"Y", "A"}, "failed": {"Y", "N"},
		"rejected": {"Y", "R"}, "unavailable": {"Y", "U"}, "bypassed": {"B", ""}, "not-enrolled": {"N", ""},
	}
	for flow, want := range tests {
		t.Run(flow, func(t *testing.T) {
			t.Parallel()
			s := flowOf(t, flow)
			e := s.lookup(of(ownCard, 1))
			same(s, "Enrolled", e["Enrolled"], want.enrolled)
			same(s, "PAResStatus", e["PAResStatus"], want.status)
			same(s, "another card's PAResStatus", s.lookup(order(2))["PAResStatus"], "C")
			s.journal(opLookup, "outcome", flow, "challenge")
			s.journal(opLookup, "rule", "card behaviour", "")
		})
	}
}

func TestCardsThreeDSResult(t *testing.T) {
	tests := map[string]struct{ status, signature, number string }{
		"authenticated": {"Y", "Y", "0"}, "attempted": {"A", "Y", "0"}, "failed": {"N", "Y", "0"}, "rejected": {"R", "Y", "0"},
		"unavailable": {"U", "Y", "0"}, "signature-invalid": {"Y", "N", "0"}, "error": {"", "", "1050"},
	}
	for result, want := range tests {
		t.Run(result, func(t *testing.T) {
			t.Parallel()
			s := scripted(t, "rules: []\ncards:\n  - {pan: \""+ownCard+"\", threeds: {flow: challenge, result: "+result+"}}\n")
			e := s.authenticate(s.passed(of(ownCard, 1)))
			same(s, "ErrorNo", e["ErrorNo"], want.number)
			if want.number == "0" {
				same(s, "PAResStatus", e["PAResStatus"], want.status)
				same(s, "SignatureVerification", e["SignatureVerification"], want.signature)
			}
			s.journal(opAuthenticate, "outcome", result)
		})
	}
}

// TestCardsResultAlone: nothing but a challenge leads to a result, so that the card
// has one.
func TestCardsResultAlone(t *testing.T) {
	const frictionless = "4000000000001000"
	for _, pan := range []string{knownCard, frictionless, ownCard} {
		s := scripted(t, "rules: []\ncards:\n  - {pan: \""+pan+"\", threeds: {result: failed}}\n")
		same(s, "PAResStatus of "+pan, s.authenticate(s.passed(of(pan, 1)))["PAResStatus"], "N")
	}
}

func TestCardsAuthorization(t *testing.T) {
	s := scripted(t, `rules:
  - name: small amounts pass
    on: acehub.payment.create
    when: amount < 1
    do: pass
  - name: large amounts fail
    on: acehub.payment.create
    when: amount > 1000
    do: {outcome: failed}
cards:
  - {pan: "`+ownCard+`", authorization: {outcome: declined, with: {code: 300400800, message: Insufficient funds}}}
`)
	paid := s.pays(plain(of(ownCard, 1)), http.StatusBadRequest, -4)
	same(s, "the error's code", paid.Body.Error.Code, 300400800)
	small, large := of(ownCard, 2), of(ownCard, 3)
	small.Minor, large.Minor = 50, 200000
	s.pays(plain(small), http.StatusOK, 0)
	s.pays(plain(large), http.StatusBadRequest, -2)
	s.pays(plain(order(4)), http.StatusOK, 0)
	s.journal(opPay, "rule", "card behaviour", "small amounts pass", "large amounts fail", "")
}

// TestCardsAuthorizationOfANetworkToken: a card is the underlying one (decisions 4).
func TestCardsAuthorizationOfANetworkToken(t *testing.T) {
	s := scripted(t, "rules: []\ncards:\n  - {pan: \""+knownCard+"\", authorization: {outcome: declined-retry}}\n")
	s.pays(s.walk(of(knownCard, 1)).Payment(), http.StatusBadRequest, -5)
}

func TestCardsOTP(t *testing.T) {
	s := scripted(t, "rules: []\ncards:\n  - {pan: \""+ownCard+"\", threeds: {flow: challenge}, otp: \"135790\"}\n")
	id := s.ended(s.challenged(of(ownCard, 1)))
	for _, try := range []struct{ code, state string }{{"1234", "open"}, {"135790", "finished"}} {
		acted, err := s.c.Act(id.ID, map[string]string{"action": "submit", "otp": try.code})
		s.ok(err)
		same(s, "the challenge after "+try.code, acted.State, try.state)
	}
	same(s, "PAResStatus", s.authenticate(id.TransactionID)["PAResStatus"], "Y")
}

// TestCardsOfNoCatalogue: a number that only a scenario knows walks through all
// four providers, whatever its check digit.
func TestCardsOfNoCatalogue(t *testing.T) {
	s := flowOf(t, "challenge")
	_, err := s.c.Enrol(ownCard, "OWN", "+4512345678")
	s.ok(err)
	s.pays(s.walk(of(ownCard, 1)).Payment(), http.StatusOK, 0)

	other := stage(t, "")
	_, err = other.c.CreateToken(other.c.Env["CARDTOKENS_API_KEY"], of(ownCard, 1).Card)
	other.refused(err, "HTTP 500")
}

package simulator_test

import (
	"net/http"
	"net/url"
	"strings"

	"cardsim/simulator/simulatortest"
)

// refusedChallenge plays a challenge that does not end well: the issuer says no, and
// says why.
func (s tale) refusedChallenge(state, reason, cancel string) {
	s.t.Helper()
	id := s.challenged(order(1))
	same(s, "the challenge", s.ended(id).State, state)
	same(s, "its result", s.ended(id).Result, "N")
	e := s.authenticate(id)
	same(s, "PAResStatus", e["PAResStatus"], "N")
	same(s, "StatusReason", e["StatusReason"], reason)
	same(s, "ChallengeCancel", e["ChallengeCancel"], cancel)
	same(s, "Cavv", e["Cavv"], "")
	s.journal(opAuthenticate, "outcome", "failed")
}

func challengeCancelled(s tale) { s.refusedChallenge("cancelled", "01", "01") }

func challengeExpired(s tale) { s.refusedChallenge("expired", "14", "04") }

func otpWrongToTheLimit(s tale) {
	s.refusedChallenge("failed", "01", "")
	list, err := s.c.Challenges()
	s.ok(err)
	same(s, "the attempts left", list[0].AttemptsLeft, 0)
}

// challengeAbandoned: nobody comes back, until the issuer gives up.
func challengeAbandoned(s tale) {
	s.ok(s.c.Admin(http.MethodPut, "/clock", map[string]string{"mode": "frozen"}, nil))
	id := s.challenged(order(1))
	same(s, "the challenge", s.ended(id).State, "pending")
	early := s.authenticate(id)
	same(s, "PAResStatus while it runs", early["PAResStatus"], "U")
	s.ok(s.c.Admin(http.MethodPost, "/clock/advance", map[string]string{"by": "1h"}, nil))
	e := s.authenticate(id)
	same(s, "PAResStatus after its time", e["PAResStatus"], "N")
	same(s, "StatusReason", e["StatusReason"], "14")
	same(s, "the challenge in the end", s.ended(id).State, "expired")
	s.journal(opAuthenticate, "refusal", "challenge-running", "")
}

// resendToTheLimit: an enrolled card, so that codes are sent; the limit is its
// bank's.
func resendToTheLimit(s tale) {
	_, err := s.c.Enrol(order(1).Card.PAN, "RESEND", "+4512345678")
	s.ok(err)
	id := s.challenged(order(1))
	ended := s.ended(id)
	same(s, "the challenge", ended.State, "finished")
	same(s, "the resends left", ended.ResendsLeft, 0)
	messages, err := s.c.Messages()
	s.ok(err)
	same(s, "the number of messages", len(messages), 4) // the first, and three again
	e := s.authenticate(id)
	same(s, "PAResStatus", e["PAResStatus"], "Y")
	p := plain(order(1))
	p.ThreeDSecure = map[string]any{"eci": e["EciFlag"], "avv": e["Cavv"], "version": "2"}
	s.pays(p, http.StatusOK, 0)
}

func issuerDisablesCard(s tale) {
	card, err := s.c.Enrol(order(1).Card.PAN, "GONE", "+4512345678")
	s.ok(err)
	e := s.lookup(order(1))
	s.ok(s.c.SetCardState(card.CardID, "DISABLED"))
	page := s.opens(e)
	if !strings.Contains(string(page.Body), "TransactionId") && !strings.Contains(string(page.Body), "cres") {
		s.t.Errorf("the issuer's page does not lead back: %s", page.Body)
	}
	after := s.authenticate(e["TransactionId"])
	same(s, "PAResStatus", after["PAResStatus"], "N")
	same(s, "StatusReason", after["StatusReason"], "08")
	s.journal("acs.challenge.open", "rule", "the card is gone")
}

// opens brings the browser to the issuer's page.
func (s tale) opens(lookup simulatortest.Elements) simulatortest.Answer {
	s.t.Helper()
	a, err := s.c.Do(http.MethodPost, lookup["ACSUrl"], []byte(url.Values{"creq": {lookup["Payload"]}}.Encode()),
		"Content-Type", "application/x-www-form-urlencoded")
	s.ok(err)
	same(s, "the page's status", a.Status, http.StatusOK)
	return a
}

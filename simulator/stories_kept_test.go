package simulator_test

import (
	"net/http"
	"path/filepath"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// ownStory has a card of no catalogue with a code of its own, whose first payment is
// declined.
const ownStory = `version: 1
name: own
rules:
  - name: first
    on: acehub.payment.create
    per: card
    sequence:
      - outcome: declined
cards:
  - {pan: "` + ownCard + `", threeds: {flow: challenge, result: attempted}, otp: "135790"}
`

// TestStoriesKeepCardsAndCodes: a restart that names no scenario keeps the cards of
// the stored one, and the code of a challenge that runs.
func TestStoriesKeepCardsAndCodes(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "cardsim.db"), filepath.Join(dir, "own.yaml")
	write(t, file, ownStory)
	c, sim := simulatortest.Start(t, simulator.Config{Data: data, Scenarios: []string{file}})
	s := tale{t, c}
	s.pays(plain(of(ownCard, 1)), http.StatusBadRequest, -4)
	id := s.challenged(of(ownCard, 1))
	s.ok(sim.Close())

	c, _ = simulatortest.Start(t, simulator.Config{Data: data})
	s = tale{t, c}
	acted, err := s.c.Act(s.ended(id).ID, map[string]string{"action": "submit", "otp": "135790"})
	s.ok(err)
	same(s, "the challenge", acted.State, "finished")
	same(s, "PAResStatus", s.authenticate(id)["PAResStatus"], "A")
	s.challenged(of(ownCard, 2))
	s.pays(tracked(s.walk(of(ownCard, 3)).Payment(), "PAY-AGAIN-1"), http.StatusOK, 0)
}

// TestStoriesAfterAReset: a reset keeps the scenarios with their cards and sets
// their counters back (decisions 11).
func TestStoriesAfterAReset(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.yaml")
	write(t, file, ownStory)
	s := stage(t, "", file)
	for range 2 {
		s.pays(plain(of(ownCard, 1)), http.StatusBadRequest, -4)
		s.pays(plain(of(ownCard, 2)), http.StatusOK, 0)
		s.challenged(of(ownCard, 1))
		s.ok(s.c.Admin(http.MethodPost, "/reset", nil, nil))
	}
}

// TestCardsOTPInTheOutbox: an enrolled cardholder is sent the code that the
// scenario chose, and no other is right.
func TestCardsOTPInTheOutbox(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.yaml")
	write(t, file, ownStory)
	s := stage(t, "", file)
	_, err := s.c.Enrol(ownCard, "OTP", "+4512345678")
	s.ok(err)
	id := s.challenged(of(ownCard, 1))
	messages, err := s.c.Messages()
	s.ok(err)
	same(s, "the code", messages[0].Code, "135790")
	acted, err := s.c.Act(s.ended(id).ID, map[string]string{"action": "submit", "otp": "135791"})
	s.ok(err)
	same(s, "the challenge after a wrong code", acted.State, "open")
}

// TestCardsApprovedAgainstTheTruth: a forced success overrides no spent cryptogram
// (decisions 3).
func TestCardsApprovedAgainstTheTruth(t *testing.T) {
	s := scripted(t, "rules: []\ncards:\n  - {pan: \""+knownCard+"\", authorization: {outcome: approved}}\n")
	j := s.walk(of(knownCard, 1))
	s.pays(j.Payment(), http.StatusOK, 0)
	s.pays(tracked(j.Payment(), "PAY-AGAIN-1"), http.StatusBadRequest, -4)
	s.journal(opPay, "refusal", "", "cryptogram-used")
}

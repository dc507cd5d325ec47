package simulator_test

import (
	"net/http"

	"cardsim/simulator/simulatortest"
)

const (
	opLookup       = "cardinal.lookup"
	opAuthenticate = "cardinal.authenticate"
)

func authenticateError(s tale) {
	e := s.authenticate(s.passed(order(1)))
	same(s, "ErrorNo", e["ErrorNo"], "1050")
	same(s, "Cavv", e["Cavv"], "")
	claim := plain(order(1))
	claim.ThreeDSecure = map[string]any{"eci": "05", "version": "2"}
	s.pays(claim, http.StatusBadRequest, -4) // nothing was authenticated
	s.journal(opAuthenticate, "result", "1050")
}

func authenticationAttempted(s tale) {
	j := s.walk(order(1))
	same(s, "PAResStatus", j.Lookup["PAResStatus"], "A")
	same(s, "EciFlag", j.Lookup["EciFlag"], "06")
	s.pays(j.Payment(), http.StatusOK, 0)
	master := order(2)
	master.Card.PAN = "5200000000001096"
	same(s, "Mastercard's EciFlag", s.lookup(master)["EciFlag"], "01")
}

func authenticationFailed(s tale) {
	e := s.authenticate(s.passed(order(1)))
	same(s, "PAResStatus", e["PAResStatus"], "N")
	same(s, "Cavv", e["Cavv"], "")
}

func authenticationRejected(s tale) {
	e := s.lookup(order(1))
	same(s, "PAResStatus", e["PAResStatus"], "R")
	same(s, "Cavv", e["Cavv"], "")
	same(s, "ACSUrl", e["ACSUrl"], "")
	s.journal(opLookup, "result", "R")
}

func authenticationUnavailable(s tale) {
	e := s.authenticate(s.passed(order(1)))
	same(s, "PAResStatus", e["PAResStatus"], "U")
	same(s, "EciFlag", e["EciFlag"], "07")
	p := plain(order(1))
	p.ThreeDSecure = map[string]any{"eci": e["EciFlag"], "version": "2"}
	s.pays(p, http.StatusOK, 0)
}

func badSignature(s tale) {
	first := s.authenticate(s.passed(order(1)))
	same(s, "SignatureVerification", first["SignatureVerification"], "N")
	j := s.walk(order(2))
	same(s, "the second SignatureVerification", j.Auth["SignatureVerification"], "Y")
	s.pays(j.Payment(), http.StatusOK, 0)
	s.journal(opAuthenticate, "outcome", "signature-invalid", "authenticated")
	s.journal(opAuthenticate, "rule", "the first signature is broken", "")
}

func signatureN(s tale) {
	id := s.passed(order(1))
	e := s.authenticate(id)
	same(s, "PAResStatus", e["PAResStatus"], "Y")
	same(s, "SignatureVerification", e["SignatureVerification"], "N")
	same(s, "the challenge", s.ended(id).State, "finished")
}

func bypassed(s tale) {
	e := s.lookup(order(1))
	same(s, "Enrolled", e["Enrolled"], "B")
	same(s, "Cavv", e["Cavv"], "")
	s.pays(plain(order(1)), http.StatusOK, 0)
	s.journal(opLookup, "result", "B")
}

func notEnrolled(s tale) {
	e := s.lookup(order(1))
	same(s, "Enrolled", e["Enrolled"], "N")
	same(s, "EciFlag", e["EciFlag"], "06")
	p := plain(order(1))
	p.ThreeDSecure = map[string]any{"eci": e["EciFlag"], "version": "1"}
	s.pays(p, http.StatusOK, 0)
}

func lookupError(s tale) {
	for n := range 2 {
		e := s.lookup(order(n))
		same(s, "ErrorNo", e["ErrorNo"], "1001")
		same(s, "Enrolled", e["Enrolled"], "U")
	}
	s.pays(plain(order(1)), http.StatusOK, 0)
	s.journal(opLookup, "result", "1001", "1001")
}

func lookupTimeout(s tale) {
	if e, err := s.c.Lookup(order(1)); err == nil {
		s.t.Fatalf("the first lookup is answered: %v", e)
	}
	j := s.walk(order(1))
	s.pays(j.Payment(), http.StatusOK, 0)
	s.journal(opLookup, "outcome", "timeout", "challenge")
	s.journal(opLookup, "status", "0", "200")
}

// ended finds a transaction's challenge.
func (s tale) ended(transactionID string) simulatortest.Challenge {
	s.t.Helper()
	list, err := s.c.Challenges()
	s.ok(err)
	for _, ch := range list {
		if ch.TransactionID == transactionID {
			return ch
		}
	}
	s.t.Fatalf("transaction %s has no challenge", transactionID)
	return simulatortest.Challenge{}
}

package simulator_test

import (
	"net/http"
	"path/filepath"
	"testing"

	"cardsim/scenarios"
	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// halves is a story with a restart in the middle. The second half gets what the
// first one left with the integrator.
type halves struct {
	scenario string
	first    func(tale) any
	second   func(tale, any)
}

func interrupted() map[string]halves {
	return map[string]halves{
		"a sequence of the sandbox": {"provider-down-for-five-calls",
			func(s tale) any { s.down(2); return nil },
			func(s tale, _ any) { s.down(3); s.pays(plain(order(1)), http.StatusOK, 0) },
		},
		"a sequence of the card": {"soft-decline-and-retry",
			func(s tale) any { s.pays(plain(order(1)), http.StatusBadRequest, -5); return nil },
			func(s tale, _ any) { s.pays(tracked(plain(order(1)), "PAY-AGAIN-1"), http.StatusOK, 0) },
		},
		"a last step that stays": {"token-deleted",
			func(s tale) any { return s.walk(order(1)).Token.TokenID },
			func(s tale, id any) {
				_, err := s.c.GetCryptogram(s.c.Env["CARDTOKENS_API_KEY"], id.(string), "later")
				s.refused(err, "token is deleted")
			},
		},
		"a challenge's ending": {"signature-n-status-y",
			func(s tale) any { return s.challenged(order(1)) },
			func(s tale, id any) {
				_, err := s.c.Approve(id.(string))
				s.ok(err)
				same(s, "SignatureVerification", s.authenticate(id.(string))["SignatureVerification"], "N")
			},
		},
		"a signature broken once": {"bad-signature",
			func(s tale) any { s.authenticate(s.passed(order(1))); return s.challenged(order(2)) },
			func(s tale, id any) {
				_, err := s.c.Approve(id.(string))
				s.ok(err)
				same(s, "SignatureVerification", s.authenticate(id.(string))["SignatureVerification"], "Y")
			},
		},
	}
}

// down meets the closed door n times.
func (s tale) down(n int) {
	s.t.Helper()
	for range n {
		a, err := s.c.Do(http.MethodGet, s.c.Env["ACEHUB_URL"]+"payments?trackingCode=ANYTHING&businessId="+s.c.Env["ACEHUB_BUSINESS_ID"], nil, "Authorization", s.basic())
		s.ok(err)
		same(s, "the status", a.Status, http.StatusServiceUnavailable)
	}
}

// TestStoriesGoOnAfterARestart: the second start names no scenario, and the
// stored one goes on where it stood; the journal of both halves is what the
// scenario expects.
func TestStoriesGoOnAfterARestart(t *testing.T) {
	for name, h := range interrupted() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "cardsim.db")
			left := begun(t, path, h)
			c, _ := simulatortest.Start(t, simulator.Config{Data: path})
			s := tale{t, c}
			h.second(s, left)
			shipped, _ := scenarios.Find(h.scenario)
			s.verify(shipped)
		})
	}
}

// begun plays the first half and closes the simulator.
func begun(t *testing.T, path string, h halves) any {
	t.Helper()
	c, sim := simulatortest.Start(t, simulator.Config{Data: path, Scenarios: []string{h.scenario}})
	left := h.first(tale{t, c})
	if err := sim.Close(); err != nil {
		t.Fatal(err)
	}
	return left
}

// TestStoriesAreKeptWithWhatTheyCreated: a challenge ends as the scenario wanted
// at its lookup, also when the next start puts another scenario in its place.
func TestStoriesAreKeptWithWhatTheyCreated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cardsim.db")
	h := interrupted()["a challenge's ending"]
	left := begun(t, path, h)
	c, _ := simulatortest.Start(t, simulator.Config{Data: path, Scenarios: []string{"vector-conflict"}})
	h.second(tale{t, c}, left)
}

// TestStoriesNamedAtTheStartBeginAnew: scenarios that the start names replace
// what was stored, the counters included (decisions 11).
func TestStoriesNamedAtTheStartBeginAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cardsim.db")
	h := interrupted()["a sequence of the sandbox"]
	begun(t, path, h)
	c, _ := simulatortest.Start(t, simulator.Config{Data: path, Scenarios: []string{h.scenario}})
	s := tale{t, c}
	s.down(5)
	s.pays(plain(order(1)), http.StatusOK, 0)
}

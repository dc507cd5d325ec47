package simulator_test

import (
	"net/http"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/admin"
	"cardsim/simulator/simulatortest"
)

// TestGivenCardsTravel: what was given of cards, and the order of lists, go with an
// export.
func TestGivenCardsTravel(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{})
	journeyTo(t, c, "TRAVELS-1")
	putCards(t, c, givenCards, nil)
	kept := raw(t, c, http.MethodGet, s+"/export", "")
	if kept.Status != http.StatusOK {
		t.Fatalf("HTTP %d %s", kept.Status, kept.Body)
	}
	other, _ := simulatortest.Start(t, simulator.Config{})
	if a := raw(t, other, http.MethodPut, s+"/import", string(kept.Body), "Content-Type", "application/json"); a.Status != http.StatusNoContent {
		t.Fatalf("HTTP %d %s", a.Status, a.Body)
	}
	behaves(t, other, "ARRIVED-1")
	for _, list := range []string{"/tokens", "/transactions", "/payments"} {
		if items := page[struct{ ID string }](t, other, list).Items; len(items) == 0 {
			t.Errorf("%s is empty", list)
		}
	}
	if first := page[admin.Card](t, other, "/cards").Items[0]; first.BehaviourBy != "api" {
		t.Errorf("%+v", first)
	}
}

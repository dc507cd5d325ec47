package cipher

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/store"
)

func TestFacts(t *testing.T) {
	h := build(t, options{})
	created := h.post(createNew).want(t, http.StatusOK)
	facts := h.plan.facts()
	if facts.Card.First6 != "111222" || facts.Card.Last4 != "3895" || facts.Reference != "D7480" || facts.Request()["name"] != "Amit" {
		t.Errorf("facts of Create Card: %+v", facts)
	}
	h.call(http.MethodPatch, "/tenants/900912/cards/"+created.text("cardId"), disable).want(t, http.StatusOK)
	if facts := h.plan.facts(); facts.Card.Last4 != "3895" || facts.Request()["state"] != "DISABLED" {
		t.Errorf("facts of Update Card: %+v", facts)
	}
}

// TestConditionsNeverSeeTheNumber sends the number in every place of cardInfo.
func TestConditionsNeverSeeTheNumber(t *testing.T) {
	const pan = "1112228948763895"
	for name, info := range map[string]string{
		"as a string":   `{"scheme":"DEFAULT","cardNumber":"` + pan + `"}`,
		"as an integer": `{"scheme":"DEFAULT","cardNumber":` + pan + `}`,
		"as the mask":   `{"scheme":"SHA256","cardNumberSha":"` + shaNew + `","maskedcardNumber":"` + pan + `"}`,
		"as cardInfo":   `"` + pan + `"`,
	} {
		t.Run(name, func(t *testing.T) {
			h := build(t, options{})
			h.post(`{"name":"A","cardInfo":` + info + `,"identities":[{"type":"tenantUniqueVector","value":"V1"}]}`)
			seen, err := json.Marshal(h.plan.facts().Request())
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(seen), pan) || strings.Contains(string(seen), shaNew) || strings.Contains(string(seen), "1.112228948763895e+15") {
				t.Errorf("conditions see %s", seen)
			}
		})
	}
}

// TestNothingStoredShowsTheNumber reads the database after every way to enrol.
func TestNothingStoredShowsTheNumber(t *testing.T) {
	h := build(t, options{})
	h.post(createNew).want(t, http.StatusOK)
	h.post(createOld).want(t, http.StatusOK)
	if err := h.journal.Flush(); err != nil {
		t.Fatal(err)
	}
	records := 0
	err := h.db.View(func(tx *store.Tx) error {
		return store.Each(tx, h.world.ID, func(table, key string, value []byte) error {
			records++
			for _, hidden := range []string{"1112228948763895", "111111844739172", shaNew, shaOld} {
				if strings.Contains(key+string(value), hidden) {
					t.Errorf("table %s shows a number under %s: %s", table, key, value)
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if records == 0 {
		t.Error("nothing was stored")
	}
}

package cipher

import (
	"net/http"
	"testing"

	"cardsim/simulator/core"
)

// TestForcedOutcomes asks every operation for every outcome. A forced failure
// changes nothing, also where the call itself would have been refused.
func TestForcedOutcomes(t *testing.T) {
	h := build(t, options{})
	card := h.post(createNew).want(t, http.StatusOK)
	holder := "/tenants/900912/cardHolders/" + card.text("authProfileId")
	calls := map[string][3]string{
		opCreate:       {"POST", "/tenants/900912/cards", enrol("B", "111111844739172", "V9")},
		opUpdate:       {"PATCH", "/tenants/900912/cards/" + card.text("cardId"), disable},
		opTenant:       {"GET", "/tenants/900912", ""},
		opHolder:       {"GET", holder, ""},
		opHolderUpdate: {"PATCH", holder + "/identities", `{"identitiesInfo":[{"type":"email","value":"x@y.dk"}]}`},
	}
	table := map[string]row{"er000": er000, "er001": er001, "er002": er002, "er003": er003, "er004": er004}
	before := h.call(http.MethodGet, holder, "").raw
	for _, o := range Outcomes() {
		t.Run(o.Operation+"/"+o.Name, func(t *testing.T) {
			call := calls[o.Operation]
			want, failure := table[o.Name]
			if !failure {
				return // after the failures, below
			}
			h.plan.set(core.Plan{Outcome: o.Name, Scenario: "s", Rule: "r"})
			defer h.plan.set(core.Plan{})
			h.call(call[0], call[1], call[2]).fails(t, want)
		})
	}
	if after := h.call(http.MethodGet, holder, "").raw; after != before {
		t.Errorf("a forced failure changed the cardholder:\n%s\n%s", before, after)
	}
	h.plan.set(core.Plan{Outcome: "ok"})
	for op, call := range calls {
		if got := h.call(call[0], call[1], call[2]); got.status != http.StatusOK {
			t.Errorf("%s with outcome ok answers %d %s", op, got.status, got.raw)
		}
	}
	// A forced success does not override the truth (decisions 3).
	h.post(enrol("C", "1112228948763895", "V10")).fails(t, er002)
}

func TestEveryOperationHasItsOutcomes(t *testing.T) {
	count := map[string]int{}
	for _, o := range Outcomes() {
		count[o.Operation]++
		if o.Summary == "" || o.Source == "" || o.Mark == "" {
			t.Errorf("outcome %+v does not say where it comes from", o)
		}
	}
	for _, r := range New().Routes() {
		if count[r.Operation.ID()] != 6 {
			t.Errorf("%s has %d outcomes", r.Operation.ID(), count[r.Operation.ID()])
		}
	}
}

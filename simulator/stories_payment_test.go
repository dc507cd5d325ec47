package simulator_test

import (
	"encoding/base64"
	"net/http"
	"slices"
	"testing"

	"cardsim/simulator/admin"
)

const opPay = "acehub.payment.create"

func declineThenApprove(s tale) {
	j := s.walk(order(1))
	paid := s.pays(j.Payment(), http.StatusBadRequest, -4)
	same(s, "the error's code", paid.Body.Error.Code, 300400800)
	same(s, "the error's message", paid.Body.Error.Message, "Insufficient funds")
	s.pays(tracked(s.fresh(j, "again").Payment(), "PAY-AGAIN-1"), http.StatusOK, 0)
	other := order(2)
	other.Card.PAN = "4000000000002503"
	s.pays(plain(other), http.StatusBadRequest, -4)
	s.journal(opPay, "rule", "the first attempt is declined", "", "the first attempt is declined")
	s.journal(opPay, "refusal", "scenario", "", "scenario")
}

func softDecline(s tale) {
	j := s.walk(order(1))
	s.pays(j.Payment(), http.StatusBadRequest, -5)
	s.pays(tracked(s.fresh(j, "again").Payment(), "PAY-AGAIN-1"), http.StatusOK, 0)
	s.journal(opPay, "rule", "a soft decline first", "a soft decline first")
}

func cryptogramReused(s tale) {
	j := s.walk(order(1))
	s.pays(j.Payment(), http.StatusBadRequest, -4)
	s.pays(tracked(j.Payment(), "PAY-AGAIN-1"), http.StatusBadRequest, -4)
	s.pays(tracked(s.fresh(j, "again").Payment(), "PAY-AGAIN-2"), http.StatusOK, 0)
	s.journal(opPay, "refusal", "scenario", "cryptogram-used", "")
}

func captureFails(s tale) {
	id := s.pays(s.walk(order(1)).Payment(), http.StatusOK, 0).Body.Transaction.ID
	s.judged(s.follows(id, "capture", "CAPTURE-0001", 123.45), http.StatusBadRequest, -2)
	s.judged(s.follows(id, "refund", "REFUND-0001", 1), http.StatusBadRequest, -8) // no money has moved
	s.judged(s.follows(id, "capture", "CAPTURE-0002", 123.45), http.StatusOK, 0)
	s.judged(s.follows(id, "refund", "REFUND-0002", 1), http.StatusOK, 0)
	s.journal("acehub.payment.capture", "rule", "the first capture fails", "")
}

func partialRefunds(s tale) {
	id := s.pays(plain(order(1)), http.StatusOK, 0).Body.Transaction.ID
	s.judged(s.follows(id, "refund", "REFUND-0001", 50), http.StatusOK, 0)
	s.judged(s.follows(id, "refund", "REFUND-0002", 73.45), http.StatusBadRequest, -4)
	s.judged(s.follows(id, "refund", "REFUND-0003", 73.45), http.StatusOK, 0)
	s.judged(s.follows(id, "refund", "REFUND-0004", 0.01), http.StatusBadRequest, -8) // all of it went back
}

func lostAnswerSameCode(s tale) {
	p := s.walk(order(1)).Payment()
	s.lost(p)
	s.pays(p, http.StatusBadRequest, -8)
	same(s, "the number of payments", s.found("PAY-"+order(1).Number), 1)
	s.journal(opPay, "outcome", "fault reset", "business-rule")
	s.journal(opPay, "status", "0", "400")
	s.once("PAY-" + order(1).Number)
}

// once demands that the sandbox has a single payment, which has the tracking code and
// was authorised, however many calls asked for it.
func (s tale) once(code string) {
	s.t.Helper()
	var list struct {
		Items []struct{ TrackingCode, Status string }
	}
	s.ok(s.c.Admin(http.MethodGet, "/payments", nil, &list))
	if len(list.Items) != 1 || list.Items[0].TrackingCode != code || list.Items[0].Status != "authorized" {
		s.t.Errorf("the payments are %+v, want the one of %s, authorized", list.Items, code)
	}
}

// TestLostAnswerTellsWhoPaysTwice: a shop that takes the silence for a failure and
// pays anew does not pass.
func TestLostAnswerTellsWhoPaysTwice(t *testing.T) {
	s := stage(t, "", "lost-answer-same-tracking-code")
	s.lost(s.walk(order(1)).Payment())
	s.pays(tracked(plain(order(1)), "PAY-AGAIN-1"), http.StatusOK, 0) // without 3-D Secure: nothing in the way
	var verdict admin.Verdict
	a := raw(t, s.c, http.MethodPost, "/api/v1/sandboxes/default/verify", "")
	s.ok(a.JSON(&verdict))
	same(s, "the status", a.Status, http.StatusConflict)
	same(s, "the number of failures", len(verdict.Failures), 4)
	same(s, "the payments too many", verdict.Failures[1].Got, 1)
	same(s, "what was wanted of them", verdict.Failures[1].Want, "exactly 0")
}

func lostAnswerNewCode(s tale) {
	j := s.walk(order(1))
	s.lost(j.Payment())
	s.pays(tracked(j.Payment(), "PAY-AGAIN-1"), http.StatusBadRequest, -4)
	same(s, "the number of payments", s.found("PAY-"+order(1).Number), 1)
	s.journal(opPay, "outcome", "fault empty", "declined")
}

// found counts the payments under a tracking code.
func (s tale) found(code string) int {
	s.t.Helper()
	a, err := s.c.Do(http.MethodGet, s.c.Env["ACEHUB_URL"]+"payments?trackingCode="+code+"&businessId="+s.c.Env["ACEHUB_BUSINESS_ID"], nil, "Authorization", s.basic())
	s.ok(err)
	var list []any
	s.ok(a.JSON(&list))
	return len(list)
}

func (s tale) basic() string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(s.c.Env["ACEHUB_USERNAME"]+":"+s.c.Env["ACEHUB_PASSWORD"]))
}

func malformedAnswers(s tale) {
	for i := range 3 { // cut off, garbled, of a wrong length
		s.lost(plain(order(i)))
	}
	s.pays(plain(order(3)), http.StatusOK, 0) // drips, and is whole in the end
	s.pays(plain(order(4)), http.StatusOK, 0)
	for i := range 5 {
		s.pays(plain(order(i)), http.StatusBadRequest, -8) // all of them were made
	}
	outcomes := slices.Repeat([]string{"approved"}, 5)
	s.journal(opPay, "outcome", append(outcomes, slices.Repeat([]string{"business-rule"}, 5)...)...)
}

func providerDown(s tale) {
	j := s.walk(order(1))
	business := "?businessId=" + s.c.Env["ACEHUB_BUSINESS_ID"]
	body := []byte(`{"header":{"businessId":"` + s.c.Env["ACEHUB_BUSINESS_ID"] + `"}}`)
	calls := []struct {
		method, path string
		body         []byte
	}{
		{http.MethodPost, "payments", body}, {http.MethodGet, "payments" + business, nil}, {http.MethodPost, "payments/none/capture", body},
		{http.MethodPost, "tokens", body}, {http.MethodGet, "payments/none" + business, nil},
	}
	for _, call := range calls { // whatever they are, also wrong ones
		a, err := s.c.Do(call.method, s.c.Env["ACEHUB_URL"]+call.path, call.body, "Authorization", s.basic(), "Content-Type", "application/json")
		s.ok(err)
		same(s, "the status of "+call.path, a.Status, http.StatusServiceUnavailable)
	}
	s.pays(j.Payment(), http.StatusOK, 0)
	s.journal(opPay, "outcome", "fault http", "approved")
}

func slowDay(s tale) {
	_, err := s.c.Enrol(order(1).Card.PAN, "SLOW", "+4512345678")
	s.ok(err)
	s.pays(s.walk(order(1)).Payment(), http.StatusOK, 0)
	total := 0.0
	for _, e := range s.entries() {
		same(s, "the rule", e["rule"], any("the networks are busy"))
		ms, _ := e["durationMs"].(float64)
		total += ms
	}
	if total < 100 {
		s.t.Errorf("the whole journey took %v ms", total)
	}
}

package simulator_test

import (
	"net/http"
	"strings"
	"testing"
)

// played is how a challenge stands after a headless cardholder has acted on it.
type played struct {
	state, result           string // of the challenge
	attemptsLeft, resends   int    // left
	status, reason, outcome string // of the authenticate call
	messages                int    // an enrolled card's
}

// personas are the steps of a headless cardholder, at a bank that allows two wrong
// codes and three resends (seed 004).
func personas() map[string]played {
	passed := played{"finished", "Y", 2, 3, "Y", "", "authenticated", 1}
	failed := played{"failed", "N", 0, 3, "N", "01", "failed", 1}
	return map[string]played{
		"approve":                       passed,
		"double-submit":                 passed,
		"approve, cancel":               passed,
		"wrong-otp, approve":            {"finished", "Y", 1, 3, "Y", "", "authenticated", 1},
		"wrong-otp, double-submit":      {"finished", "Y", 1, 3, "Y", "", "authenticated", 1},
		"wrong-otp, wrong-otp":          failed,
		"wrong-otp, wrong-otp, approve": failed,
		"wrong-otp":                     {"open", "", 1, 3, "U", "", "unavailable", 1},
		"resend":                        {"pending", "", 2, 2, "U", "", "unavailable", 2},
		"resend, approve":               {"finished", "Y", 2, 2, "Y", "", "authenticated", 2},
		"resend, resend, resend, resend, approve": {"finished", "Y", 2, 0, "Y", "", "authenticated", 4},
		"cancel":                             {"cancelled", "N", 2, 3, "N", "01", "failed", 1},
		"resend, wrong-otp, cancel, approve": {"cancelled", "N", 1, 2, "N", "01", "failed", 2},
		"expire":                             {"expired", "N", 2, 3, "N", "14", "failed", 1},
		"expire, approve":                    {"expired", "N", 2, 3, "N", "14", "failed", 1},
		"abandon":                            {"pending", "", 2, 3, "U", "", "unavailable", 1},
		"abandon, approve":                   {"pending", "", 2, 3, "U", "", "unavailable", 1},
		"wrong-otp, abandon, approve":        {"open", "", 1, 3, "U", "", "unavailable", 1},
	}
}

// TestCardholders: each persona plays at the lookup, which answers all the same
// that the cardholder is asked (decisions 15).
func TestCardholders(t *testing.T) {
	for steps, want := range personas() {
		t.Run(steps, func(t *testing.T) {
			t.Parallel()
			s := scripted(t, "rules: []\ncardholder: ["+steps+"]\n")
			_, err := s.c.Enrol(knownCard, "PERSONA", "+4512345678")
			s.ok(err)
			id := s.challenged(of(knownCard, 1))
			ch := s.ended(id)
			messages, err := s.c.Messages()
			s.ok(err)
			e := s.authenticate(id)
			got := played{ch.State, ch.Result, ch.AttemptsLeft, ch.ResendsLeft, e["PAResStatus"], e["StatusReason"], want.outcome, len(messages)}
			same(s, "the challenge", got, want)
			s.journal(opAuthenticate, "outcome", want.outcome)
			if passed := want.status == "Y"; passed != (e["Cavv"] != "") {
				t.Errorf("the CAVV is %q", e["Cavv"])
			}
		})
	}
}

// TestCardholdersOldProtocol: the personas play 3-D Secure 1.0, too.
func TestCardholdersOldProtocol(t *testing.T) {
	for steps, want := range map[string]struct{ status, state string }{
		"approve": {"Y", "finished"}, "cancel": {"N", "cancelled"}, "expire": {"N", "expired"}, "wrong-otp, wrong-otp": {"N", "failed"},
	} {
		s := scripted(t, "rules: []\ncardholder: ["+steps+"]\n")
		e := s.lookup(of("4000000000000002", 1))
		same(s, "Enrolled", e["Enrolled"], "Y")
		same(s, "the challenge after "+steps, s.ended(e["TransactionId"]).State, want.state)
		same(s, "PAResStatus after "+steps, s.authenticate(e["TransactionId"])["PAResStatus"], want.status)
	}
}

// TestCardholdersLeaveTheRestAlone: nobody plays where nobody is asked, and an
// abandoned challenge can still be taken up by hand.
func TestCardholdersLeaveTheRestAlone(t *testing.T) {
	s := scripted(t, "rules: []\ncardholder: [cancel]\n")
	e := s.lookup(of("4000000000001000", 1)) // frictionless
	same(s, "PAResStatus", e["PAResStatus"], "Y")

	s = scripted(t, "rules: []\ncardholder: [abandon]\n")
	same(s, "PAResStatus", s.authenticate(s.passed(order(1)))["PAResStatus"], "Y")
}

// TestCardholdersForm: an approved challenge leads the browser back at once.
func TestCardholdersForm(t *testing.T) {
	s := scripted(t, "rules: []\ncardholder: [approve]\n")
	e := s.lookup(order(1))
	page := s.opens(e)
	same(s, "the page's status", page.Status, http.StatusOK)
	if !strings.Contains(string(page.Body), e["TransactionId"]) && !strings.Contains(string(page.Body), `name="cres"`) {
		t.Errorf("the page does not lead back to the shop: %s", page.Body)
	}
}

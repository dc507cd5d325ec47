package acehub

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/pay"
)

func bankPayment(brandID int, code, amount string, more ...string) string {
	return fmt.Sprintf(`{"action":"payment","header":{"businessId":"770000"},"body":{"transaction":{"trackingCode":%q,"brandId":%d,"amount":%s,"currencyCode":"EUR","returnUrl":"https://shop.example/return?order=1"%s},"bank":{"issuerId":10}}}`,
		code, brandID, amount, strings.Join(more, ""))
}

// Reference acehub.md §12: the amounts of the vendor's own iDEAL test.
func TestIdealAmounts(t *testing.T) {
	tests := []struct {
		amount      string
		result      int
		description string
	}{{"1", 0, "Ok"}, {"2", -10, "Customer processing error"}, {"3", 4, "Timeout"}, {"4", 2, "Pending"}, {"5", -2, "Failed"}}
	for _, tt := range tests {
		s := open(t, nil)
		made := s.post("payments", bankPayment(ideal, "ORDER-0001", tt.amount))
		made.shows(t, http.StatusOK, `{"result":2,"description":"Pending","header":{"requestTimestamp":"2026-01-02T03:04:05Z"},"body":{
			"redirect":{"method":"GET","url":"<any>"},"bank":{"name":"ABN_AMRO"},
			"transaction":{"action":"payment","id":"<uuid>","trackingCode":"ORDER-0001","amount":`+tt.amount+`,"currencyCode":"EUR","brandId":3010,"descriptor":"<group>"}}}`)
		path := "payments/" + made.text("body.transaction.id")
		if read := s.get(path); read.Status != http.StatusOK || read.result() != tt.result || read.text("description") != tt.description {
			t.Errorf("amount %s: HTTP %d %s", tt.amount, read.Status, read.Body)
		}
		s.visit(made, "https://shop.example/return?order=1")
		if read := s.get(path); read.result() != tt.result {
			t.Errorf("amount %s after the redirect: %s", tt.amount, read.Body)
		}
		refund := s.post(path+"/refund", followUpBody("RFND-0001", tt.amount))
		if (refund.Status == http.StatusOK) != (tt.result == 0) {
			t.Errorf("amount %s refunds: %s", tt.amount, refund.Body)
		}
	}
}

// visit follows the redirect of an answer as a browser would; nothing is added
// to the address of return.
func (s *shop) visit(a answer, want string) {
	s.t.Helper()
	u, err := url.Parse(a.text("body.redirect.url"))
	if err != nil {
		s.t.Fatal(err)
	}
	page := s.Do(a.text("body.redirect.method"), u.RequestURI(), "")
	if page.Status != http.StatusSeeOther || page.Header.Get("Location") != want {
		s.t.Errorf("the page answers HTTP %d to %q: %s", page.Status, page.Header.Get("Location"), page.Body)
	}
	if e := s.last(); e.Operation != opRedirect || e.Reference == "" {
		s.t.Errorf("journal: %+v", e)
	}
}

func TestRedirectBrands(t *testing.T) {
	for _, id := range []int{1210, 3010, 3020, 3025, 3030, 4010} {
		s := open(t, nil)
		made := s.post("payments", bankPayment(id, "ORDER-0001", "11"))
		made.is(t, http.StatusOK, 2)
		fields, _ := made.at("body.redirect.fields").(map[string]any)
		if (id == 4010) != (len(fields) > 0) || id == 4010 && made.text("body.redirect.method") != "POST" {
			t.Errorf("brand %d: %s", id, made.Body)
		}
		path := "payments/" + made.text("body.transaction.id")
		if read := s.get(path); read.Body != made.Body {
			t.Errorf("brand %d before the redirect: %s", id, read.Body)
		}
		s.post(path+"/refund", followUpBody("RFND-0001", "1")).fails(t, -8, codeRule, ruleMessages[pay.RuleState])
		s.visit(made, "https://shop.example/return?order=1")
		s.visit(made, "https://shop.example/return?order=1")
		s.get(path).is(t, http.StatusOK, 0)
		s.post(path+"/refund", followUpBody("RFND-0001", "1")).is(t, http.StatusOK, 0)
	}
}

// Reference acehub.md §11: a session ends by the sandbox's clock.
func TestSessionTimeout(t *testing.T) {
	for id, seconds := range map[int]int{3010: 600, 3025: 420, 3020: 1800} {
		s := open(t, nil)
		made := s.post("payments", bankPayment(id, "ORDER-0001", "11"))
		path := "payments/" + made.text("body.transaction.id")
		s.advance(time.Duration(seconds)*time.Second - time.Nanosecond)
		s.get(path).is(t, http.StatusOK, 2)
		s.advance(time.Nanosecond)
		s.get(path).is(t, http.StatusOK, 4)
		s.visit(made, "https://shop.example/return?order=1")
		s.get(path).is(t, http.StatusOK, 4)
	}
}

func (s *shop) advance(by time.Duration) {
	s.t.Helper()
	if _, err := s.World.Clock.Advance(by); err != nil {
		s.t.Fatal(err)
	}
}

func TestOtherBrands(t *testing.T) {
	s := open(t, nil)
	s.post("payments", bankPayment(5020, "ORDER-0001", "50", `,"countryCode":"NL"`)).is(t, http.StatusOK, 0)
	s.post("payments", bankPayment(6010, "ORDER-0002", "1")).is(t, http.StatusOK, 1)
	s.get("payments?trackingCode=ORDER-0002")
	authorised := s.post("payments", strings.Replace(bankPayment(ideal, "ORDER-0003", "1"), `"action":"payment"`, `"action":"authorize"`, 1))
	if authorised.text("body.transaction.action") != "payment" {
		t.Errorf("iDEAL has no authorisation of its own: %s", authorised.Body)
	}
	noReturn := strings.Replace(bankPayment(3025, "ORDER-0004", "1"), `,"returnUrl":"https://shop.example/return?order=1"`, "", 1)
	s.post("payments", noReturn).fails(t, -1, codeMissing, "Property not found in request: body.transaction.returnUrl.")
	s.force("pending", nil)
	waits := s.post("payments", bankPayment(ideal, "ORDER-0005", "1"))
	if s.force("", nil); waits.is(t, http.StatusOK, 2).at("body.redirect.url") == nil || s.get("payments/"+waits.text("body.transaction.id")).result() != 2 {
		t.Errorf("a pending that a scenario demands: %s", waits.Body)
	}
	s.force("declined", nil)
	s.post("payments", bankPayment(ideal, "ORDER-0006", "1")).is(t, http.StatusBadRequest, -4)
}

func TestPagesOfNobody(t *testing.T) {
	s := open(t, nil)
	card := s.post("payments", payment("payment", "ORDER-0001", "20")).text("body.transaction.id")
	bank := s.post("payments", bankPayment(ideal, "ORDER-0002", "11")).text("body.transaction.id")
	for _, path := range []string{"web/ideal/" + card, "web/ideal/unknown", "web/eps/" + bank, "web/ideal/" + bank + "?sandbox=nowhere"} {
		if a := s.Do(http.MethodGet, Prefix+path, ""); a.Status != http.StatusNotFound || !strings.Contains(a.Body, "no such payment") {
			t.Errorf("%s: HTTP %d %s", path, a.Status, a.Body)
		}
	}
	s.get("payments/"+bank).is(t, http.StatusOK, 2)
}

func TestCompareBrand(t *testing.T) {
	mc := changed(t, `"brandId":1010`, `"brandId":1020`)
	open(t, nil).post("payments", mc).is(t, http.StatusOK, 0)
	open(t, map[string]any{"compareBrand": true}).post("payments", mc).fails(t, -1, codeInvalid, "Invalid property value: body.transaction.brandId.")
	open(t, map[string]any{"compareBrand": true}).post("payments", payment("payment", "ORDER-0001", "20")).is(t, http.StatusOK, 0)
	s := open(t, nil)
	absent := s.post("payments", changed(t, `"brandId":1010,`, ``)).is(t, http.StatusOK, 0)
	if absent.at("body.transaction.brandId") != nil {
		t.Errorf("a brand that was not sent: %s", absent.Body)
	}
	text := s.post("payments", payment("payment", "ORDER-0002", "20", `,"descriptor":"Demo Shop"`))
	if d := text.text("body.transaction.descriptor"); len(d) != 24 || !strings.HasSuffix(d, " Demo Shop") {
		t.Errorf("descriptor %q", d)
	}
}

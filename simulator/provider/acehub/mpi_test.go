package acehub

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/provider/providertest"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
)

// signing is the published chain of the sandbox's issuers.
func signing() threeds.Signing {
	g, err := threeds.PublishedSigning()
	if err != nil {
		panic(err)
	}
	return g
}

const home = "https://shop.example/return"

// openMPI serves a shop with cards of Cardinal's tables (reference cardinal.md
// §11), each with its case.
func openMPI(t *testing.T, setting string) *shop {
	t.Helper()
	spec := newSpec(t, map[string]any{"internalMPI": setting})
	for number, c := range map[string]sandbox.CardCase{
		"4000000000000002": {Version: core.ThreeDS10, Number: 1}, "4000000000000010": {Version: core.ThreeDS10, Number: 2},
		"4000000000000028": {Version: core.ThreeDS10, Number: 3}, "4000000000000051": {Version: core.ThreeDS10, Number: 6},
		"4000000000001000": {Version: core.ThreeDS22, Number: 1}, "4000000000001018": {Version: core.ThreeDS22, Number: 2},
		"4000000000001034": {Version: core.ThreeDS22, Number: 4}, "4000000000001091": {Version: core.ThreeDS22, Number: 9},
		"4000000000001109": {Version: core.ThreeDS22, Number: 10}, "5200000000001096": {Version: core.ThreeDS22, Number: 9},
	} {
		replaced := false
		for i := range spec.Cards {
			if spec.Cards[i].Number == panOf(t, number) {
				spec.Cards[i].Cases, replaced = []sandbox.CardCase{c}, true
			}
		}
		if !replaced {
			spec.Cards = append(spec.Cards, sandbox.CardProfile{Number: panOf(t, number), Cases: []sandbox.CardCase{c}})
		}
	}
	return &shop{House: providertest.Open(t, mount(), spec), t: t}
}

func mpiPayment(number, code string, more ...string) string {
	return fmt.Sprintf(`{"action":"payment","header":{"businessId":"770000"},"body":{"transaction":{"trackingCode":%q,"brandId":1010,"amount":20,"currencyCode":"EUR","returnUrl":%q},`+
		`"card":{"number":%q,"expiryMonth":3,"expiryYear":2030}%s}}`, code, home, number, strings.Join(more, ""))
}

const asks = `,"threeDSecure":{"checkEnrollment":true}`

// Without a challenge the first answer is final, with the threeDSecure block.
func TestMPIWithoutChallenge(t *testing.T) {
	tests := []struct {
		name, number string
		status       int
		result       int
		block        string
	}{
		{"frictionless", "4000000000001000", 200, 0, `{"authenticationResult":"Y","flow":"FRICTIONLESS","version":"2.2.0"}`},
		{"failed", "4000000000001018", 400, -4, `{"authenticationResult":"N","flow":"FRICTIONLESS","version":"2.2.0"}`},
		{"unavailable goes on unprotected", "4000000000001034", 200, 0, `{"authenticationResult":"U","flow":"FRICTIONLESS","version":"2.2.0"}`},
		{"not enrolled", "4000000000000051", 200, 0, `{"enrollmentResult":"N"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := openMPI(t, "on-request")
			a := s.post("payments", mpiPayment(tt.number, "ORDER-0001", asks))
			a.is(t, tt.status, tt.result)
			if !strings.Contains(a.Body, `"threeDSecure":`+tt.block) || a.at("body.redirect") != nil {
				t.Errorf("%s", a.Body)
			}
			if tt.result == -4 {
				if e := s.last(); e.Refusal == nil || e.Refusal.Code != "authentication-failed" {
					t.Errorf("the journal says %+v", e.Refusal)
				}
			}
		})
	}
}

// challenge is a pending payment's 3-D Secure transaction.
func (s *shop) challenge() (tr threeds.Transaction) {
	s.t.Helper()
	s.update(func(sc sandbox.Scope) error {
		list, err := threeds.List(sc)
		if err == nil && len(list) > 0 {
			tr = list[0]
		}
		return err
	})
	return tr
}

// cardholder acts at the issuer, and the browser takes the issuer's form to the
// gateway.
func (s *shop) cardholder(a answer, approve bool) {
	s.t.Helper()
	tr := s.challenge()
	fields, _ := a.at("body.redirect.fields").(map[string]any)
	termURL, _ := fields["TermUrl"].(string)
	md, _ := fields["MD"].(string)
	s.update(func(sc sandbox.Scope) error {
		if _, err := threeds.OpenChallenge(sc, tr.Challenge.ID, threeds.OpenRequest{Addresses: threeds.Addresses{TermURL: termURL, MD: md}}); err != nil {
			return err
		}
		if approve {
			_, _, err := threeds.Approve(sc, tr.Challenge.ID)
			return err
		}
		_, err := threeds.Cancel(sc, tr.Challenge.ID)
		return err
	})
	form, err := threeds.IssuerForm(s.World, s.challenge(), signing(), s.URL())
	if err != nil {
		s.t.Fatal(err)
	}
	s.comesBack(form)
}

// comesBack posts the issuer's form to the gateway, twice as impatient browsers
// do, and holds the answer to the merchant's address.
func (s *shop) comesBack(form threeds.FormPost) {
	s.t.Helper()
	u, err := url.Parse(form.URL)
	if err != nil || !strings.HasPrefix(form.URL, s.URL()+Prefix+"web/3ds/") {
		s.t.Fatalf("the form goes to %q: %v", form.URL, err)
	}
	values := url.Values{}
	for name, value := range form.Map() {
		values.Set(name, value)
	}
	for range 2 {
		page := s.Do(http.MethodPost, u.RequestURI(), values.Encode(), "Content-Type", "application/x-www-form-urlencoded")
		if page.Status != http.StatusSeeOther || page.Header.Get("Location") != home {
			s.t.Errorf("the page answers HTTP %d to %q: %s", page.Status, page.Header.Get("Location"), page.Body)
		}
	}
}

// The redirect of reference acehub.md §13, and what comes of it.
func TestMPIChallenge(t *testing.T) {
	oldFields, newFields := `{"PaReq":"<any>","TermUrl":"<any>","MD":"<uuid>"}`, `{"creq":"<any>","threeDSSessionData":"<uuid>"}`
	tests := []struct {
		name, number, fields string
		approve              bool
		result               int
		block                string
		refusal              string
	}{
		{"1.0 right", "4000000000000002", oldFields, true, 0, `{"enrollmentResult":"Y","validationResult":"Y"}`, ""},
		{"1.0 cancelled", "4000000000000002", oldFields, false, -4, `{"enrollmentResult":"Y","validationResult":"N"}`, "authentication-failed"},
		{"1.0 broken signature", "4000000000000010", oldFields, true, -4, `{"enrollmentResult":"Y","validationResult":"N"}`, "authentication-failed"},
		{"1.0 failed", "4000000000000028", oldFields, true, -4, `{"enrollmentResult":"Y","validationResult":"N"}`, "authentication-failed"},
		{"EMV right", "4000000000001091", newFields, true, 0, `{"authenticationResult":"Y","flow":"CHALLENGE","version":"2.2.0"}`, ""},
		{"EMV right, Mastercard", "5200000000001096", newFields, true, 0, `{"authenticationResult":"Y","flow":"CHALLENGE","version":"2.2.0"}`, ""},
		{"EMV failed", "4000000000001109", newFields, true, -4, `{"authenticationResult":"N","flow":"CHALLENGE","version":"2.2.0"}`, "authentication-failed"},
		{"EMV cancelled", "4000000000001091", newFields, false, -4, `{"authenticationResult":"N","flow":"CHALLENGE","version":"2.2.0"}`, "authentication-failed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := openMPI(t, "on-request")
			made := s.post("payments", mpiPayment(tt.number, "ORDER-0003", asks))
			made.shows(t, http.StatusOK, `{"result":2,"description":"Pending","header":{"requestTimestamp":"2026-01-02T03:04:05Z"},"body":{"redirect":{"method":"POST","url":"<any>","fields":`+
				tt.fields+`},"transaction":{"action":"payment","id":"<uuid>","trackingCode":"ORDER-0003","amount":20,"currencyCode":"EUR","brandId":1010}}}`)
			path := "payments/" + made.text("body.transaction.id")
			if read := s.get(path); read.Body != made.Body {
				t.Errorf("GET while it is pending: %s", read.Body)
			}
			s.cardholder(made, tt.approve)
			read := s.get(path).is(t, http.StatusOK, tt.result)
			if !strings.Contains(read.Body, `"threeDSecure":`+tt.block) || read.at("body.redirect") != nil {
				t.Errorf("GET at the end: %s", read.Body)
			}
			if refund := s.post(path+"/refund", followUpBody("RFND-0001", "20")); (refund.Status == http.StatusOK) != (tt.result == 0) {
				t.Errorf("refund: %s", refund.Body)
			}
			if tt.refusal != "" && !strings.Contains(strings.Join(s.entries(), "\n"), `"refusal":{"code":"`+tt.refusal) {
				t.Errorf("no journal entry says %s", tt.refusal)
			}
		})
	}
}

// The token that a payment asks for comes with its success, later (reference
// acehub.md §4.3, inferred).
func TestMPITokenizesAtTheEnd(t *testing.T) {
	s := openMPI(t, "on-request")
	body := strings.Replace(mpiPayment("4000000000001091", "ORDER-0001", asks), `"brandId":1010`, `"brandId":1010,"tokenize":true`, 1)
	made := s.post("payments", body).is(t, http.StatusOK, 2)
	if made.at("body.token") != nil {
		t.Errorf("a pending payment has a token: %s", made.Body)
	}
	s.cardholder(made, true)
	read := s.get("payments/" + made.text("body.transaction.id"))
	if token := read.text("body.token.token"); token == "" || s.get("tokens/"+token).Status != http.StatusOK {
		t.Errorf("%s", read.Body)
	}
}

// When the gateway authenticates by itself (setting internalMPI).
func TestMPISetting(t *testing.T) {
	external := `,"threeDSecure":{"eci":"07"}`
	tests := []struct {
		setting, number, more string
		pending               bool
	}{
		{"on-request", "4000000000001091", asks, true}, {"on-request", "4000000000001091", "", false}, {"on-request", redirectCard, "", true},
		{"on-request", redirectCard, external, false}, {"always", "4000000000001091", "", true}, {"always", "4000000000001091", external, false},
		{"off", "4000000000001091", asks, false}, {"off", redirectCard, "", false},
	}
	for _, tt := range tests {
		s := openMPI(t, tt.setting)
		if a := s.post("payments", mpiPayment(tt.number, "ORDER-0001", tt.more)); (a.result() == 2) != tt.pending {
			t.Errorf("%s, %s, %q: %s", tt.setting, tt.number, tt.more, a.Body)
		}
	}
	s := openMPI(t, "on-request")
	noReturn := strings.Replace(mpiPayment("4000000000001091", "ORDER-0001", asks), `,"returnUrl":"`+home+`"`, "", 1)
	s.post("payments", noReturn).fails(t, -1, codeMissing, "Property not found in request: body.transaction.returnUrl.")
	s.post("payments", strings.Replace(mpiPayment("4000000000001091", "ORDER-0002", asks), `"brandId"`, `"source":"MO","brandId"`, 1)).is(t, http.StatusOK, 0)
	s.force("approved", nil)
	s.post("payments", mpiPayment("4000000000001091", "ORDER-0003", asks)).is(t, http.StatusOK, 0)
	s.force("declined", nil)
	s.post("payments", mpiPayment("4000000000001091", "ORDER-0004", asks)).is(t, http.StatusBadRequest, -4)
}

// Whoever comes back without the end of the challenge does not conclude it; an
// empty PaRes is the cardholder's breaking off (reference cardinal.md §5.1).
func TestMPIStrayReturns(t *testing.T) {
	s := openMPI(t, "on-request")
	fresh := s.post("payments", mpiPayment("4000000000001091", "ORDER-0001", asks)).text("body.transaction.id")
	s.comesBack(threeds.FormPost{URL: s.URL() + Prefix + "web/3ds/" + fresh, Fields: []threeds.Field{{Name: "cres", Value: "x"}}})
	s.get("payments/"+fresh).is(t, http.StatusOK, 2)
	for i, text := range []string{"", "garbage"} {
		old := s.post("payments", mpiPayment("4000000000000002", fmt.Sprintf("ORDER-100%d", i), asks)).text("body.transaction.id")
		s.comesBack(threeds.FormPost{URL: s.URL() + Prefix + "web/3ds/" + old, Fields: []threeds.Field{{Name: "PaRes", Value: text}}})
		s.get("payments/"+old).is(t, http.StatusOK, -4)
	}
	plain := s.post("payments", payment("payment", "ORDER-0009", "20")).text("body.transaction.id")
	if a := s.Do(http.MethodPost, Prefix+"web/3ds/"+plain, ""); a.Status != http.StatusNotFound {
		t.Errorf("a payment without 3-D Secure: HTTP %d", a.Status)
	}
}

// A cardholder who does not come back lets the payment time out.
func TestMPITimeout(t *testing.T) {
	s := openMPI(t, "on-request")
	body := strings.Replace(mpiPayment("4000000000001091", "ORDER-0001", asks), `"brandId"`, `"payTimeout":60,"brandId"`, 1)
	path := "payments/" + s.post("payments", body).text("body.transaction.id")
	s.advance(time.Minute - 1)
	s.get(path).is(t, http.StatusOK, 2)
	s.advance(1)
	s.get(path).is(t, http.StatusOK, 4)
}

// A network token is presented to the scheme when the payment comes: its
// cryptogram is not kept until the cardholder is back.
func TestMPIWithNetworkToken(t *testing.T) {
	d := &desk{shop: openMPI(t, "on-request")}
	tok := d.token("4000000000001091", "own")
	send := func(code, cryptogram string) answer {
		body := mpiPayment(tok.Digits(d.World), code, asks)
		body = strings.Replace(body, `"expiryMonth":3,"expiryYear":2030`, fmt.Sprintf(`"cryptogram":%q,"expiryMonth":%d,"expiryYear":%d`, cryptogram, tok.Expiry.Month, tok.Expiry.Year), 1)
		return d.post("payments", body)
	}
	cryptogram := d.cryptogram(tok)
	made := send("ORDER-0001", cryptogram).is(t, http.StatusOK, 2)
	d.refuses(send("ORDER-0002", cryptogram), "cryptogram-used")
	d.get("payments/"+made.text("body.transaction.id")).is(t, http.StatusOK, 2)
}

package acehub

import (
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// The worked examples of reference acehub.md §13, field by field.

func TestExampleTokenize(t *testing.T) {
	s := open(t, nil)
	const body = `{"header":{"businessId":"334455"},"body":{"brandId":1010,"card":{"number":"4916934502308682","expiryMonth":12,"expiryYear":2030,"holderName":"A Tester"},"customer":{"customerId":"98765"}}}`
	made := s.post("tokens", body).shows(t, http.StatusOK, `{"result":0,"header":{"requestTimestamp":"2026-01-02T03:04:05Z"},"body":{"token":"<UUID>","displayHint":"************8682","tokenStatus":"ACTIVE","tokenType":"PAYVISION"}}`)
	if read := s.get("tokens/" + made.text("body.token")); read.Status != http.StatusOK || read.Body != made.Body {
		t.Errorf("read back: HTTP %d %s", read.Status, read.Body)
	}
	if unknown := s.get("tokens/3F2504E0-4F89-41D3-9A0C-0305E82C3301"); unknown.Status != http.StatusNotFound || unknown.Body != "" || unknown.Header.Get("Content-Type") != "" {
		t.Errorf("an unknown token: %+v", unknown.Answer)
	}
	if other := s.send(otherBusiness, http.MethodGet, "tokens/"+made.text("body.token")+"?businessId="+otherBusiness, ""); other.Status != http.StatusNotFound {
		t.Errorf("another merchant reads the token: HTTP %d", other.Status)
	}
}

func TestExampleAuthoriseWithExternal3DS(t *testing.T) {
	s := open(t, nil)
	auth := scheme.Authentication{
		TransactionID: "AbCdEfGhIjKlMnOpQr01", Merchant: "own", Card: s.World.Ref(panOf(t, "4111111111111111")),
		Money: core.Money{Minor: 1050, Currency: "EUR"}, Version: core.ThreeDS21, Enrolled: core.EnrolledYes, Status: core.StatusAuthenticated,
		ECI: "05", DSTransactionID: "97267598-fae6-48f2-8083-c23433990fbc", At: s.World.Clock.Now(),
	}
	s.update(func(sc sandbox.Scope) error { return scheme.Begin(sc, auth) })
	cavv := scheme.CAVV(s.World, auth.TransactionID, core.Visa, auth.Version, auth.Status)
	body := `{"action":"authorize","header":{"businessId":"334455"},"body":{"transaction":{"trackingCode":"ORDER-0001","brandId":1010,"amount":10.5,"currencyCode":"EUR","tokenize":true,"source":"EC","type":"FIRST"},"card":{"number":"4111111111111111","expiryMonth":3,"expiryYear":2030,"cvv":"321","holderName":"A Tester"},"threeDSecure":{"version":"2","eci":"05","avv":"` + cavv + `","dsTransactionId":"97267598-fae6-48f2-8083-c23433990fbc"}}}`
	s.post("payments", body).shows(t, http.StatusOK, `{"result":0,"description":"Ok","header":{"requestTimestamp":"2026-01-02T03:04:05Z","requestCode":"<code>"},"body":{"card":{"approvalCode":"<six>","cvvResult":"M","expiryMonth":"3","expiryYear":"2030","firstSixDigits":"411111","lastFourDigits":"1111","holderName":"A Tester"},"transaction":{"action":"authorize","id":"<uuid>","trackingCode":"ORDER-0001","amount":10.5,"currencyCode":"EUR","brandId":1010},"token":{"token":"<UUID>","displayHint":"************1111"}}}`)
}

func TestExampleDecline(t *testing.T) {
	s := open(t, nil)
	s.force("declined", nil)
	made := s.post("payments", payment("payment", "ORDER-0002", "20")).shows(t, http.StatusBadRequest, `{"result":-4,"description":"Declined","header":{"requestTimestamp":"2026-01-02T03:04:05Z"},"body":{"error":{"code":300400800,"message":"Transaction declined by authorization system","detailedMessage":"Transaction declined by authorization system"},"transaction":{"action":"payment","id":"<uuid>","trackingCode":"ORDER-0002","amount":20,"currencyCode":"EUR","brandId":1010}}}`)
	if ct := made.Header.Get("Content-Type"); ct != "application/json" {
		t.Errorf("Content-Type of an error: %q", ct)
	}
	s.force("", nil)
	read := s.get("payments/" + made.text("body.transaction.id"))
	if read.Status != http.StatusOK || read.Body != made.Body {
		t.Errorf("GET: HTTP %d %s, want the same document", read.Status, read.Body)
	}
	if ct := read.Header.Get("Content-Type"); ct != "application/json; charset=utf-8" {
		t.Errorf("Content-Type of an answer: %q", ct)
	}
}

func TestExampleMissingCardNumber(t *testing.T) {
	s := open(t, nil)
	body := strings.Replace(payment("payment", "ORDER-0004", "20"), `"number":"4111111111111111",`, "", 1)
	s.post("payments", body).shows(t, http.StatusBadRequest, `{"result":-1,"description":"Input error","header":{"requestTimestamp":"2026-01-02T03:04:05Z"},"body":{"error":{"code":1004,"message":"Property not found in request: body.card.number.","detailedMessage":"Property not found in request: body.card.number."}}}`)
}

func TestExampleCaptureCancelRefund(t *testing.T) {
	s := open(t, nil)
	held := s.post("payments", payment("authorize", "ORDER-0005", "10.5")).is(t, http.StatusOK, 0).text("body.transaction.id")
	s.post("payments/"+held+"/capture", followUpBody("CAPT-0001", "10.5")).shows(t, http.StatusOK, `{"result":0,"description":"Ok","header":{"requestTimestamp":"2026-01-02T03:04:05Z","requestCode":"<code>"},"body":{"transaction":{"action":"capture","id":"<uuid>","parentId":"`+held+`","trackingCode":"CAPT-0001","amount":10.5,"currencyCode":"EUR","brandId":1010}}}`)
	s.post("payments/"+held+"/refund", followUpBody("RFND-0001", "2")).shows(t, http.StatusOK, `{"result":0,"description":"Ok","header":{"requestTimestamp":"2026-01-02T03:04:05Z","requestCode":"<code>"},"body":{"card":{"approvalCode":"<six>","expiryMonth":"3","expiryYear":"2030","firstSixDigits":"411111","lastFourDigits":"1111","holderName":"A Tester"},"transaction":{"action":"refund","id":"<uuid>","parentId":"`+held+`","trackingCode":"RFND-0001","amount":2,"currencyCode":"EUR","brandId":1010}}}`)
	other := s.post("payments", payment("authorize", "ORDER-0006", "10.5")).text("body.transaction.id")
	s.post("payments/"+other+"/cancel", followUpBody("CANC-0001", "")).shows(t, http.StatusOK, `{"result":0,"description":"Ok","header":{"requestTimestamp":"2026-01-02T03:04:05Z","requestCode":"<code>"},"body":{"transaction":{"action":"cancel","id":"<uuid>","parentId":"`+other+`","trackingCode":"CANC-0001","brandId":1010}}}`)
}

func TestExampleFind(t *testing.T) {
	s := open(t, nil)
	made := s.post("payments", payment("payment", "ORDER-0001", "20"))
	if found := s.get("payments?trackingCode=ORDER-0001"); found.Status != http.StatusOK || found.Body != "["+made.Body+"]" {
		t.Errorf("HTTP %d %s, want a list of %s", found.Status, found.Body, made.Body)
	}
	if none := s.get("payments?trackingCode=ORDER-0009"); none.Status != http.StatusOK || none.Body != "[]" {
		t.Errorf("an unknown code: HTTP %d %s", none.Status, none.Body)
	}
	s.get("payments").fails(t, -1, codeMissing, "Property not found in request: trackingCode.")
	for _, id := range []string{"0b6c3b0e-6b0f-4c53-8b0c-5d1d7a5c9e11", "x", strings.Repeat("a", 300)} {
		if a := s.get("payments/" + id); a.Status != http.StatusNotFound || a.Body != "" || a.Header.Get("Content-Type") != "" {
			t.Errorf("unknown id %.20s: %+v", id, a.Answer)
		}
	}
}

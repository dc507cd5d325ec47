package acehub

import (
	"net/http"
	"strings"
	"testing"
)

// changed is the test payment with one text replaced.
func changed(t testing.TB, from, to string) string {
	t.Helper()
	body := payment("payment", "ORDER-0001", "20")
	if !strings.Contains(body, from) {
		t.Fatalf("the payment has no %s", from)
	}
	return strings.Replace(body, from, to, 1)
}

// Every missing property is 1004 and every malformed one 1002, each with its path
// (reference acehub.md §2.4).
func TestInputErrors(t *testing.T) {
	s := open(t, nil)
	tests := []struct {
		from, to string
		code     float64
		path     string
	}{
		{`"action":"payment",`, ``, codeMissing, "action"},
		{`"payment"`, `"void"`, codeInvalid, "action"},
		{`"header":{"businessId":"770000"},`, ``, codeMissing, "header.businessId"},
		{`"businessId":"770000"`, `"businessId":null`, codeMissing, "header.businessId"},
		{`{"businessId":"770000"}`, `"770000"`, codeInvalid, "header"},
		{`"trackingCode":"ORDER-0001",`, ``, codeMissing, "body.transaction.trackingCode"},
		{`ORDER-0001`, `SHORT`, codeInvalid, "body.transaction.trackingCode"},
		{`ORDER-0001`, strings.Repeat("a", 101), codeInvalid, "body.transaction.trackingCode"},
		{`ORDER-0001`, `ORDER\u00000001`, codeInvalid, "body.transaction.trackingCode"},
		{`"ORDER-0001"`, `["ORDER-0001"]`, codeInvalid, "body.transaction.trackingCode"},
		{`"amount":20,`, ``, codeMissing, "body.transaction.amount"},
		{`"amount":20`, `"amount":"a lot"`, codeInvalid, "body.transaction.amount"},
		{`"amount":20`, `"amount":0`, codeInvalid, "body.transaction.amount"},
		{`"amount":20`, `"amount":-20`, codeInvalid, "body.transaction.amount"},
		{`"amount":20`, `"amount":20.001`, codeInvalid, "body.transaction.amount"},
		{`"amount":20`, `"amount":1e19`, codeInvalid, "body.transaction.amount"},
		{`"amount":20`, `"amount":1e999999999`, codeInvalid, "body.transaction.amount"},
		{`"amount":20,"currencyCode":"EUR"`, `"amount":20.5,"currencyCode":"JPY"`, codeInvalid, "body.transaction.amount"},
		{`"currencyCode":"EUR"`, `"currencyCode":"FAKE"`, codeInvalid, "body.transaction.currencyCode"},
		{`,"currencyCode":"EUR"`, ``, codeMissing, "body.transaction.currencyCode"},
		{`"currencyCode"`, `"countryCode":"ZZ","currencyCode"`, codeInvalid, "body.transaction.countryCode"},
		{`"currencyCode"`, `"languageCode":"eng","currencyCode"`, codeInvalid, "body.transaction.languageCode"},
		{`"brandId":1010`, `"brandId":4711`, codeInvalid, "body.transaction.brandId"},
		{`"brandId":1010`, `"brandId":10.5`, codeInvalid, "body.transaction.brandId"},
		{`"currencyCode"`, `"type":"SOMETIMES","currencyCode"`, codeInvalid, "body.transaction.type"},
		{`"currencyCode"`, `"source":"XX","currencyCode"`, codeInvalid, "body.transaction.source"},
		{`"currencyCode"`, `"tokenize":"perhaps","currencyCode"`, codeInvalid, "body.transaction.tokenize"},
		{`"currencyCode"`, `"returnUrl":"shop","currencyCode"`, codeInvalid, "body.transaction.returnUrl"},
		{`"currencyCode"`, `"token":"3F2504E0-4F89-41D3-9A0C-0305E82C3301","currencyCode"`, codeInvalid, "body.transaction.token"},
		{`"number":"4111111111111111",`, ``, codeMissing, "body.card.number"},
		{`4111111111111111`, ``, codeInvalid, "body.card.number"},
		{`4111111111111111`, `4111 1111 1111 1111`, codeInvalid, "body.card.number"},
		{`4111111111111111`, `4111111111111112`, codeInvalid, "body.card.number"},
		{`"expiryMonth":3,`, ``, codeMissing, "body.card.expiryMonth"},
		{`"expiryMonth":3`, `"expiryMonth":13`, codeInvalid, "body.card.expiryMonth"},
		{`"expiryYear":2030,`, ``, codeMissing, "body.card.expiryYear"},
		{`"expiryYear":2030`, `"expiryYear":30`, codeInvalid, "body.card.expiryYear"},
		{`"321"`, `"32"`, codeInvalid, "body.card.cvv"},
		{`"card":`, `"threeDSecure":{"eci":"09"},"card":`, codeInvalid, "body.threeDSecure.eci"},
		{`"card":`, `"threeDSecure":{"eci":"02"},"card":`, codeInvalid, "body.threeDSecure.eci"},
		{`"card":`, `"threeDSecure":{"avv":"AAECAwQFBgcICQoLDA0ODxAREhM="},"card":`, codeMissing, "body.threeDSecure.eci"},
		{`"card":`, `"threeDSecure":{"version":"3"},"card":`, codeInvalid, "body.threeDSecure.version"},
		{`"card":`, `"billingAddress":{"countryCode":"ZZ"},"card":`, codeInvalid, "body.billingAddress.countryCode"},
		{`"card":`, `"order":{"orderLines":"one"},"card":`, codeInvalid, "body.order.orderLines"},
	}
	for _, tt := range tests {
		message := "Invalid property value: " + tt.path + "."
		if tt.code == codeMissing {
			message = "Property not found in request: " + tt.path + "."
		}
		t.Run(tt.to, func(t *testing.T) {
			s.t = t
			s.post("payments", changed(t, tt.from, tt.to)).fails(t, -1, tt.code, message)
		})
	}
	if n := s.count(); n != 0 {
		t.Errorf("%d refused payments are kept", n)
	}
}

func TestTokenInputErrors(t *testing.T) {
	s := open(t, nil)
	s.post("tokens", strings.Replace(seedTokenize, "1010", "3010", 1)).fails(t, -1, codeInvalid, "Invalid property value: body.brandId.")
	s.post("tokens", strings.Replace(seedTokenize, "4916934502308682", "4916934502308683", 1)).fails(t, -1, codeInvalid, "Invalid property value: body.card.number.")
	s.post("tokens", `{"header":{"businessId":"334455"},"body":{}}`).fails(t, -1, codeMissing, "Property not found in request: body.card.number.")
	s.post("tokens", `{"header":{"businessId":"334455"}}`).fails(t, -1, codeMissing, "Property not found in request: body.")
}

func TestMalformed(t *testing.T) {
	s := open(t, nil)
	for _, body := range []string{"", "{", "[]", "null", `"text"`, "{} {}", `{"a":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + "}"} {
		s.post("payments", body).fails(t, -1, codeMalformed, "Request is not valid JSON.")
	}
}

// The tolerance of reference acehub.md §1.4: names in any case, numbers as texts
// and the reverse, null, unknown members, empty objects in place of a value.
func TestTolerance(t *testing.T) {
	s := open(t, nil)
	bodies := []string{
		`{"ACTION":"Payment","Header":{"BusinessID":770000},"BODY":{"Transaction":{"TRACKINGCODE":"ORDER-0001","brandid":"1010","Amount":"1.00","currencycode":"eur","storeId":"1"},"Card":{"Number":"4111111111111111","expirymonth":"03","ExpiryYear":"2030"}}}`,
		`{"action":"payment","wallet":null,"header":{"businessId":"770000","x":1},"body":{"transaction":{"trackingCode":"ORDER-0002","brandId":1010,"amount":1.0,"currencyCode":"EUR","methodId":1,"tokenize":"false","countryCode":null,"token":null,"descriptor":{},"purchaseId":null},"card":{"number":4111111111111111,"expiryMonth":3,"expiryYear":2030,"cvv":321,"holderName":null},"customer":null,"bank":{"bic":{},"iban":{}},"order":{"orderlines":[{"itemAmount":"1.5","quantity":"2"}]}}}`,
		`{"action":"payment","header":{"businessId":"770000"},"body":{"transaction":{"trackingCode":"ORDER-0003","amount":10.0E-1,"currencyCode":"EUR"},"card":{"number":"4111111111111111","expiryMonth":3,"expiryYear":2030}}}`,
		`{"action":"x","ACTION":"payment","header":{"businessId":"770000"},"body":{"transaction":{"trackingCode":"ORDER-0004","amount":1,"currencyCode":"EUR"},"card":{"number":"4111111111111111","expiryMonth":3,"expiryYear":2030}}}`,
	}
	for _, body := range bodies {
		a := s.post("payments", body)
		a.is(t, http.StatusOK, 0)
		if a.at("body.transaction.amount") != 1.0 || a.text("body.transaction.currencyCode") != "EUR" || a.text("body.card.expiryMonth") != "3" {
			t.Errorf("%s", a.Body)
		}
	}
	if a := s.Do(http.MethodGet, Prefix+"payments?BUSINESSID=334455&trackingcode=ORDER-0001", "{}"); a.Status != http.StatusOK {
		t.Errorf("a GET with a body: %+v", a)
	}
}

func TestMethodsAndPaths(t *testing.T) {
	s := open(t, nil)
	if a := s.send(ownBusiness, http.MethodDelete, "payments", ""); a.Status != http.StatusNotImplemented || a.result() != -7 {
		t.Errorf("a wrong method: HTTP %d %s", a.Status, a.Body)
	}
	if a := s.post("checkout", "{}"); a.Status != http.StatusNotFound || a.Body != "" {
		t.Errorf("an unknown path: HTTP %d %s", a.Status, a.Body)
	}
}

func TestDecimal(t *testing.T) {
	tests := map[string]string{
		"5": "5", "5.0": "5", "5.00": "5", "0.01": "0.01", "012": "12", "1.0E7": "10000000", "1e-2": "0.01", "12.345e1": "123.45",
		"12.345e-3": "0.012345", "-0": "0", "-5.50": "-5.5", "0": "0", "03": "3", "0.0e5": "0",
	}
	for in, want := range tests {
		if got, ok := decimal(in); !ok || string(got) != want {
			t.Errorf("decimal(%s) = %s, %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "-", ".5", "5.", "1e", "1e99", "+5", "1,5", "0x10", " 5", "٣", strings.Repeat("1", 41)} {
		if got, ok := decimal(in); ok {
			t.Errorf("decimal(%q) = %s", in, got)
		}
	}
}

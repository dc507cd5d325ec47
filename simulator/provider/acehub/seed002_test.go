package acehub

import (
	"net/http"
	"strings"
	"testing"
)

// The two requests that seed 002 prints, character for character; they go to the
// vendor's example business, without credentials.
const (
	seedTokenize = `{
   "header":{  
      "businessId":"334455"
   },
   "body":{
     "brandId":1010,
     "card":{  
         "holderName":"John Doe",
         "number":"4916934502308682",
         "expiryMonth":12,
         "expiryYear":2020
     },
     "customer":{  
         "customerId":"98765",
         "email":"[email protected]"
     }
   }
}`
	seedPayment = `{
   "action":"authorize",
   "header":{
      "businessId": "334455"
   },
   "body":{
      "transaction":{
         "trackingCode":"7F4BFD5D-55E4-4775-81F7-0784188876C7",
         "brandId":1010,
         "amount":0.01,
         "currencyCode":"EUR",
         "countryCode":"NL",
         "tokenize":true
      },
      "card":{
         "holderName":"John Doe",
         "number": "4111111111111111",
         "expiryMonth":3,
         "expiryYear":2020,
         "cvv":"321"
      },
      "customer":{  
         "customerid":"123",
         "givenName":"John",
         "familyName":"Doe",
         "email":"[email protected]",
         "companyName":"Payvision",
         "IdentificationTypeId":1,
         "identificationNumber":"123456"
      },
      "billingaddress":{  
         "city":"Summerville",
         "street":"Main street",
         "houseNumberSuffix":"1",
         "streetInfo":"Longest street",
         "stateCode":"843",
         "zip":"29485",
         "countryCode":"US"
      }
   }
}`
)

// bare sends without credentials.
func (s *shop) bare(path, body string) answer {
	s.t.Helper()
	a := s.Do(http.MethodPost, path, body, "Content-Type", "application/json")
	if a.Err != nil {
		s.t.Fatal(a.Err)
	}
	out := answer{Answer: a}
	return out
}

// Seed 002, "Example - Tokenize": the answer has no description.
func TestSeed002Tokenize(t *testing.T) {
	s := open(t, nil)
	for _, path := range []string{"/gateway/v3/tokens", "/gateway/v3/tokenize", "/Gateway/V3/Tokens", "//gateway/v3/tokens"} {
		s.bare(path, seedTokenize).shows(t, http.StatusOK, `{"result":0,"header":{"requestTimestamp":"2026-01-02T03:04:05Z"},
			"body":{"token":"<UUID>","displayHint":"************8682","tokenStatus":"ACTIVE","tokenType":"PAYVISION"}}`)
	}
}

// Seed 002, "Example - Payment with Tokenize". The tracking code is echoed, and
// the expiry is a text (reference acehub.md §4.6); the switch gives the numbers
// that the seed prints.
func TestSeed002PaymentWithTokenize(t *testing.T) {
	tests := map[bool]string{false: `"expiryMonth":"3","expiryYear":"2020"`, true: `"expiryMonth":3,"expiryYear":2020`}
	for numeric, expiry := range tests {
		s := open(t, map[string]any{"numericExpiry": numeric})
		s.bare("/gateway/v3/payments", seedPayment).shows(t, http.StatusOK, strings.Replace(`{"result":0,"description":"Ok",
			"header":{"requestTimestamp":"2026-01-02T03:04:05Z","requestCode":"<code>"},
			"body":{"card":{"approvalCode":"<six>","cvvResult":"M",EXPIRY,"firstSixDigits":"411111","holderName":"John Doe","lastFourDigits":"1111"},
			"transaction":{"amount":0.01,"brandId":1010,"currencyCode":"EUR","action":"authorize","id":"<uuid>","trackingCode":"7F4BFD5D-55E4-4775-81F7-0784188876C7"},
			"token":{"token":"<UUID>","displayHint":"************1111"}}}`, "EXPIRY", expiry, 1))
	}
}

// Seed 002, "Key fields": the same key fields give the stored token; reference
// acehub.md §4.2 says what is part of the key and what is not.
func TestSeed002KeyFields(t *testing.T) {
	s := open(t, nil)
	token := func(change ...string) string {
		t.Helper()
		body := strings.NewReplacer(change...).Replace(seedTokenize)
		if body == seedTokenize && len(change) > 0 {
			t.Fatalf("%v changes nothing", change)
		}
		a := s.post("tokens", body)
		return a.is(t, http.StatusOK, 0).text("body.token")
	}
	first := token()
	same := [][]string{
		{}, {"John Doe", "Jane Doe"}, {"[email protected]", "other@example.org"}, {`"brandId":1010,`, ""}, {`"expiryMonth":12`, `"expiryMonth":"12"`},
		{`"number":"4916934502308682"`, `"number":"4916934502308682","issueNumber":"2"`}, {`"customerId"`, `"CUSTOMERID"`},
	}
	for _, change := range same {
		if got := token(change...); got != first {
			t.Errorf("%v gives another token", change)
		}
	}
	others := [][]string{
		{`"customerId":"98765",`, ""}, {"98765", "98766"}, {`"expiryMonth":12`, `"expiryMonth":11`}, {`"expiryYear":2020`, `"expiryYear":2021`},
		{"4916934502308682", "4111111111111111"}, {`"334455"`, `"770000"`},
	}
	seen := map[string]string{first: "the first"}
	for _, change := range others {
		got := token(change...)
		if was, twice := seen[got]; twice {
			t.Errorf("%v gives the token of %s", change, was)
		}
		seen[got] = strings.Join(change, " for ")
	}
}

// Seed 002: "the token information in the response only if the transaction is
// successful".
func TestSeed002NoTokenWithoutSuccess(t *testing.T) {
	s := open(t, nil)
	s.force("declined", nil)
	a := s.post("payments", seedPayment)
	a.is(t, http.StatusBadRequest, -4)
	if a.at("body.token") != nil {
		t.Errorf("a declined payment has a token: %s", a.Body)
	}
}

package cardtokens

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzCardObject: what decodes is judged without a panic, and what has a number
// and an expiry has good ones.
func FuzzCardObject(f *testing.F) {
	for _, s := range []string{
		seedCard, `{"Pan":"6007220000000004","expmonth":"06","expyear":"2029"}`, `{"pan":6007220000000004}`, `{"pan":null,"expmonth":[]}`,
		`null`, `[]`, `"x"`, `{`, `{}{}`, `{"pan":"\ud800"}`, `{"expmonth":1e1,"expyear":-2028,"securitycode":{}}`, "\x00", "",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		card, err := decodeCard(text)
		if err != nil {
			return
		}
		if !json.Valid(text) || !strings.HasPrefix(strings.TrimLeft(string(text), " \t\r\n"), "{") {
			t.Errorf("%q decoded as an object", text)
		}
		if pan := card.pan(); !pan.IsZero() && pan.Digits() != card.PAN.text {
			t.Errorf("%q has number %s", text, pan)
		}
		at := card.expiry()
		if at.Month < 0 || at.Month > 12 || at.Year < 0 || at.Year > 9999 {
			t.Errorf("%q has expiry %v", text, at)
		}
	})
}

// FuzzRequests: whatever body arrives, the answer is a JSON object with 200 or
// 500, and a token comes only for a body that is an object.
func FuzzRequests(f *testing.F) {
	for _, s := range []string{
		seed001Plain, seed001Encrypted, seed000Request, `{"card":` + seedCard + `,"enccard":null}`, `{"enccard":"AAAA"}`,
		`{"billingaddress":[],"card":{}}`, `{"reference":{},"transactiontype":[],"unpredictablenumber":1}`, `null`, `[]`, "", "\xff",
	} {
		f.Add(s)
	}
	b := newBench(f)
	id := b.token("6007220000000004").text("tokenid")
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{"/api/token", "/api/token/" + id + "/cryptogram"} {
			req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
			req.Header.Set("X-Api-Key", testKey)
			rec := httptest.NewRecorder()
			b.front.ServeHTTP(rec, req)
			var a map[string]any
			if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil || a == nil {
				t.Errorf("%s: the answer %q is no object", path, rec.Body)
			}
			if rec.Code != http.StatusOK && rec.Code != http.StatusInternalServerError || a["err"] == "internal error" {
				t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
			}
			if rec.Code == http.StatusOK && !json.Valid([]byte(body)) {
				t.Errorf("%s: %q was accepted", path, body)
			}
		}
	})
}

package jws_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/threeds/jws"
)

func vectorClaims() jws.Claims {
	return jws.Claims{
		JTI: "11111111-2222-4333-8444-555555555555", IssuedAt: 1700000000, Issuer: "sandbox-identifier-01",
		OrgUnitID: "sandboxorgunit0000000001", ReferenceID: "df-0001", ReturnURL: "http://127.0.0.1:8080/return",
		ObjectifyPayload: true,
		Payload: jws.Payload{
			ACSURL: "http://127.0.0.1:8080/acs/creq", Payload: "eyJtZXNzYWdlVHlwZSI6IkNSZXEifQ", TransactionID: "AbCdEfGhIjKlMnOpQr01",
		},
	}
}

func TestParseClaims(t *testing.T) {
	at := strings.Index(vectorPayload, `{"ACSUrl"`)
	held, err := json.Marshal(vectorPayload[at : len(vectorPayload)-1])
	if err != nil {
		t.Fatal(err)
	}
	stringified := strings.Replace(vectorPayload[:at], "true", "false", 1) + string(held) + "}"
	expires := int64(1700003600)
	for _, c := range []struct {
		name, payload string
		change        func(*jws.Claims)
	}{
		{"the vector", vectorPayload, func(*jws.Claims) {}},
		{"payload as a string", stringified, func(c *jws.Claims) { c.ObjectifyPayload = false }},
		{"numbers as strings", strings.Replace(vectorPayload, "1700000000", `"1700000000"`, 1), func(*jws.Claims) {}},
		{"a fraction", strings.Replace(vectorPayload, "1700000000", `1700000000.75`, 1), func(*jws.Claims) {}},
		{"booleans as strings", strings.Replace(vectorPayload, "true", `"True"`, 1), func(*jws.Claims) {}},
		{"an id that is a number", strings.Replace(vectorPayload, `"df-0001"`, "12345678901234567890", 1), func(c *jws.Claims) { c.ReferenceID = "12345678901234567890" }},
		{"with exp", strings.Replace(vectorPayload, `"iss"`, `"exp":1700003600,"iss"`, 1), func(c *jws.Claims) { c.Expires = &expires }},
		{"exp null", strings.Replace(vectorPayload, `"iss"`, `"exp":null,"iss"`, 1), func(*jws.Claims) {}},
		{"names in other case", strings.Replace(vectorPayload, "ReturnUrl", "returnUrl", 1), func(c *jws.Claims) { c.ReturnURL = "" }},
		{"no payload claim", vectorPayload[:at-len(`,"Payload":`)] + "}", func(c *jws.Claims) { c.Payload = jws.Payload{} }},
	} {
		want := vectorClaims()
		c.change(&want)
		got, err := jws.ParseClaims([]byte(c.payload))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %+v, %v\nwant %+v", c.name, got, err, want)
		}
	}
}

func TestParseClaimsRefuses(t *testing.T) {
	for payload, want := range map[string]jws.Code{
		"":                                    jws.CodeMalformed,
		"null":                                jws.CodeMalformed,
		"[]":                                  jws.CodeMalformed,
		`{"jti":{}}`:                          jws.CodeValidation,
		`{"iat":"yesterday"}`:                 jws.CodeValidation,
		`{"iat":"NaN"}`:                       jws.CodeValidation,
		`{"iat":1e300}`:                       jws.CodeValidation,
		`{"exp":true}`:                        jws.CodeValidation,
		`{"ObjectifyPayload":1}`:              jws.CodeValidation,
		`{"Payload":7}`:                       jws.CodeValidation,
		`{"Payload":"text"}`:                  jws.CodeValidation,
		`{"Payload":{"TransactionId":["a"]}}`: jws.CodeValidation,
	} {
		if got, err := jws.ParseClaims([]byte(payload)); code(err) != want {
			t.Errorf("%s: got %+v, %v; want code %d", payload, got, err, want)
		}
	}
}

func TestCheckTime(t *testing.T) {
	issued := time.Unix(1700000000, 0)
	early, late := issued.Add(time.Hour).Unix(), issued.Add(24*time.Hour).Unix()
	for _, c := range []struct {
		name    string
		issued  int64
		expires *int64
		after   time.Duration
		want    jws.Code
	}{
		{"fresh", issued.Unix(), nil, 0, 0},
		{"a client's clock runs ahead", issued.Unix(), nil, -time.Minute, 0},
		{"last moment", issued.Unix(), nil, jws.Lifetime - time.Second, 0},
		{"too old", issued.Unix(), nil, jws.Lifetime, jws.CodeExpired},
		{"before exp", issued.Unix(), &early, time.Hour - time.Second, 0},
		{"at exp", issued.Unix(), &early, time.Hour, jws.CodeExpired},
		{"exp cannot lengthen", issued.Unix(), &late, 5 * time.Hour, jws.CodeExpired},
		{"exp without iat", 0, &late, 5 * time.Hour, 0},
		{"neither", 0, nil, 5 * time.Hour, 0},
	} {
		claims := jws.Claims{IssuedAt: c.issued, Expires: c.expires}
		if err := claims.CheckTime(issued.Add(c.after), jws.Lifetime); code(err) != c.want || (err != nil) != (c.want != 0) {
			t.Errorf("%s: got %v, want code %d", c.name, err, c.want)
		}
	}
}

func FuzzParseClaims(f *testing.F) {
	f.Add([]byte(vectorPayload))
	f.Add([]byte(`{"iat":"1e9","exp":-0.5,"Payload":"{}"}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		c, err := jws.ParseClaims(payload)
		if err != nil {
			if code(err) == 0 {
				t.Errorf("%v is no *jws.Error", err)
			}
			return
		}
		if err := c.CheckTime(time.Unix(1700000000, 0), jws.Lifetime); err != nil && code(err) != jws.CodeExpired {
			t.Errorf("%v is no expiry", err)
		}
	})
}

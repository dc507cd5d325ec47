package jws_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"cardsim/simulator/threeds/jws"
)

// The test vector of reference cardinal.md §5.2.
const (
	vectorKey       = "sandbox-api-key-0001"
	vectorPayload   = `{"jti":"11111111-2222-4333-8444-555555555555","iat":1700000000,"iss":"sandbox-identifier-01","OrgUnitId":"sandboxorgunit0000000001","ReferenceId":"df-0001","ObjectifyPayload":true,"ReturnUrl":"http://127.0.0.1:8080/return","Payload":{"ACSUrl":"http://127.0.0.1:8080/acs/creq","Payload":"eyJtZXNzYWdlVHlwZSI6IkNSZXEifQ","TransactionId":"AbCdEfGhIjKlMnOpQr01"}}`
	vectorSignature = "6tz5ecsNIwHAxkfFJ9HZm2TrHiEvzmTQCXavQ1zkqe4"
)

func vectorToken() string {
	return encode(`{"alg":"HS256","typ":"JWT"}`) + "." + encode(vectorPayload) + "." + vectorSignature
}

func encode(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func TestSignReproducesTheVector(t *testing.T) {
	if got := jws.Sign([]byte(vectorPayload), []byte(vectorKey)); got != vectorToken() {
		t.Errorf("got  %s\nwant %s", got, vectorToken())
	}
}

func TestVerifyTakesTheVector(t *testing.T) {
	header, payload, err := jws.Verify(vectorToken()+"\n", []byte(vectorKey))
	if err != nil {
		t.Fatal(err)
	}
	if header["alg"] != "HS256" || header["typ"] != "JWT" || len(header) != 2 {
		t.Errorf("header is %v", header)
	}
	if string(payload) != vectorPayload {
		t.Errorf("payload is %s", payload)
	}
	peeked, err := jws.Peek(vectorToken())
	if err != nil || !bytes.Equal(peeked, payload) {
		t.Errorf("Peek gave %s, %v", peeked, err)
	}
}

func TestVerifyRefuses(t *testing.T) {
	token := vectorToken()
	head, rest, _ := strings.Cut(token, ".")
	body, signature, _ := strings.Cut(rest, ".")
	signed := func(header string) string {
		// A signature by the right key, but under another header.
		return encode(header) + "." + body + "." + signature
	}
	for _, c := range []struct {
		name, token string
		code        jws.Code
	}{
		{"empty", "", jws.CodeMalformed},
		{"two parts", head + "." + body, jws.CodeMalformed},
		{"four parts", token + ".x", jws.CodeMalformed},
		{"header no base64", "?." + rest, jws.CodeMalformed},
		{"header no JSON", signed("alg"), jws.CodeMalformed},
		{"header null", signed("null"), jws.CodeMalformed},
		{"payload no base64", head + ".?." + signature, jws.CodeMalformed},
		{"payload padded", head + "." + body + "=." + signature, jws.CodeMalformed},
		{"line break inside", head + "." + body[:9] + "\n" + body[9:] + "." + signature, jws.CodeMalformed},
		{"signature no base64", head + "." + body + ".?", jws.CodeMalformed},
		{"second spelling of the signature", token[:len(token)-1] + "5", jws.CodeMalformed},
		{"endless", strings.Repeat("A", 1<<20) + ".A.A", jws.CodeMalformed},
		{"alg none", signed(`{"alg":"none"}`), jws.CodeSignature},
		{"alg none, no signature", encode(`{"alg":"none"}`) + "." + body + ".", jws.CodeSignature},
		{"alg RS256", signed(`{"alg":"RS256"}`), jws.CodeSignature},
		{"alg in lower case", signed(`{"alg":"hs256"}`), jws.CodeSignature},
		{"alg absent", signed(`{}`), jws.CodeSignature},
		{"alg a list", signed(`{"alg":["HS256"]}`), jws.CodeSignature},
		{"another header", signed(`{"alg":"HS256"}`), jws.CodeSignature},
		{"another payload", head + "." + encode("{}") + "." + signature, jws.CodeSignature},
		{"no signature", head + "." + body + ".", jws.CodeSignature},
		{"short signature", head + "." + body + "." + encode("x"), jws.CodeSignature},
	} {
		header, payload, err := jws.Verify(c.token, []byte(vectorKey))
		if code(err) != c.code {
			t.Errorf("%s: got %v, want code %d", c.name, err, c.code)
		}
		if header != nil || payload != nil {
			t.Errorf("%s: content came back with the error", c.name)
		}
	}
	if _, _, err := jws.Verify(token, []byte(vectorKey+"x")); code(err) != jws.CodeSignature {
		t.Errorf("another key: got %v, want code 1010", err)
	}
	if _, err := jws.Peek("a.b"); code(err) != jws.CodeMalformed {
		t.Errorf("Peek: got %v, want code 1003", err)
	}
}

func code(err error) jws.Code {
	var refused *jws.Error
	if !errors.As(err, &refused) {
		return 0
	}
	return refused.Code()
}

func FuzzVerify(f *testing.F) {
	f.Add(vectorToken())
	f.Add("..")
	f.Fuzz(func(t *testing.T, token string) {
		_, payload, err := jws.Verify(token, []byte(vectorKey))
		if err != nil {
			if code(err) == 0 {
				t.Errorf("%v is no *jws.Error", err)
			}
			return
		}
		if string(payload) != vectorPayload {
			t.Errorf("verified a payload that was never signed: %s", payload)
		}
	})
}

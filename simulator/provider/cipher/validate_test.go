package cipher

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const (
	// The values of reference cipher-acs.md A3, reproduced by an independent tool
	// (printf %s PAN | openssl dgst -sha256 -binary | base64).
	shaNew = "7KayMnf9p253bIkc8HmtUdMkVl0STiccKNXDkG+wmbo="
	shaOld = "OV8mJRTcXldZIip32mlLRKo/Osuvb4E4ISnpmLVUdOA="
)

// TestCreateValidation goes through A3's list.
func TestCreateValidation(t *testing.T) {
	const info = `{"scheme":"DEFAULT","cardNumber":"1112228948763895"}`
	const ids = `[{"type":"tenantUniqueVector","value":"V1"}]`
	body := func(name, info, ids string) string {
		return fmt.Sprintf(`{"name":%s,"cardInfo":%s,"identities":%s}`, name, info, ids)
	}
	number := func(n string) string { return body(`"A"`, `{"scheme":"DEFAULT","cardNumber":`+n+`}`, ids) }
	hashed := func(sha, rest string) string {
		return body(`"A"`, `{"scheme":"SHA256","cardNumberSha":"`+sha+`"`+rest+`}`, ids)
	}
	mask := func(m string) string { return hashed(shaNew, `,"maskedcardNumber":"`+m+`"`) }
	identity := func(kind, value string) string {
		return body(`"A"`, info, fmt.Sprintf(`[{"type":"tenantUniqueVector","value":"V1"},{"type":%q,"value":%q}]`, kind, value))
	}
	tests := []struct {
		name, body string
		ok         bool
	}{
		{"the least there is", body(`"A"`, info, ids), true},
		{"unknown members", `{"x":1,` + body(`"A"`, info, ids)[1:], true},
		{"name missing", `{"cardInfo":` + info + `,"identities":` + ids + `}`, false},
		{"name null", body(`null`, info, ids), false},
		{"name empty", body(`""`, info, ids), false},
		{"name blank", body(`"  "`, info, ids), false},
		{"name a number", body(`7`, info, ids), false},
		{"cardInfo missing", `{"name":"A","identities":` + ids + `}`, false},
		{"cardInfo a string", body(`"A"`, `"x"`, ids), false},
		{"scheme missing", body(`"A"`, `{"cardNumber":"1112228948763895"}`, ids), false},
		{"scheme in small letters", body(`"A"`, `{"scheme":"default","cardNumber":"1112228948763895"}`, ids), false},
		{"number missing", body(`"A"`, `{"scheme":"DEFAULT"}`, ids), false},
		{"number as an integer", number(`1112228948763895`), true},
		{"15 digits as an integer", number(`111111844739172`), true},
		{"14 digits", number(`"11111184473917"`), false},
		{"17 digits", number(`"11122289487638951"`), false},
		{"blanks between", number(`"1112 2289 4876 3895"`), false},
		{"letters", number(`"111222894876389x"`), false},
		{"Arabic digits", number(`"١١١٢٢٢٨٩٤٨٧٦٣٨٩٥"`), false},
		{"a fraction", number(`1112228948763895.0`), false},
		{"an exponent", number(`1.112228948763895e15`), false},
		{"negative", number(`-1112228948763895`), false},
		{"an array", number(`["1112228948763895"]`), false},
		{"by digest", mask("111222xxxxxx3895"), true},
		{"by digest, 15 digits", mask("111222xxxxx3895"), true},
		{"mask of stars", mask("111222******3895"), true},
		{"mask of dots", mask("111222••••••3895"), true},
		{"mask of two fillers", mask("111222xxx***3895"), false},
		{"mask too short", mask("111222xxxx3895"), false},
		{"mask too long", mask("111222xxxxxxx3895"), false},
		{"no mask but the number", mask("1112228948763895"), false},
		{"mask missing", hashed(shaNew, ""), false},
		{"digest missing", body(`"A"`, `{"scheme":"SHA256","maskedcardNumber":"111222xxxxxx3895"}`, ids), false},
		{"digest as hex", hashed(strings.Repeat("ab", 32), `,"maskedcardNumber":"111222xxxxxx3895"`), false},
		{"digest without padding", hashed(strings.TrimSuffix(shaNew, "="), `,"maskedcardNumber":"111222xxxxxx3895"`), false},
		{"digest in base64url", hashed(strings.NewReplacer("+", "-", "/", "_").Replace(shaNew), `,"maskedcardNumber":"111222xxxxxx3895"`), false},
		{"digest with a line break", hashed(shaNew[:20]+`\n`+shaNew[20:], `,"maskedcardNumber":"111222xxxxxx3895"`), false},
		{"identities missing", `{"name":"A","cardInfo":` + info + `}`, false},
		{"identities empty", body(`"A"`, info, `[]`), false},
		{"identities an object", body(`"A"`, info, `{}`), false},
		{"identities of texts", body(`"A"`, info, `["V1"]`), false},
		{"no vector", body(`"A"`, info, `[{"type":"phoneNumber","value":"+4512345678"}]`), false},
		{"vector empty", body(`"A"`, info, `[{"type":"tenantUniqueVector","value":""}]`), false},
		{"vector blank", body(`"A"`, info, `[{"type":"tenantUniqueVector","value":" "}]`), false},
		{"vector without value", body(`"A"`, info, `[{"type":"tenantUniqueVector"}]`), false},
		{"two vectors", identity("tenantUniqueVector", "V2"), false},
		{"cardGuid", identity("cardGuid", "5f90a3d8-8b59-441f-95cd-2e1b3fb680ee"), false},
		{"unknown type", identity("superPin", "1"), false},
		{"phone", identity("phoneNumber", "+12345678"), true},
		{"phone without plus", identity("phoneNumber", "4512345678"), false},
		{"phone too short", identity("phoneNumber", "+1234567"), false},
		{"phone too long", identity("phoneNumber", "+1234567890123456"), false},
		{"phone with blanks", identity("phoneNumber", "+45 12 34 56 78"), false},
		{"e-mail", identity("email", "a@b"), true},
		{"e-mail without @", identity("email", "a.b"), false},
		{"e-mail with two @", identity("email", "a@b@c"), false},
		{"e-mail without domain", identity("email", "a@"), false},
		{"e-mail with a line break", identity("email", "a@b\nBcc: c"), false},
		{"state null", body(`"A"`, info, ids+`,"state":null`), true},
		{"state DISABLED", body(`"A"`, info, ids+`,"state":"DISABLED"`), true},
		{"state in small letters", body(`"A"`, info, ids+`,"state":"enabled"`), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := build(t, options{}).post(tt.body)
			if !tt.ok {
				got.fails(t, er001)
				return
			}
			got.want(t, http.StatusOK)
		})
	}
}

func TestDigestVectors(t *testing.T) {
	for number, sha := range map[string]string{"1112228948763895": shaNew, "111111844739172": shaOld} {
		h := build(t, options{})
		byNumber := h.post(enrol("A", number, "V1")).want(t, http.StatusOK)
		mask := number[:6] + strings.Repeat("x", len(number)-10) + number[len(number)-4:]
		body := `{"name":"A","cardInfo":{"scheme":"SHA256","cardNumberSha":"` + sha + `","maskedcardNumber":"` + mask + `"},` +
			`"identities":[{"type":"tenantUniqueVector","value":"V1"}]}`
		byDigest := h.post(body).want(t, http.StatusOK)
		if byNumber.raw != byDigest.raw {
			t.Errorf("the digest of %s is another card:\n%s\n%s", mask, byNumber.raw, byDigest.raw)
		}
		// The other way round, on a fresh sandbox: the answer is the same.
		if first := build(t, options{}).post(body).want(t, http.StatusOK); first.raw != byNumber.raw {
			t.Errorf("enrolled by digest first:\n%s\nby number:\n%s", first.raw, byNumber.raw)
		}
	}
}

func TestUpdateHolderValidation(t *testing.T) {
	h := build(t, options{})
	path := "/tenants/900912/cardHolders/" + h.post(createNew).want(t, http.StatusOK).text("authProfileId") + "/identities"
	for name, body := range map[string]string{
		"missing":                   `{}`,
		"null":                      `{"identitiesInfo":null}`,
		"empty":                     `{"identitiesInfo":[]}`,
		"the vector":                `{"identitiesInfo":[{"type":"tenantUniqueVector","value":"X"}]}`,
		"twice":                     `{"identitiesInfo":[{"type":"email","value":"a@b"},{"type":"email","value":"c@d"}]}`,
		"no value":                  `{"identitiesInfo":[{"type":"email"}]}`,
		"one good, one bad":         `{"identitiesInfo":[{"type":"email","value":"new@b.dk"},{"type":"phoneNumber","value":"1"}]}`,
		"the name of the enrolment": `{"identities":[{"type":"email","value":"a@b"}]}`,
	} {
		t.Run(name, func(t *testing.T) { h.call(http.MethodPatch, path, body).fails(t, er001) })
	}
	holder := h.call(http.MethodGet, strings.TrimSuffix(path, "/identities"), "").want(t, http.StatusOK)
	if !strings.Contains(holder.raw, "amit@zeta.tech") || strings.Contains(holder.raw, "new@b.dk") {
		t.Errorf("a refused update left a trace: %s", holder.raw)
	}
}

package cardinal

import (
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/jws"
)

const returnURL = "http://shop.example/return?a=1&b=2"

// claims are those of reference cardinal.md §5.2.
type claims map[string]any

func (b *bench) claims(look el) claims {
	return claims{
		"jti": "j-1", "iat": noon.Unix(), "iss": b.shop.Cardinal.Identifier, "OrgUnitId": b.shop.Cardinal.OrgUnit, "ReferenceId": "df-1",
		"ReturnUrl": returnURL, "ObjectifyPayload": true,
		"Payload": map[string]string{"ACSUrl": look["ACSUrl"], "Payload": look["Payload"], "TransactionId": look["TransactionId"]},
	}
}

func (b *bench) token(c claims, key string) string {
	b.t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		b.t.Fatal(err)
	}
	return jws.Sign(text, []byte(key))
}

func (b *bench) browse(path string, fields url.Values) (status int, body string) {
	b.t.Helper()
	a := b.Do("POST", path, fields.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	if a.Err != nil {
		b.t.Fatal(a.Err)
	}
	return a.Status, a.Body
}

var (
	formTag  = regexp.MustCompile(`<form[^>]* action="([^"]*)"(?:[^>]* data-parent-message="([^"]*)")?`)
	inputTag = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// form reads the auto-submitting form of a page; a button works without script.
func form(t *testing.T, body string) (action, message string, fields url.Values) {
	t.Helper()
	m := formTag.FindStringSubmatch(body)
	if m == nil || !strings.Contains(body, "<button") {
		t.Fatalf("no form: %s", body)
	}
	fields = url.Values{}
	for _, in := range inputTag.FindAllStringSubmatch(body, -1) {
		fields.Add(html.UnescapeString(in[1]), html.UnescapeString(in[2]))
	}
	return html.UnescapeString(m[1]), html.UnescapeString(m[2]), fields
}

// TestStepUp walks the pages of Cruise: step-up, issuer, return (reference
// cardinal.md §5.2).
func TestStepUp(t *testing.T) {
	for _, md := range []string{"order=7&x=ü", ""} {
		b := open(t, nil)
		look := b.send(b.lookupOf(emvChallenge).with(el{"DFReferenceId": "df-1"}))
		fields := url.Values{"JWT": {b.token(b.claims(look), b.shop.Cardinal.APIKey)}}
		if md != "" {
			fields.Set("MD", md)
		}
		status, body := b.browse("/V2/Cruise/StepUp", fields)
		if status != 200 {
			t.Fatalf("HTTP %d %s", status, body)
		}
		if e := b.Last(t); len(e.Warnings) != 0 || e.Operation != opStepUp || e.Card.Last4 != "1091" || strings.Contains(e.Request.Body, fields.Get("JWT")) {
			t.Errorf("%+v", e)
		}
		action, message, sent := form(t, body)
		if action != look["ACSUrl"] || sent.Get("creq") != look["Payload"] || !strings.Contains(message, "stepUp.acsRedirection") {
			t.Errorf("to %s with %v, %s", action, sent, message)
		}
		b.enter(look["TransactionId"], "1234")
		post, err := threeds.IssuerForm(b.World, b.transaction(look["TransactionId"]), b.signing, b.URL())
		if err != nil || post.URL != b.URL()+threeds.ReturnPath {
			t.Fatalf("%+v, %v", post, err)
		}
		status, body = b.browse(threeds.ReturnPath, url.Values{"cres": {post.Map()["cres"]}, "threeDSSessionData": {sent.Get("threeDSSessionData")}})
		if status != 200 {
			t.Fatalf("HTTP %d %s", status, body)
		}
		action, message, sent = form(t, body)
		want := md
		if md == "" {
			want = "null" // observed
		}
		if action != returnURL || sent.Get("TransactionId") != look["TransactionId"] || sent.Get("MD") != want || len(sent) != 2 {
			t.Errorf("back to %s with %v", action, sent)
		}
		var said parent
		if err := json.Unmarshal([]byte(message), &said); err != nil || said.Type != "stepUp.completion" || said.TransactionID != look["TransactionId"] || said.MD != want {
			t.Errorf("the parent hears %s, %v", message, err)
		}
		compare(t, "authenticate", b.send(b.authOf(look["TransactionId"])), el{"PAResStatus": "Y"})
	}
}

// TestTokenErrors: Cruise API error numbers of reference cardinal.md §5.3.
func TestTokenErrors(t *testing.T) {
	b := open(t, nil)
	look := b.send(b.lookupOf(emvChallenge))
	frictionless := b.send(b.lookupOf(emvFrictionless))
	key := b.shop.Cardinal.APIKey
	change := func(name string, value any) string {
		c := b.claims(look)
		c[name] = value
		if value == nil {
			delete(c, name)
		}
		return b.token(c, key)
	}
	old := noon.Add(-jws.Lifetime - time.Hour)
	tests := map[string]struct{ token, number string }{
		"none":             {"", "1003"},
		"garbage":          {"a.b.c", "1003"},
		"another key":      {b.token(b.claims(look), "wrong"), "1010"},
		"expired":          {change("exp", noon.Add(-time.Hour).Unix()), "1011"},
		"too old":          {change("iat", old.Unix()), "1011"},
		"no issuer":        {change("iss", nil), "4000"},
		"org unit":         {change("OrgUnitId", "other"), "4000"},
		"no ReturnUrl":     {change("ReturnUrl", nil), "4000"},
		"bad ReturnUrl":    {change("ReturnUrl", "javascript:alert(1)"), "4000"},
		"no transaction":   {change("Payload", map[string]string{}), "4000"},
		"unknown":          {change("Payload", map[string]string{"TransactionId": "AbCdEfGhIjKlMnOpQr01"}), "4000"},
		"no challenge":     {b.token(b.claims(frictionless), key), "4000"},
		"payload of words": {change("Payload", 7), "4000"},
	}
	for name, tt := range tests {
		status, body := b.browse("/V2/Cruise/StepUp", url.Values{"JWT": {tt.token}})
		if status != 400 || !strings.Contains(body, "Error "+tt.number) {
			t.Errorf("%s: HTTP %d %s", name, status, body)
		}
	}
}

func TestStepUpWarnsAndGuards(t *testing.T) {
	b := open(t, nil)
	look := b.send(b.lookupOf(emvChallenge).with(el{"DFReferenceId": "df-2"}))
	c := b.claims(look)
	c["Payload"] = map[string]string{"ACSUrl": "http://elsewhere.example/phish", "TransactionId": look["TransactionId"]}
	_, body := b.browse("/V2/Cruise/StepUp", url.Values{"JWT": {b.token(c, b.shop.Cardinal.APIKey)}})
	action, _, fields := form(t, body)
	if action != look["ACSUrl"] || fields.Get("creq") != look["Payload"] {
		t.Errorf("to %s with %v", action, fields)
	}
	if !b.warned("ReferenceId") || !b.warned("ACSUrl") || !b.warned("Payload.Payload") {
		t.Errorf("warnings %v", b.Last(t).Warnings)
	}
	unseen := b.claims(look)
	unseen["iss"] = "somebody"
	if status, _ := b.browse("/V2/Cruise/StepUp", url.Values{"JWT": {b.token(unseen, "any")}}); status != 200 || !b.warned("unknown") {
		t.Errorf("an unseen identity in open mode: HTTP %d, %v", status, b.Last(t).Warnings)
	}
}

func TestReturnPage(t *testing.T) {
	b := open(t, nil)
	if status, _ := b.browse(threeds.ReturnPath, url.Values{"cres": {"garbage"}}); status != 400 {
		t.Errorf("garbage: HTTP %d", status)
	}
	cres := func(id string) string {
		text, err := emv.EncodeCRes(emv.CReq{MessageType: "CReq", MessageVersion: "2.1.0", ThreeDSServerTransID: id, ACSTransID: id}.Answer("Y"), emv.StdPadded)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if status, body := b.browse(threeds.ReturnPath, url.Values{"cres": {cres("8a880dc0-d2d2-4067-bcb1-b08d1690b26e")}}); status != 400 || !strings.Contains(body, "Error 4000") {
		t.Errorf("unknown: HTTP %d %s", status, body)
	}
	look := b.send(b.lookupOf(emvChallenge)) // the shop came without the step-up page
	if status, body := b.browse(threeds.ReturnPath, url.Values{"cres": {cres(look["ACSTransactionId"])}}); status != 200 || !strings.Contains(body, "No ReturnUrl") {
		t.Errorf("without ReturnUrl: HTTP %d %s", status, body)
	}
	challenge := b.transaction(look["TransactionId"]).Challenge.ID
	b.do(func(s sandbox.Scope) error { _, err := threeds.StepUp(s, challenge, returnURL, "m"); return err })
	erro, err := emv.EncodeErro(*emv.Refuse(emv.CReq{MessageVersion: "2.1.0", ACSTransID: look["ACSTransactionId"]}, emv.CodeFormat, "x"), emv.URLUnpadded)
	if err != nil {
		t.Fatal(err)
	}
	_, body := b.browse(threeds.ReturnPath, url.Values{"cres": {erro}})
	if action, message, _ := form(t, body); action != returnURL || !strings.Contains(message, "stepUp.error") {
		t.Errorf("an error message leads to %s, %s", action, message)
	}
}

// TestCollect: reference cardinal.md §5.3.
func TestCollect(t *testing.T) {
	b := open(t, nil)
	for _, path := range []string{"/V1/Cruise/Collect", "/V2/Cruise/Collect"} {
		c := b.claims(nil)
		delete(c, "Payload")
		_, body := b.browse(path, url.Values{"JWT": {b.token(c, b.shop.Cardinal.APIKey)}, "Bin": {"400000"}})
		action, message, fields := form(t, body)
		if action != returnURL || fields.Get("SessionId") != "df-1" || !strings.Contains(message, `"ActionCode":"SUCCESS"`) || !strings.Contains(message, `"MethodUrl":{"Attempted":true,"Completed":true}`) {
			t.Errorf("%s: to %s with %v, %s", path, action, fields, message)
		}
	}
	b.do(func(s sandbox.Scope) error {
		if ok, err := threeds.Collected(s, b.shop.ID, "df-1"); !ok || err != nil {
			t.Errorf("the collection is not remembered: %v", err)
		}
		return nil
	})
	c := b.claims(nil)
	delete(c, "ReturnUrl")
	delete(c, "ReferenceId")
	_, body := b.browse("/V2/Cruise/Collect", url.Values{"JWT": {b.token(c, b.shop.Cardinal.APIKey)}})
	action, message, _ := form(t, body)
	var said parent
	if err := json.Unmarshal([]byte(message), &said); err != nil || len(said.SessionID) != 36 || said.SessionID != said.ReferenceID {
		t.Errorf("the parent hears %s, %v", message, err)
	}
	if status, body := b.browse(action, nil); status != 200 || !strings.Contains(body, "Done") {
		t.Errorf("after it: HTTP %d %s", status, body)
	}
	if status, _ := b.browse("/V2/Cruise/Collect", url.Values{"JWT": {b.token(c, "wrong")}}); status != 400 {
		t.Errorf("a bad signature: HTTP %d", status)
	}
}

package acs

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/threeds"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/pares"
)

func TestEveryCodeHasAPage(t *testing.T) {
	for _, code := range core.Codes() {
		if say, ok := errorPages[code]; !ok || say.status < 400 || say.title == "" || say.lead == "" {
			t.Errorf("code %s shows %+v", code, say)
		}
	}
}

func TestRefusedEntrances(t *testing.T) {
	b := build(t, options{})
	tx, payload := b.lookUp(old)
	_, creq := b.lookUp(emvGood)
	foreign := threeds.PAReq(b.World, tx)
	foreign.Purchase.XID = base64.StdEncoding.EncodeToString([]byte("nobody's transaction"))
	stranger, err := pares.EncodePAReq(foreign)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, path string
		fields     []string
		status     int
	}{
		{"no PaReq", "/acs/pareq", []string{"TermUrl", termURL, "MD", "x"}, 400},
		{"PaReq that does not inflate", "/acs/pareq", []string{"PaReq", "hello", "TermUrl", termURL}, 400},
		{"an inflate bomb", "/acs/pareq", []string{"PaReq", bomb(t), "TermUrl", termURL}, 400},
		{"a CReq as PaReq", "/acs/pareq", []string{"PaReq", creq, "TermUrl", termURL}, 400},
		{"no TermUrl", "/acs/pareq", []string{"PaReq", payload, "MD", "x"}, 400},
		{"TermUrl that runs", "/acs/pareq", []string{"PaReq", payload, "TermUrl", "javascript:alert(1)"}, 400},
		{"TermUrl of data", "/acs/pareq", []string{"PaReq", payload, "TermUrl", "data:text/html,<script>alert(1)</script>"}, 400},
		{"TermUrl without host", "/acs/pareq", []string{"PaReq", payload, "TermUrl", "/term"}, 400},
		{"nobody's xid", "/acs/pareq", []string{"PaReq", stranger, "TermUrl", termURL}, 400},
		{"no creq", "/acs/creq", nil, 400},
		{"creq that is no message", "/acs/creq", []string{"creq", "%%%"}, 400},
		{"nobody's challenge", "/acs/challenge/0123456789abcdef0123456789abcdef", []string{"otp", "1234"}, 404},
		{"an id that the store refuses", "/acs/challenge/%00", []string{"otp", "1234"}, 404},
		{"an unknown action", "/acs/challenge/" + tx.Challenge.ID, []string{"action", "approve"}, 400},
		{"an unknown path", "/acs/nothing", nil, 404},
		{"a body above the limit", "/acs/creq", []string{"creq", strings.Repeat("x", 1<<20)}, 413},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := b.post(tt.path, tt.fields...).status(tt.status).has(t, "<h1>")
			if !strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") || strings.Contains(p.Body, "<form") || strings.Contains(p.Body, "javascript:") {
				t.Errorf("answered %s:\n%s", p.Header.Get("Content-Type"), p.Body)
			}
		})
	}
	if p := b.get("/acs/pareq").status(http.StatusMethodNotAllowed); p.Header.Get("Allow") != "POST" {
		t.Errorf("Allow is %q", p.Header.Get("Allow"))
	}
	if state := b.read(tx.ID).Challenge.State; state != threeds.Pending {
		t.Errorf("refused entrances left the challenge %s", state)
	}
}

// bomb is a PaReq of a few kilobytes that inflates to 16 megabytes.
func bomb(t *testing.T) string {
	var raw bytes.Buffer
	w := zlib.NewWriter(&raw)
	if _, err := w.Write(make([]byte, 16<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(raw.Bytes())
}

func TestFieldNamesInAnyCase(t *testing.T) {
	b := build(t, options{})
	_, payload := b.lookUp(old)
	b.post("/acs/pareq", "PAReq", payload, "TermURL", termURL, "md", "x").ok().has(t, `id="challenge"`)
	_, payload = b.lookUp(emvGood)
	b.post("/acs/creq", "CREQ", payload).ok().has(t, `id="challenge"`)
}

// TestWrongCReq goes through reference cipher-acs.md B4.3: what names a known
// transaction is answered to the merchant, anything else is a page.
func TestWrongCReq(t *testing.T) {
	b := build(t, options{})
	tx, _ := b.lookUp(emvGood)
	spoil := func(change func(m map[string]any)) string {
		raw, err := json.Marshal(threeds.CReq(tx))
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(raw, &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		if raw, err = json.Marshal(m); err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(raw)
	}
	set := func(name string, value any) string { return spoil(func(m map[string]any) { m[name] = value }) }
	tests := []struct{ name, creq, code string }{
		{"another message", set("messageType", "AReq"), "101"},
		{"a version nobody speaks", set("messageVersion", "3.0.0"), "102"},
		{"another version than agreed on", set("messageVersion", "2.2.0"), "102"},
		{"no window size", spoil(func(m map[string]any) { delete(m, "challengeWindowSize") }), "201"},
		{"a window size there is not", set("challengeWindowSize", "09"), "203"},
		{"another server's id", set("threeDSServerTransID", "00000000-0000-4000-8000-000000000000"), "301"},
		{"nobody's ACS id", set("acsTransID", "00000000-0000-4000-8000-000000000000"), ""},
		{"no ACS id", spoil(func(m map[string]any) { delete(m, "acsTransID") }), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := b.post("/acs/creq", "creq", tt.creq)
			if tt.code == "" {
				p.status(http.StatusBadRequest)
				return
			}
			if got := erro(t, p.ok()); string(got.ErrorCode) != tt.code || got.MessageType != "Erro" || got.ACSTransID != tx.ACSTransID {
				t.Errorf("the merchant gets %+v, want code %s", got, tt.code)
			}
			if p.action() != notifyURL || p.outcome() != "error" {
				t.Errorf("it goes to %s as %s", p.action(), p.outcome())
			}
		})
	}
	b.advance(time.Hour)
	if got := erro(t, b.post("/acs/creq", "creq", set("messageType", "CReq")).ok()); got.ErrorCode != emv.CodeTimedOut {
		t.Errorf("too late, the merchant gets %+v", got)
	}
}

func erro(t *testing.T, p page) (e emv.Erro) {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(p.field("cres"))
	if err != nil {
		t.Fatalf("%v:\n%s", err, p.Body)
	}
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// TestNothingRuns puts markup wherever somebody else's words stand.
func TestNothingRuns(t *testing.T) {
	const nasty = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	b := build(t, options{merchant: nasty})
	_, payload := b.lookUp(old)
	pages := []page{b.post("/acs/pareq", "PaReq", payload, "TermUrl", "http://shop.example/"+nasty, "MD", nasty).ok()}
	action := pages[0].action()
	pages = append(pages,
		b.post(action, "otp", nasty, "action", "submit", "step", nasty).ok(),
		b.post(action, "otp", "1", "action", nasty),
		b.post(action, "otp", "1234", "action", "submit").ok(),
		b.post("/acs/pareq", "PaReq", nasty, "TermUrl", nasty),
		b.post("/acs/creq", "creq", base64.RawURLEncoding.EncodeToString([]byte(`{"acsTransID":"`+strings.ReplaceAll(nasty, `"`, `\"`)+`"}`))),
		b.get("/acs/challenge/<script>alert(1)<%2fscript>"),
	)
	for i, p := range pages {
		if strings.Contains(p.Body, "<script>alert") || strings.Contains(p.Body, "<img") {
			t.Errorf("page %d lets it run:\n%s", i, p.Body)
		}
	}
	if md := pages[3].field("MD"); md != nasty {
		t.Errorf("MD came back as %q", md)
	}
}

func TestJournalHidesWhatIsSecret(t *testing.T) {
	b := build(t, options{})
	b.enrol(old)
	tx, payload := b.lookUp(old)
	text := func() string {
		e := b.Last(t)
		return e.Request.Body + e.Response.Body
	}
	p := b.enter(tx, payload)
	code := b.code(tx.ID)
	if strings.Contains(text(), code) {
		t.Errorf("the journal shows the code of the page:\n%s", text())
	}
	p = b.post(p.action(), "otp", code, "action", "submit").ok()
	if e := b.Last(t); e.Operation != opSubmit || e.Outcome != "authenticated" || e.Result != "Y" || e.Card == nil || e.Card.Last4 != "0002" || e.Reference != "ORDER-7" {
		t.Errorf("entry of the right code: %+v", e)
	}
	if strings.Contains(text(), code) || strings.Contains(text(), p.field("PaRes")) {
		t.Errorf("the journal shows the code or the PaRes:\n%s", text())
	}
}

func TestStaticFiles(t *testing.T) {
	b := build(t, options{})
	for _, name := range []string{"acs.css", "autopost.js", "challenge.js"} {
		b.get("/acs/static/" + name).ok()
	}
	b.get("/acs/static/none.css").status(http.StatusNotFound)
}

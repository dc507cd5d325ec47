package console

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"strings"
	"testing"

	"cardsim/web"
)

func b64(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func deflated(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func TestParts(t *testing.T) {
	jwt := b64(`{"alg":"HS256"}`) + "." + b64(`{"iss":"shop"}`) + "." + b64("mac")
	form := map[string]string{"content-type": "application/x-www-form-urlencoded"}
	pares := "<ThreeDSecure><Message id=\"1\"><PARes><TX><status>Y</status></TX></PARes></Message></ThreeDSecure>"
	for _, tt := range []struct {
		name string
		in   *message
		want []web.Part // names, and a piece of each text
	}{
		{"nothing", nil, nil},
		{"blank", &message{Body: " \n"}, nil},
		{"JSON", &message{Body: `{"a":1}`}, []web.Part{{Name: "JSON", Text: "\"a\": 1"}}},
		{"JSON inside JSON", &message{Body: `{"err":"{\"errorcode\":\"x\"}"}`}, []web.Part{{Name: "JSON", Text: "err"}, {Name: "err", Text: "\"errorcode\": \"x\""}}},
		{"a cmpi message", &message{Headers: form, Body: "cmpi_msg=<CardinalMPI><MsgType>cmpi_lookup</MsgType></CardinalMPI>"}, []web.Part{{Name: "cmpi_msg", Text: "  <MsgType>cmpi_lookup</MsgType>"}}},
		{"a CReq", &message{Headers: form, Body: "creq=" + b64(`{"messageType":"CReq"}`)}, []web.Part{{Name: "creq, decoded", Text: `"messageType": "CReq"`}}},
		{"a JWT", &message{Headers: form, Body: "JWT=" + jwt}, []web.Part{{Name: "JWT, JWT header", Text: "HS256"}, {Name: "JWT, JWT claims", Text: "shop"}}},
		{"a PaRes", &message{Headers: form, Body: "PaRes=" + deflated(t, pares)}, []web.Part{{Name: "PaRes, inflated", Text: "      <TX>\n        <status>Y</status>\n"}}},
		{"plain fields", &message{Headers: form, Body: "otp=[otp]&action=submit"}, []web.Part{{Name: "Form", Text: "action = submit\notp = [otp]"}}},
		{"a payload in XML", &message{Body: "<M><Payload>" + b64(`{"messageType":"CReq","threeDSServerTransID":"60d63a0c"}`) + "</Payload></M>"}, []web.Part{{Name: "XML", Text: "<Payload>"}, {Name: "Payload, decoded", Text: "60d63a0c"}}},
		{"broken XML", &message{Body: "<a><b>"}, []web.Part{{Name: "XML", Text: "<a><b>"}}},
		{"text", &message{Body: "hello"}, []web.Part{{Name: "Text", Text: "hello"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := parts(tt.in)
			if len(got) != len(tt.want) {
				t.Fatalf("%d parts %+v, want %d", len(got), got, len(tt.want))
			}
			for i, w := range tt.want {
				if got[i].Name != w.Name || !strings.Contains(got[i].Text, w.Text) {
					t.Errorf("part %d is %q:\n%s\nwant %q with %q", i, got[i].Name, got[i].Text, w.Name, w.Text)
				}
			}
		})
	}
}

// TestInflateIsBounded: a bomb becomes no more than a mebibyte.
func TestInflateIsBounded(t *testing.T) {
	bomb := deflated(t, "<a>"+strings.Repeat("x", 20<<20))
	if got := len(inflate(unbase64(bomb))); got > maxInflated {
		t.Errorf("it grows to %d bytes", got)
	}
}

// FuzzParts: whatever a body holds, it is shown and nothing breaks.
func FuzzParts(f *testing.F) {
	f.Add("application/json", `{"err":"{}"}`)
	f.Add("application/x-www-form-urlencoded", "JWT=a.b.c&creq=e30&PaReq=eJw")
	f.Add("text/xml", "<a><b c='d'>e</b></a>")
	f.Fuzz(func(t *testing.T, kind, body string) {
		got := parts(&message{Headers: map[string]string{"Content-Type": kind}, Body: body})
		if strings.TrimSpace(body) != "" && len(got) == 0 {
			t.Errorf("nothing of %q is shown", body)
		}
	})
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "'plain'", "it's": `'it'\''s'`, "$CARDSIM_URL/a'b": `"$CARDSIM_URL"'/a'\''b'`, "$(rm)": "'$(rm)'",
	} {
		if got := quote(in); got != want {
			t.Errorf("%s becomes %s, want %s", in, got, want)
		}
	}
}

func TestOwnPath(t *testing.T) {
	for in, want := range map[string]string{
		"/s/default/flows?x=1": "/s/default/flows?x=1", "": "/", "//evil.example/": "/", "https://evil.example/": "/", `/\evil.example`: "/", "javascript:alert(1)": "/", "s/default": "/",
	} {
		if got := ownPath(in); got != want {
			t.Errorf("%q leads to %q, want %q", in, got, want)
		}
	}
}

func TestMoney(t *testing.T) {
	amount := 1234.5
	for currency, want := range map[string]string{"EUR": "EUR 1234.50", "JPY": "JPY 1234", "KWD": "KWD 1234.500"} {
		if got := money(&amount, currency); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if money(nil, "EUR") != "" {
		t.Error("no amount has a text")
	}
}

package wire_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"pgregory.net/rapid"

	"cardsim/simulator/wire"
)

// TestAppendText: any bytes come out as encoding/json writes them, without HTML escapes.
func TestAppendText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.OneOf(
			rapid.SliceOf(rapid.Byte()),
			rapid.SliceOf(rapid.ByteRange(' ', '~')),
			rapid.Map(rapid.String(), func(s string) []byte { return []byte(s) }),
			rapid.Just([]byte("<&> \u2028 \x7f")),
		).Draw(t, "text"))
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(text); err != nil {
			t.Fatal(err)
		}
		if got := string(wire.AppendText(nil, text)) + "\n"; got != want.String() {
			t.Fatalf("%q is written as %s, not %s", text, got, want.String())
		}
		if got := string(wire.AppendText(nil, []byte(text))) + "\n"; got != want.String() {
			t.Fatalf("the bytes of %q are written as %s", text, got)
		}
	})
}

// TestParseText: any value is read as encoding/json reads it.
func TestParseText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(
			rapid.SliceOf(rapid.Byte()),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) []byte { return append(append([]byte{'"'}, b...), '"') }),
			rapid.Map(rapid.StringMatching(`[ -~]{0,8}`), func(s string) []byte { return []byte(`"` + s + `"`) }),
			rapid.SampledFrom([][]byte{nil, []byte(`"`), []byte("null"), []byte("1"), []byte(` "x"`), []byte(`"x" `), []byte(`"\u0041"`), []byte(`"x"y"`)}),
		).Draw(t, "value")
		var want string
		wantErr := json.Unmarshal(value, &want)
		if got, err := wire.ParseText(value); got != want || (err == nil) != (wantErr == nil) {
			t.Fatalf("%q is read as %q, %v; want %q, %v", value, got, err, want, wantErr)
		}
	})
}

type appending struct{ text string }

func (a appending) AppendJSON(b []byte) []byte {
	o := wire.NewObject(b)
	o.Text("text", a.text)
	return o.End()
}

// TestJSONOfAppender: an answer longer than the room that is made for most is whole.
func TestJSONOfAppender(t *testing.T) {
	for _, n := range []int{0, 10, 1000, 1 << 20} {
		long := string(bytes.Repeat([]byte("x"), n))
		a := wire.JSON(200, appending{long})
		if want := `{"text":"` + long + `"}`; string(a.Body) != want || a.Type != "application/json" {
			t.Errorf("%d bytes: %.80q", n, a.Body)
		}
	}
}

// TestHeaded: the content type stands once, and the headers that were given stay.
func TestHeaded(t *testing.T) {
	given := http.Header{"Content-Type": {"text/html"}, "X-Frame-Options": {"DENY"}}
	r := wire.Headed(http.StatusTeapot, given, []byte("<p>"))
	if r.Status != http.StatusTeapot || r.Type != "text/html" || len(r.Header) != 1 || r.Header.Get("X-Frame-Options") != "DENY" || string(r.Body) != "<p>" {
		t.Errorf("%+v", r)
	}
	w := httptest.NewRecorder()
	wire.Send(w, r)
	if got := w.Result().Header.Values("Content-Type"); len(got) != 1 || got[0] != "text/html" || len(given) != 2 {
		t.Errorf("sent as %q; given were %v", got, given)
	}
}

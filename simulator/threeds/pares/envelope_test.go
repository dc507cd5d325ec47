package pares_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"testing"

	"cardsim/simulator/threeds/pares"
)

// deflated packs XML the way foreign senders do.
func deflated(t testing.TB, xml string, compressor func(io.Writer) (io.WriteCloser, error)) string {
	t.Helper()
	var packed bytes.Buffer
	w, err := compressor(&packed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, xml); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(packed.Bytes())
}

func withZlib(w io.Writer) (io.WriteCloser, error) { return zlib.NewWriter(w), nil }
func withRaw(w io.Writer) (io.WriteCloser, error)  { return flate.NewWriter(w, flate.BestSpeed) }

func TestDecodeTakesEveryEnvelope(t *testing.T) {
	text, err := pares.EncodePAReq(request())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text, "eN") {
		t.Errorf("text begins %q, real ones begin eN", text[:2])
	}
	xml := requestXML(t, text)
	for name, spelling := range map[string]string{
		"as written":       text,
		"no padding":       strings.TrimRight(text, "="),
		"URL alphabet":     strings.NewReplacer("+", "-", "/", "_").Replace(text),
		"blanks for plus":  strings.ReplaceAll(text, "+", " "),
		"line breaks":      text[:76] + "\r\n" + text[76:152] + "\n" + text[152:],
		"default level":    deflated(t, xml, withZlib),
		"raw deflate":      deflated(t, xml, withRaw),
		"with declaration": deflated(t, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+xml+"\n", withZlib),
	} {
		got, err := pares.DecodePAReq(spelling)
		if err != nil || got.CH != request().CH || got.Merchant != request().Merchant {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func requestXML(t testing.TB, text string) string {
	t.Helper()
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	xml, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(xml)
}

func TestDecodeRefusesWhatDoesNotInflate(t *testing.T) {
	text := encode(t, response("Y"))
	for name, bad := range map[string]string{
		"empty":          "",
		"not base64":     "%%%",
		"not compressed": base64.StdEncoding.EncodeToString([]byte("<ThreeDSecure/>")),
		"cut short":      text[:len(text)/2],
		"a bomb":         deflated(t, strings.Repeat("0", 8<<20), withZlib),
		"a raw bomb":     deflated(t, strings.Repeat("0", 8<<20), withRaw),
		"one too many":   deflated(t, strings.Repeat(" ", 64<<10+1), withZlib),
		"endless text":   strings.Repeat("A", 1<<20),
	} {
		_, _, err := pares.DecodePARes(bad)
		if !errors.Is(err, pares.ErrNotInflated) || !errors.Is(err, pares.ErrUnreadable) || errors.Is(err, pares.ErrNotParsed) {
			t.Errorf("%s: got %v, want ErrNotInflated", name, err)
		}
	}
}

func TestDecodeRefusesWhatDoesNotParse(t *testing.T) {
	body := `<PARes id="a"><version>1.0.2</version></PARes>`
	message := func(inner string) string {
		return `<ThreeDSecure><Message id="m">` + inner + `</Message></ThreeDSecure>`
	}
	for name, xml := range map[string]string{
		"nothing":            "",
		"no XML":             "PARes",
		"a DTD":              `<!DOCTYPE x [<!ENTITY e "expanded">]>` + message(body),
		"an unknown entity":  message(`<PARes id="a"><version>&e;</version></PARes>`),
		"an instruction":     message(body + `<?php ?>`),
		"open elements":      `<ThreeDSecure><Message id="m">` + body,
		"crossed tags":       message(`<PARes id="a"><pan></PARes></pan>`),
		"two roots":          message(body) + message(body),
		"text after root":    message(body) + "x",
		"attribute twice":    message(`<PARes id="a" id="b"></PARes>`),
		"attributes in bulk": message(`<PARes` + manyAttributes() + `></PARes>`),
		"depth":              message(strings.Repeat("<a>", 100) + strings.Repeat("</a>", 100) + body),
		"another root":       `<PARes id="a"></PARes>`,
		"no message":         `<ThreeDSecure></ThreeDSecure>`,
		"two messages":       `<ThreeDSecure><Message>` + body + `</Message><Message>` + body + `</Message></ThreeDSecure>`,
		"another message":    message(`<PAReq id="a"></PAReq>`),
		"two bodies":         message(body + body),
		"a hidden body":      message(body + `<Extension>` + body + `</Extension>`),
		"no UTF-8":           message("<PARes id=\"a\"><version>\xff</version></PARes>"),
	} {
		_, _, err := pares.DecodePARes(deflated(t, xml, withZlib))
		if !errors.Is(err, pares.ErrNotParsed) || !errors.Is(err, pares.ErrUnreadable) || errors.Is(err, pares.ErrNotInflated) {
			t.Errorf("%s: got %v, want ErrNotParsed", name, err)
		}
	}
}

func manyAttributes() string {
	var b strings.Builder
	for c := 'a'; c <= 'z'; c++ {
		b.WriteString(" " + string(c) + `="" ` + string(c) + string(c) + `=""`)
	}
	return b.String()
}

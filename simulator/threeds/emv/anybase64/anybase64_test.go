package anybase64_test

import (
	"bytes"
	"encoding/base64"
	"testing"

	"cardsim/simulator/threeds/emv/anybase64"
)

func TestDecodeTakesEverySpelling(t *testing.T) {
	want := []byte{0xfb, 0xef, 0xff, 0x00, 0xfb} // "++//APs=": both odd letters, and padding
	for name, text := range map[string]string{
		"standard padded":         "++//APs=",
		"standard unpadded":       "++//APs",
		"URL padded":              "--__APs=",
		"URL unpadded":            "--__APs",
		"alphabets mixed":         "+-_/APs",
		"blank inside":            "+ //APs=",
		"CRLF and a tab":          "++//\r\n\tAPs=\r\n",
		"line break in padding":   "++//APs\n=",
		"blank after padding":     "++//APs= ",
		"blank after no padding":  "++//APs  ",
		"surrounding white space": "\n++//APs= \n",
	} {
		got, err := anybase64.Decode(text)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: got %x, %v; want %x", name, got, err, want)
		}
	}
}

// One PaRes in two hundred ends in a plus sign, which a form turns into a blank.
func TestDecodeKeepsAPlusAtTheEnd(t *testing.T) {
	got, err := anybase64.Decode("QUJ ")
	if want := []byte{0x41, 0x42, 0x7e}; err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %x, %v; want %x", got, err, want)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, text := range []string{"A", "a%2Bb", "ab=c", "é", "<xml/>"} {
		if got, err := anybase64.Decode(text); err == nil {
			t.Errorf("%q: got %x, want an error", text, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("hello"), true)
	f.Add([]byte{0xfb, 0xef, 0xff}, false)
	f.Fuzz(func(t *testing.T, raw []byte, url bool) {
		encoding := base64.StdEncoding
		if url {
			encoding = base64.RawURLEncoding
		}
		got, err := anybase64.Decode(encoding.EncodeToString(raw))
		if err != nil || !bytes.Equal(got, raw) {
			t.Errorf("got %x, %v; want %x", got, err, raw)
		}
	})
}

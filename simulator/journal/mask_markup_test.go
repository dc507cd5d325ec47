package journal

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestHarmlessTexts: what is not looked at more closely would stay as it is if it were,
// whatever element without a rule it stands in.
func TestHarmlessTexts(t *testing.T) {
	secrets := []string{"321", "secr", "12345"}
	piece := rapid.SampledFrom([]string{
		"321", "secr", "12345", "x", "Gammel Havn 1", " ", "\n", "-", "4929421234600821", "49294212346", "4929 4212 ", "&#52;", "=", "cvv=1", `"`, "{", "]", "é",
	})
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, "text"), "")
		if !harmlessText([]byte(text)) {
			return
		}
		seen++
		for _, f := range []field{plain, card, otherNumber} {
			m := markup{patch: newPatch([]byte(text), secrets)}
			m.content(0, len(text), f)
			if masked, changed := m.finish(); changed {
				t.Fatalf("%q is taken as it is and reads as %q", text, masked)
			}
		}
	})
	if seen == 0 {
		t.Error("none of the texts was harmless")
	}
	for text, want := range map[string]bool{
		"Aalborg": true, "ORDER-0001": true, "12345": false, " 12345 ": false, "a=b=c=d": false, "a &amp; b": false,
		"492942123460": true, "4929421234600": false, "4929421 234600": false,
	} {
		if got := harmlessText([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestClosingTags: each is taken for what it is, near and far from its opening one.
func TestClosingTags(t *testing.T) {
	for body, want := range map[string]string{
		"<r><PAN>4929421234600821</PAN><n>4929421234600821</n></r>":     "<r><PAN>492942******0821</PAN><n>492942******0821</n></r>",
		"<r><PAN>1</PAN ><x>a</x></r>":                                  "<r><PAN>[card number]</PAN ><x>a</x></r>",
		"<r><a4929421234600821>x</a4929421234600821></r>":               "<r><a492942******0821>x</a492942******0821></r>",
		"<r><PA>x</PA><PAN><PA>1</PA></PAN></r>":                        "<r><PA>x</PA><PAN><PA>[card number]</PA></PAN></r>",
		"<r><Cavv>x</Cav></Cavv></r>":                                   "", // broken: nothing closes Cav
		"<r><Cavv>x</Cavvv></r>":                                        "",
		"<r><Cavv>x</Cavv</r>":                                          "",
		"<r></r></r>":                                                   "",
		"<r><Cavv/><n>x</n></r>":                                        "<r><Cavv/><n>x</n></r>",
		"<r><Cavv a='4929421234600821'>x</Cavv><Cavv >y</Cavv></r>\r\n": "<r><Cavv a='492942******0821'>[CAVV]</Cavv><Cavv >[CAVV]</Cavv></r>\r\n",
	} {
		masked, ok := maskMarkup([]byte(body), nil, false)
		if ok != (want != "") || string(masked) != want {
			t.Errorf("%s is masked as %s, %t; want %s", body, masked, ok, want)
		}
	}
}

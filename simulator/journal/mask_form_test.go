package journal

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestFormsAreReadAsURLs: our own reading of a form's encoding is that of net/url, which
// takes three copies for it.
func TestFormsAreReadAsURLs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z+&=\x80-\xff]|%[0-9a-fA-F]{2}|%.?.?|[+]){0,12}`).Draw(t, "text")
		want, err := url.QueryUnescape(text)
		got, ok := decodeForm([]byte(text))
		if ok != (err == nil) || ok && string(got) != want {
			t.Errorf("%q is %q %v, want %q %v", text, got, ok, want, err)
		}
	})
}

// TestHarmlessQueries: what is not read as a form would be the same if it were.
func TestHarmlessQueries(t *testing.T) {
	tame := []string{"businessId", "number", "card", "limit", "a-b_c", "770000", "4000"}
	wild := []string{
		"pan", "cvv", "otp", "token", "", "4000000000001091", "400000", "0000001091",
		"x=y", "%34", "a b", "a+b", "a.b", "card.number", "card[number]", "{", "<", "é", "=",
	}
	harmlessOnes := 0
	rapid.Check(t, func(t *rapid.T) {
		var pairs []string
		word := rapid.SampledFrom(tame)
		if rapid.Bool().Draw(t, "wild") {
			word = rapid.SampledFrom(append(wild, tame...))
		}
		for range rapid.IntRange(0, 4).Draw(t, "pairs") {
			pairs = append(pairs, word.Draw(t, "name")+rapid.SampledFrom([]string{"=", "=", "=", ""}).Draw(t, "equals")+word.Draw(t, "value"))
		}
		raw := strings.Join(pairs, "&")
		if !harmless(raw) {
			return
		}
		harmlessOnes++
		if got := MaskBody(Form, []byte(raw), nil); got != raw {
			t.Fatalf("%q is taken as it is and reads as %q", raw, got)
		}
	})
	if harmlessOnes == 0 {
		t.Error("none of the queries was harmless")
	}
	for raw, want := range map[string]bool{
		"businessId=770000": true, "businessId=770000&limit=5": true, "": true, "pan=4000000000001091": false, "otp=111111": false,
		"id=400000&n=0000001091": false, "limit": false, "a=b=c": false, "card.number=1": false,
	} {
		if got := harmless(raw); got != want {
			t.Errorf("%q: %v", raw, got)
		}
	}
}

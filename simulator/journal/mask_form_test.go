package journal

import (
	"net/url"
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

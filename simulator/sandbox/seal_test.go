package sandbox

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestSealGivesBackAndHides(t *testing.T) {
	w := world(t, 1, "default")
	for _, plain := range []string{"x", "4111111145551142", strings.Repeat("long ", 400), "\x00\xff"} {
		sealed := w.Seal(plain)
		if raw, err := base64.RawURLEncoding.DecodeString(sealed); err != nil || len(plain) > 4 && strings.Contains(string(raw), plain) {
			t.Errorf("sealed %q shows: %v", plain, err)
		}
		if got := w.Unseal(sealed); got != plain {
			t.Errorf("%q comes back as %q", plain, got)
		}
		if got := world(t, 2, "default").Unseal(sealed); got != "" {
			t.Errorf("another world opens it: %q", got)
		}
	}
	if w.Seal("") != "" || w.Unseal("") != "" || w.Unseal("AAAA") != "" || w.Unseal("no base64!") != "" {
		t.Error("empty or foreign values are not empty")
	}
}

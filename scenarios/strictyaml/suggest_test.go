package strictyaml

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	names := []string{"merchants", "tenants", "cards", "cardtokensKey", "id", "acehub.payment.create"}
	tests := []struct{ word, want string }{
		{"merchnats", "merchants"},
		{"merchant", "merchants"},
		{"Tenants", "tenants"},
		{"cardtokens_key", "cardtokensKey"},
		{"crads", "cards"},
		{"ids", "id"},
		{"acehub.payment.crate", "acehub.payment.create"},
		{"x", ""},
		{"", ""},
		{"completely", ""},
	}
	for _, tt := range tests {
		if got := Nearest(tt.word, names); got != tt.want {
			t.Errorf("nearest to %q is %q, want %q", tt.word, got, tt.want)
		}
	}
	if got := Suggest("crads", names); got != `did you mean "cards"?` {
		t.Errorf("suggestion %q", got)
	}
}

func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-cæ]{0,8}`)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := distance(a, b)
		if d != distance(b, a) {
			t.Fatalf("distance of %q and %q depends on their order", a, b)
		}
		if (d == 0) != (a == b) {
			t.Fatalf("distance of %q and %q is %d", a, b, d)
		}
		if longer := max(len([]rune(a)), len([]rune(b))); d > longer {
			t.Fatalf("distance of %q and %q is %d, more than the longer has letters", a, b, d)
		}
	})
	if d := distance("ab", "ba"); d != 1 {
		t.Errorf("a swap costs %d", d)
	}
}

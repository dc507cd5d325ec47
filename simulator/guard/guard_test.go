package guard

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
)

func world(t *testing.T) *sandbox.World {
	t.Helper()
	listed, _ := core.ParsePAN("4916934502308682")
	w, err := sandbox.New(sandbox.Spec{
		ID: "default", Seed: 1, Merchants: []*sandbox.Merchant{{ID: "own"}}, Cards: []sandbox.CardProfile{{Number: listed}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestCardsByNumber(t *testing.T) {
	w := world(t)
	for number, want := range map[string]bool{
		"4539578763621486":    true,  // like a Visa card's
		"5408123456789012":    true,  // like a Mastercard's
		"371449635398449":     true,  // like an Amex card's
		"6222021234567894":    true,  // like a UnionPay card's
		"4539578763621487":    false, // fails Luhn
		"4916934502308682":    false, // in the catalogue
		"4000000000001091":    false, // Cardinal's series
		"4111111111111111":    false, // printed everywhere
		"378282246310005":     false,
		"1234567890123452":    false, // testscheme's tokens, and no card scheme's
		"9012345678901238":    false,
		"4895370000000006":    false, // the simulator's own Visa tokens
		"5204240000000000009": false, // fails Luhn
	} {
		pan, ok := core.ParsePAN(number)
		if !ok {
			t.Fatal(number)
		}
		if got := Card(w, w.Ref(pan), []string{"123", "secret", number}); got != want {
			t.Errorf("%s: may be real is %t", number, got)
		}
		if Card(w, w.Ref(pan), []string{"4000000000001091"}) {
			t.Errorf("%s was not sent and is judged", number)
		}
	}
	if Card(w, core.CardRef{}, []string{"4539578763621486"}) {
		t.Error("a request about no card is judged")
	}
}

func TestCardsByDigest(t *testing.T) {
	w := world(t)
	for number, want := range map[string]bool{
		"4539578763621486": true, "4539578763621487": true, // nobody can tell its Luhn digit
		"4916934502308682": false, "4000000000001091": false, "4111111111111111": false,
	} {
		sum := sha256.Sum256([]byte(number))
		ref := w.RefOfDigest(sum)
		ref.First6, ref.Last4, ref.Length = number[:6], number[12:], 16
		if got := Card(w, ref, []string{base64.StdEncoding.EncodeToString(sum[:])}); got != want {
			t.Errorf("the digest of %s: may be real is %t", number, got)
		}
	}
}

func TestCredentials(t *testing.T) {
	jwt := "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJiYW5rIn0.c2lnbmF0dXJl"
	tests := map[string]struct {
		header, value string
		secrets       []string
		want          bool
	}{
		"nothing":                    {},
		"a Cardtokens key":           {header: "X-Api-Key", value: "12f77bae3f8f4ae1a2d5e4c1b0a99876", want: true},
		"a key of another form":      {header: "X-Api-Key", value: "my-test-key"},
		"a key that says live":       {header: "X-Api-Key", value: "acme_live_0123456789", want: true},
		"a word with live in it":     {header: "X-Api-Key", value: "delivery-test"},
		"a signed token":             {header: "Authorization", value: "Bearer " + jwt, want: true},
		"a signed token, other head": {header: "X-Zeta-AuthToken", value: jwt, want: true},
		"a tenant's own":             {header: "X-Zeta-AuthToken", value: "eyJvd24tdG9rZW4.eyJvd24tdG9rZW4.own"},
		"a password of production":   {header: "Authorization", value: "Basic c2hvcDpwcm9kLVNlY3JldDE=", want: true},
		"a plain password":           {header: "Authorization", value: "Basic c2hvcDpzZWNyZXQx"},
		"a transaction password":     {secrets: []string{"live-Pwd"}, want: true},
	}
	for name, tt := range tests {
		h := http.Header{}
		h.Set(tt.header, tt.value)
		if got := Credential(h, tt.secrets, []string{"eyJvd24tdG9rZW4.eyJvd24tdG9rZW4.own"}); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestModes(t *testing.T) {
	for _, text := range []string{"off", "warn", "refuse"} {
		if m, ok := ParseMode(text); !ok || string(m) != text || m.Looks() != (text != "off") {
			t.Errorf("%s is not read", text)
		}
	}
	for _, text := range []string{"", "on", "WARN"} {
		if m, ok := ParseMode(text); ok || m.Looks() {
			t.Errorf("%q is read", text)
		}
	}
}

package core

import (
	"crypto/hmac"
	"crypto/sha256"
	"testing"

	"pgregory.net/rapid"
)

// TestMAC holds it to the standard library's.
func TestMAC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "key")
		text := rapid.SliceOfN(rapid.Byte(), 0, 600).Draw(t, "text")
		mac := hmac.New(sha256.New, key)
		mac.Write(text)
		if got := MAC(key, text); !hmac.Equal(got[:], mac.Sum(nil)) {
			t.Fatalf("%x is not %x", got, mac.Sum(nil))
		}
	})
}

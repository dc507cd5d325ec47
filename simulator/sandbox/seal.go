package sandbox

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// Seal hides a value that must be given back later and may hold anything, a
// card number included: AES-256-GCM under a key of the world, so that nothing
// of it stands in the store in clear. Empty stays empty.
func (w *World) Seal(plain string) string {
	if plain == "" {
		return ""
	}
	box := w.box
	nonce := sha256.Sum256([]byte(w.Digest("seal", plain)))
	sealed := box.Seal(nonce[:box.NonceSize():box.NonceSize()], nonce[:box.NonceSize()], []byte(plain), nil)
	return base64.RawURLEncoding.EncodeToString(sealed)
}

// Unseal gives a sealed value back; what this world did not seal is empty.
func (w *World) Unseal(sealed string) string {
	data, err := base64.RawURLEncoding.DecodeString(sealed)
	box := w.box
	if err != nil || len(data) < box.NonceSize() {
		return ""
	}
	plain, err := box.Open(nil, data[:box.NonceSize()], data[box.NonceSize():], nil)
	if err != nil {
		return ""
	}
	return string(plain)
}

// newBox makes the cipher of a world from its key of 32 bytes.
func newBox(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make the sealing cipher: %w", err)
	}
	return cipher.NewGCM(block)
}

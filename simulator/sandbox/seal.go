package sandbox

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
)

// Seal hides a value that must be given back later and may hold anything, a
// card number included: AES-256-GCM under a key of the world, so that nothing
// of it stands in the store in clear. Empty stays empty.
func (w *World) Seal(plain string) string {
	if plain == "" {
		return ""
	}
	box := w.sealer()
	nonce := sha256.Sum256([]byte(w.Digest("seal", plain)))
	sealed := box.Seal(nonce[:box.NonceSize():box.NonceSize()], nonce[:box.NonceSize()], []byte(plain), nil)
	return base64.RawURLEncoding.EncodeToString(sealed)
}

// Unseal gives a sealed value back; what this world did not seal is empty.
func (w *World) Unseal(sealed string) string {
	data, err := base64.RawURLEncoding.DecodeString(sealed)
	box := w.sealer()
	if err != nil || len(data) < box.NonceSize() {
		return ""
	}
	plain, err := box.Open(nil, data[:box.NonceSize()], data[box.NonceSize():], nil)
	if err != nil {
		return ""
	}
	return string(plain)
}

// sealer cannot fail: the key has 32 bytes, and AES has blocks of 16.
func (w *World) sealer() cipher.AEAD {
	block, err := aes.NewCipher(w.draws.derive("seal"))
	if err != nil {
		panic("sandbox: AES refuses a key of 32 bytes: " + err.Error())
	}
	box, err := cipher.NewGCM(block)
	if err != nil {
		panic("sandbox: GCM refuses AES: " + err.Error())
	}
	return box
}

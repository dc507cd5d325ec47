package core

import "crypto/sha256"

const (
	macBlock = 64  // of SHA-256, in bytes
	ordinary = 256 // most of what is hashed is shorter
)

// MAC is HMAC-SHA256 (RFC 2104) written out: most of what cardsim keeps is found by
// one of a short text, and crypto/hmac makes two hashes on the heap for each.
func MAC(key, text []byte) [sha256.Size]byte {
	if len(key) > macBlock {
		short := sha256.Sum256(key)
		key = short[:]
	}
	var room [macBlock + ordinary]byte
	var outer [macBlock + sha256.Size]byte
	inner := append(room[:macBlock], text...)
	for i := range macBlock {
		inner[i], outer[i] = 0x36, 0x5c
	}
	for i, b := range key {
		inner[i] ^= b
		outer[i] ^= b
	}
	sum := sha256.Sum256(inner)
	copy(outer[macBlock:], sum[:])
	return sha256.Sum256(outer[:])
}

package sandbox

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"cardsim/simulator/core"
)

// Sealer hides values of one world: with its seed and origin they are found
// again, and nothing else is needed.
type Sealer struct {
	fpKey []byte
	box   cipher.AEAD
	links cipher.Block
}

// NewSealer is the sealer of every world with this seed and origin id.
func NewSealer(seed uint64, origin string) (*Sealer, error) {
	draws := newDrawKey(seed, origin)
	seal, fingerprint := draws.derive([]string{"seal"}), draws.derive([]string{"fingerprint"})
	link := draws.derive([]string{"link"})
	box, err := newBox(seal[:])
	if err != nil {
		return nil, err
	}
	links, err := newBlock(link[:])
	if err != nil {
		return nil, err
	}
	return &Sealer{fpKey: fingerprint[:], box: box, links: links}, nil
}

// Seal hides a value that must be given back later and may hold anything, a
// card number included: AES-256-GCM under a key of the world, so that nothing
// of it stands in the store in clear. Empty stays empty.
func (s *Sealer) Seal(plain string) string {
	if plain == "" {
		return ""
	}
	nonce := sha256.Sum256([]byte(s.Digest("seal", plain)))
	sealed := s.box.Seal(nonce[:s.box.NonceSize():s.box.NonceSize()], nonce[:s.box.NonceSize()], []byte(plain), nil)
	return base64.RawURLEncoding.EncodeToString(sealed)
}

// Unseal gives a sealed value back; what this world did not seal is empty.
func (s *Sealer) Unseal(sealed string) string {
	if sealed == "" {
		return ""
	}
	length := base64.RawURLEncoding.DecodedLen(len(sealed))
	data := make([]byte, length, length+len(sealed)) // the text behind what it decodes to
	length, err := base64.RawURLEncoding.Decode(data, append(data[length:], sealed...))
	if err != nil || length < s.box.NonceSize() {
		return ""
	}
	data = data[:length]
	nonce, box := data[:s.box.NonceSize()], data[s.box.NonceSize():]
	plain, err := s.box.Open(box[:0], nonce, box, nil)
	if err != nil {
		return ""
	}
	return string(plain)
}

// Digest is the keyed digest under which a secret value (a cryptogram, a CAVV)
// is found again without being kept.
func (s *Sealer) Digest(kind, value string) string {
	return core.Fingerprint(s.fpKey, []byte(kind+"\x00"+value))
}

// newBox makes the cipher of a world from its key of 32 bytes.
func newBox(key []byte) (cipher.AEAD, error) {
	block, err := newBlock(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func newBlock(key []byte) (cipher.Block, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make a cipher of a sandbox: %w", err)
	}
	return block, nil
}

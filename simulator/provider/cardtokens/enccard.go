package cardtokens

import (
	"crypto/rsa"
	"crypto/sha512"
	"encoding/base64"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
)

// errCard is the one answer to every enccard that does not open, whatever the
// step that failed: the simulator teaches no padding oracle (reference
// cardtokens.md §5).
func errCard() error {
	return core.Errf(core.CodeInvalid, "enccard", "the encrypted card could not be read")
}

// openCard decrypts and parses the encrypted card object with the sandbox's key.
// Not more than GOMAXPROCS decryptions run at once, so that the calls which need
// none are not kept waiting for a processor.
func (p *Provider) openCard(c *provider.Call, enccard string) (cardObject, error) {
	ciphertext, err := base64.StdEncoding.DecodeString(enccard) // skips line feeds
	if err != nil || c.World.Key == nil {
		return cardObject{}, errCard()
	}
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-c.Request.Ctx.Done():
		return cardObject{}, errCard() // the caller has gone
	}
	for _, open := range []func(*rsa.PrivateKey, []byte) ([]byte, error){openPKCS1, openOAEP} {
		plain, err := open(c.World.Key, ciphertext)
		if err != nil {
			continue
		}
		if card, err := decodeCard(plain); err == nil {
			c.Secret(string(plain))
			return card, nil
		}
	}
	return cardObject{}, errCard()
}

// openPKCS1 is the documented padding (reference cardtokens.md §5).
func openPKCS1(key *rsa.PrivateKey, ciphertext []byte) ([]byte, error) {
	return rsa.DecryptPKCS1v15(nil, key, ciphertext) //nolint:staticcheck // deprecated, but the provider's protocol demands it
}

// openOAEP is the second padding that the service takes, with SHA-512 for hash
// and mask (reference cardtokens.md §5, observed in the C# sample).
func openOAEP(key *rsa.PrivateKey, ciphertext []byte) ([]byte, error) {
	return rsa.DecryptOAEP(sha512.New(), nil, key, ciphertext, nil)
}

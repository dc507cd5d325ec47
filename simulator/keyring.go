package simulator

import (
	"crypto/rsa"

	"cardsim/fixtures"
	"cardsim/fixtures/keys"
	"cardsim/simulator/threeds"
)

// keyring holds the published keys. Reading one proves that its parts belong together,
// which takes as long as opening a database, so it is done meanwhile.
type keyring struct {
	cardtokens func() (*rsa.PrivateKey, error)
	signing    func() (threeds.Signing, error)
}

func readKeys() keyring {
	return keyring{
		cardtokens: beside(func() (*rsa.PrivateKey, error) { return fixtures.ParsePrivateKey(keys.CardtokensPrivatePEM()) }),
		signing:    beside(threeds.PublishedSigning),
	}
}

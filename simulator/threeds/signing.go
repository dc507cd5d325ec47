package threeds

import (
	"crypto/x509"
	"errors"
	"time"

	"cardsim/fixtures/keys"
	"cardsim/simulator/threeds/pares"
)

// Signing is what PaRes messages are signed with, and what they are verified
// against. Signing and verifying are slow and happen outside store transactions.
type Signing struct {
	Signer *pares.Signer
	Roots  *x509.CertPool
}

// PublishedSigning is the chain that cardsim publishes for its sandboxes.
func PublishedSigning() (Signing, error) {
	key, err := keys.ACSSignerKey()
	if err != nil {
		return Signing{}, wrap(err, "read the issuer's signing key")
	}
	chain, err := keys.ACSChain()
	if err != nil {
		return Signing{}, wrap(err, "read the issuer's certificates")
	}
	root, err := keys.ACSRoot()
	if err != nil {
		return Signing{}, wrap(err, "read the issuer's root certificate")
	}
	roots := x509.NewCertPool()
	roots.AddCert(root)
	return Signing{Signer: &pares.Signer{Key: key, Chain: chain}, Roots: roots}, nil
}

// Presented is a PaRes as a merchant sent it, read and verified.
type Presented struct {
	// Given says that one was sent; Unreadable that it does not inflate, Unparsed
	// that it inflates but is no PARes.
	Given, Unreadable, Unparsed bool
	// Verified says that the signature holds.
	Verified bool
	PARes    pares.PARes
}

// Present reads a PaRes. It touches no state and may take a millisecond.
func (g Signing) Present(text string, at time.Time) Presented {
	if text == "" {
		return Presented{}
	}
	r, err := pares.Verify(text, g.Roots, at)
	return Presented{
		Given: true, PARes: r, Verified: err == nil,
		Unparsed:   errors.Is(err, pares.ErrNotParsed),
		Unreadable: errors.Is(err, pares.ErrNotInflated),
	}
}

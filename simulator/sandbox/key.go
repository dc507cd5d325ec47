package sandbox

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
)

// PublicKeyForm is a PEM form of the RSA public key (reference cardtokens.md §5).
type PublicKeyForm string

// The two forms that clients want.
const (
	SPKI  PublicKeyForm = "spki"  // BEGIN PUBLIC KEY
	PKCS1 PublicKeyForm = "pkcs1" // BEGIN RSA PUBLIC KEY
)

// PublicKeyPEM is the key that Cardtokens' enccard is encrypted with.
func (w *World) PublicKeyPEM(form PublicKeyForm) ([]byte, error) {
	if w.Key == nil {
		return nil, fmt.Errorf("sandbox %s has no Cardtokens key", w.ID)
	}
	return encodePublic(&w.Key.PublicKey, form)
}

func encodePublic(key *rsa.PublicKey, form PublicKeyForm) ([]byte, error) {
	switch form {
	case PKCS1:
		return pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(key)}), nil
	case SPKI:
		der, err := x509.MarshalPKIXPublicKey(key)
		if err != nil {
			return nil, fmt.Errorf("encode the public key: %w", err)
		}
		return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), nil
	default:
		return nil, fmt.Errorf("a public key is given as spki or pkcs1, not %q", form)
	}
}

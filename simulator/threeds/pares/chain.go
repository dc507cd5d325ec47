package pares

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha1" // 3-D Secure 1.0 signs with SHA-1 and nothing else; see B3.5
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"cardsim/simulator/threeds/emv/anybase64"
)

// maxCertificates bounds the work a message can ask for; real ones hold three.
const maxCertificates = 8

// certificates reads the X509Certificate elements of a Signature, in whatever
// order they stand.
func certificates(signature *element) ([]*x509.Certificate, error) {
	var certs []*x509.Certificate
	keyInfo := signature.first("KeyInfo")
	if keyInfo == nil {
		return nil, errors.New("the Signature holds no KeyInfo")
	}
	for _, data := range keyInfo.all("X509Data") {
		for _, e := range data.all("X509Certificate") {
			if len(certs) == maxCertificates {
				return nil, fmt.Errorf("the Signature holds more than %d certificates", maxCertificates)
			}
			der, err := anybase64.Decode(e.value())
			if err != nil {
				return nil, fmt.Errorf("X509Certificate: %w", err)
			}
			cert, err := x509.ParseCertificate(der)
			if err != nil {
				return nil, fmt.Errorf("X509Certificate: %w", err)
			}
			certs = append(certs, cert)
		}
	}
	return certs, nil
}

// findSigner is the certificate whose key made the signature value: the order
// of the certificates tells nothing.
func findSigner(certs []*x509.Certificate, signed, value []byte) (*x509.Certificate, error) {
	hash := sha1.Sum(signed)
	for _, cert := range certs {
		key, ok := cert.PublicKey.(*rsa.PublicKey)
		if ok && rsa.VerifyPKCS1v15(key, crypto.SHA1, hash[:], value) == nil {
			return cert, nil
		}
	}
	return nil, errors.New("no certificate of the message has made the signature value")
}

// trusted checks the signer's chain. Certificates must be signed with SHA-256
// or better, as the x509 package demands; only the XML signature is SHA-1.
func trusted(signer *x509.Certificate, certs []*x509.Certificate, roots *x509.CertPool, at time.Time) error {
	if roots == nil {
		return errors.New("no trusted root certificates were given")
	}
	if at.IsZero() {
		// The x509 package would read the wall clock.
		return errors.New("no time was given to check the certificates at")
	}
	others := x509.NewCertPool()
	for _, cert := range certs {
		if cert != signer {
			others.AddCert(cert)
		}
	}
	_, err := signer.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: others, CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	if err != nil {
		return fmt.Errorf("signer's chain: %w", err)
	}
	return nil
}

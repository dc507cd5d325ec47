package pares

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha1" // 3-D Secure 1.0 signs with SHA-1 and nothing else; see B3.5
	"encoding/base64"
	"fmt"
)

// The names of the XML signature of a PARes (reference cipher-acs.md B3.5:
// observed in every real message).
const (
	nsSignature  = "http://www.w3.org/2000/09/xmldsig#"
	algCanonical = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	algRSASHA1   = nsSignature + "rsa-sha1"
	algSHA1      = nsSignature + "sha1"
)

// Signer holds what an ACS signs with. With 2048-bit keys and at most three
// certificates a PARes stays below Cardinal's 10240 characters.
type Signer struct {
	Key   *rsa.PrivateKey
	Chain [][]byte // DER certificates, the signer's first
}

// sign makes the Signature element over body, the canonical bytes of the
// element with that id.
func (s *Signer) sign(id, body string) (string, error) {
	if s == nil || s.Key == nil || len(s.Chain) == 0 {
		return "", ErrSigner
	}
	digest := sha1.Sum([]byte(body))
	info := signedInfo(id, digest[:])
	hash := sha1.Sum([]byte(info))
	value, err := rsa.SignPKCS1v15(nil, s.Key, crypto.SHA1, hash[:])
	if err != nil {
		return "", fmt.Errorf("sign: %w", err)
	}
	var w writer
	w.begin("Signature", "xmlns", nsSignature)
	w.raw(info)
	w.leaf("SignatureValue", base64.StdEncoding.EncodeToString(value))
	w.begin("KeyInfo")
	w.begin("X509Data")
	for _, der := range s.Chain {
		w.leaf("X509Certificate", base64.StdEncoding.EncodeToString(der))
	}
	w.end()
	w.end()
	w.end()
	return w.out.String(), nil
}

// signedInfo repeats the xmlns it would inherit (the form PA2), so that its
// bytes as written are what is hashed.
func signedInfo(id string, digest []byte) string {
	var w writer
	w.begin("SignedInfo", "xmlns", nsSignature)
	w.begin("CanonicalizationMethod", "Algorithm", algCanonical)
	w.end()
	w.begin("SignatureMethod", "Algorithm", algRSASHA1)
	w.end()
	w.begin("Reference", "URI", "#"+id)
	w.begin("DigestMethod", "Algorithm", algSHA1)
	w.end()
	w.leaf("DigestValue", base64.StdEncoding.EncodeToString(digest))
	w.end()
	w.end()
	return w.out.String()
}

package pares

import (
	"bytes"
	"crypto/sha1" // 3-D Secure 1.0 signs with SHA-1 and nothing else; see B3.5
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"cardsim/simulator/threeds/emv/anybase64"
)

// Verify reads the form field PaRes and checks its signature: digest,
// signature value, and the signer's chain up to one of roots at the time at.
// Both forms of SignedInfo and every order of certificates are accepted
// (reference cipher-acs.md B3.5: observed).
//
// The error is ErrNotInflated, ErrNotParsed or ErrSignature. Values come back
// with ErrSignature too, because Cardinal reports the status of a PARes whose
// signature is wrong; they prove nothing then. Without an error they are
// exactly those of the signed element. Whether they obey the rules is
// PARes.Validate's to say.
func Verify(text string, roots *x509.CertPool, at time.Time) (PARes, error) {
	raw, err := unpack(text)
	if err != nil {
		return PARes{}, fmt.Errorf("PARes: %w", err)
	}
	d, err := readPARes(raw)
	if err != nil {
		return PARes{}, fmt.Errorf("PARes: %w", err)
	}
	if err := d.checkSignature(roots, at); err != nil {
		return d.values, fmt.Errorf("PARes: %w: %w", ErrSignature, err)
	}
	return d.values, nil
}

func (d document) checkSignature(roots *x509.CertPool, at time.Time) error {
	signature, info, err := d.signature()
	if err != nil {
		return err
	}
	if err := d.checkReference(info); err != nil {
		return err
	}
	value, err := anybase64.Decode(signature.value("SignatureValue"))
	if err != nil {
		return fmt.Errorf("SignatureValue: %w", err)
	}
	certs, err := certificates(signature)
	if err != nil {
		return err
	}
	signer, err := findSigner(certs, canonical(info), value)
	if err != nil {
		return err
	}
	return trusted(signer, certs, roots, at)
}

// signature finds the one Signature, a sibling of the PARes, and its
// SignedInfo. Everything else about them is refused rather than interpreted.
func (d document) signature() (signature, info *element, err error) {
	if n := d.root.count(func(e *element) bool { return e.local() == "Signature" }); n != 1 {
		return nil, nil, fmt.Errorf("the message holds %d signatures instead of one", n)
	}
	signature = d.message.first("Signature")
	if signature == nil || signature.namespace() != nsSignature {
		return nil, nil, errors.New("the Signature is not a child of Message in its own namespace")
	}
	infos := signature.all("SignedInfo")
	if len(infos) != 1 || infos[0].namespace() != nsSignature {
		return nil, nil, fmt.Errorf("the Signature holds %d SignedInfo instead of one", len(infos))
	}
	info = infos[0]
	if alg(info.first("CanonicalizationMethod")) != algCanonical || alg(info.first("SignatureMethod")) != algRSASHA1 {
		return nil, nil, errors.New("the Signature is not rsa-sha1 over Canonical XML 1.0")
	}
	return signature, info, nil
}

// checkReference guards against signature wrapping: the one Reference must
// name the element the values were read from, and no other element may bear
// that id.
func (d document) checkReference(info *element) error {
	references := info.all("Reference")
	if len(references) != 1 {
		return fmt.Errorf("SignedInfo holds %d references instead of one", len(references))
	}
	reference := references[0]
	uri, _ := reference.attr("URI")
	if d.values.ID == "" || uri != "#"+d.values.ID {
		return errors.New("the reference does not point to the PARes")
	}
	if n := d.root.count(func(e *element) bool { return e.hasID(d.values.ID) }); n != 1 {
		return fmt.Errorf("%d elements bear the id of the PARes", n)
	}
	if err := checkTransforms(reference); err != nil {
		return err
	}
	want, err := anybase64.Decode(reference.value("DigestValue"))
	if err != nil {
		return fmt.Errorf("DigestValue: %w", err)
	}
	if got := sha1.Sum(canonical(d.body)); !bytes.Equal(got[:], want) {
		return errors.New("the digest of the PARes differs")
	}
	return nil
}

// checkTransforms allows none, which means Canonical XML 1.0, or that one said
// aloud.
func checkTransforms(reference *element) error {
	if alg(reference.first("DigestMethod")) != algSHA1 {
		return errors.New("the digest is not sha1")
	}
	for _, transforms := range reference.all("Transforms") {
		for _, transform := range transforms.all("Transform") {
			if alg(transform) != algCanonical {
				return errors.New("the reference has a transform other than Canonical XML 1.0")
			}
		}
	}
	return nil
}

// hasID says that a verifier could take id as the element's.
func (e *element) hasID(id string) bool {
	for _, name := range []string{"id", "ID", "Id", "xml:id"} {
		if value, ok := e.attr(name); ok && value == id {
			return true
		}
	}
	return false
}

func alg(e *element) string {
	if e == nil {
		return ""
	}
	name, _ := e.attr("Algorithm")
	return name
}

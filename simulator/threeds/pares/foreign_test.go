package pares_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cardsim/fixtures/keys"
	"cardsim/simulator/threeds/pares"
)

// verifier is a program that is not ours: it checks the XML of a PARes against
// the shipped root and reports whether it is content.
type verifier func(t *testing.T, xml string) (content bool, output string)

func TestForeignVerifiersAgree(t *testing.T) {
	good := encode(t, response("Y"))
	bad, err := pares.Tamper(good)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		program string
		verify  verifier
	}{
		"xmlsec1": {"xmlsec1", withXMLSec},
		"openssl": {"openssl", withOpenSSL},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(c.program); err != nil {
				t.Skipf("%s is not installed here (Debian: apt install %s)", c.program, c.program)
			}
			if content, output := c.verify(t, document(t, good)); !content {
				t.Errorf("refuses our PARes: %s", output)
			}
			if content, output := c.verify(t, document(t, bad)); content {
				t.Errorf("accepts a tampered PARes: %s", output)
			}
		})
	}
}

// withXMLSec runs a full XML signature implementation: it parses, finds the id,
// canonicalises and builds the chain itself.
func withXMLSec(t *testing.T, xml string) (bool, string) {
	dir := t.TempDir()
	root, message := write(t, dir, "root.pem", keys.ACSRootPEM()), write(t, dir, "pares.xml", []byte(xml))
	output, err := exec.Command("xmlsec1", "--verify", "--id-attr:id", "PARes",
		"--enabled-key-data", "x509", "--trusted-pem", root, message).CombinedOutput()
	return err == nil, string(output)
}

// withOpenSSL takes the message apart as text, which works because its bytes
// are canonical as they stand, and lets openssl do digest, signature and chain.
func withOpenSSL(t *testing.T, xml string) (bool, string) {
	dir := t.TempDir()
	body := write(t, dir, "body", []byte("<PARes "+between(t, xml, "<PARes ", "</PARes>")+"</PARes>"))
	info := write(t, dir, "info", []byte("<SignedInfo "+between(t, xml, "<SignedInfo ", "</SignedInfo>")+"</SignedInfo>"))
	value := write(t, dir, "value", unbase64(t, between(t, xml, "<SignatureValue>", "</SignatureValue>")))
	var chain []string
	for _, part := range strings.Split(xml, "<X509Certificate>")[1:] {
		der := write(t, dir, "der", unbase64(t, between(t, part, "", "</X509Certificate>")))
		chain = append(chain, write(t, dir, "cert"+string(rune('0'+len(chain))), openssl(t, "x509", "-inform", "DER", "-in", der)))
	}
	root := write(t, dir, "root", keys.ACSRootPEM())
	openssl(t, "verify", "-CAfile", root, "-untrusted", chain[1], chain[0])
	public := write(t, dir, "public", openssl(t, "x509", "-in", chain[0], "-pubkey", "-noout"))

	digest := unbase64(t, between(t, xml, "<DigestValue>", "</DigestValue>"))
	if got := openssl(t, "dgst", "-sha1", "-binary", body); !bytes.Equal(got, digest) {
		return false, "the digest differs"
	}
	output, err := exec.Command("openssl", "dgst", "-sha1", "-verify", public, "-signature", value, info).CombinedOutput()
	return err == nil, string(output)
}

func openssl(t *testing.T, args ...string) []byte {
	t.Helper()
	output, err := exec.Command("openssl", args...).Output()
	if err != nil {
		t.Fatalf("openssl %s: %v", args[0], err)
	}
	return output
}

func write(t *testing.T, dir, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func between(t *testing.T, text, before, after string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, before)
	inner, _, closed := strings.Cut(rest, after)
	if !found || !closed {
		t.Fatalf("the message holds no %s", before)
	}
	return inner
}

func unbase64(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

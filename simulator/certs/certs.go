// Package certs makes the certificates that --tls serves with: a certificate
// authority of this run, and under it one certificate for each name that is asked
// for. Nothing of it is kept: the next run has another authority.
//
// It owns keys and certificates and knows no listener and no provider.
package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"time"

	"cardsim/simulator/clock"
)

// maxNames bounds how many certificates are kept: a caller may ask for any name.
const maxNames = 256

// Authority signs a certificate for whatever name a caller expects to meet.
type Authority struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
	der  []byte

	mu    sync.Mutex
	leafs map[string]*tls.Certificate
}

// New makes an authority that is good for a year, by the machine's clock: callers
// judge certificates by theirs.
func New() (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make the key of the certificate authority: %w", err)
	}
	t, err := template("cardsim, certificate authority of one run")
	if err != nil {
		return nil, err
	}
	t.IsCA, t.BasicConstraintsValid = true, true
	t.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("make the certificate authority: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read the certificate authority: %w", err)
	}
	return &Authority{key: key, cert: cert, der: der, leafs: map[string]*tls.Certificate{}}, nil
}

// PEM is the authority's certificate, for a caller's list of trusted ones.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.der})
}

// Config is the TLS configuration of a listener: HTTP/1.1 only, because faults
// need the raw connection (decisions 6).
func (a *Authority) Config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, GetCertificate: a.certificate}
}

// certificate is the one for the name that a caller expects, or for the address
// it has come to.
func (a *Authority) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	name := strings.ToLower(strings.TrimSuffix(hello.ServerName, "."))
	if name == "" {
		name = "localhost"
		if addr, ok := hello.Conn.LocalAddr().(*net.TCPAddr); ok {
			name = addr.IP.String()
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if c, ok := a.leafs[name]; ok {
		return c, nil
	}
	c, err := a.leaf(name)
	if err != nil {
		return nil, err
	}
	if len(a.leafs) >= maxNames {
		clear(a.leafs)
	}
	a.leafs[name] = c
	return c, nil
}

func (a *Authority) leaf(name string) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make the key of %s: %w", name, err)
	}
	t, err := template(name)
	if err != nil {
		return nil, err
	}
	t.KeyUsage, t.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	if ip := net.ParseIP(name); ip != nil {
		t.IPAddresses = []net.IP{ip}
	} else {
		t.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, a.cert, &key.PublicKey, a.key)
	if err != nil {
		return nil, fmt.Errorf("make the certificate of %s: %w", name, err)
	}
	return &tls.Certificate{Certificate: [][]byte{der, a.der}, PrivateKey: key}, nil
}

// template is what every certificate has; names are cut to what a common name
// takes.
func template(name string) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("number a certificate: %w", err)
	}
	now := clock.Machine()
	return &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name[:min(len(name), 64)]},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(365 * 24 * time.Hour),
	}, nil
}

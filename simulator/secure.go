package simulator

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"

	"cardsim/simulator/certs"
)

// secure lets both listeners speak HTTPS as well, when that was asked for.
func (s *Simulator) secure() error {
	if (s.cfg.TLSCert == "") != (s.cfg.TLSKey == "") {
		return errors.New("a certificate needs its key, and a key its certificate: give --tls-cert and --tls-key")
	}
	if s.cfg.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(s.cfg.TLSCert, s.cfg.TLSKey)
		if err != nil {
			return fmt.Errorf("read the certificate (--tls-cert %s, --tls-key %s): %w", s.cfg.TLSCert, s.cfg.TLSKey, err)
		}
		s.servers.encrypt(&tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}, Certificates: []tls.Certificate{pair}})
		return nil
	}
	if !s.cfg.TLS {
		return nil
	}
	authority, err := certs.New()
	if err != nil {
		return err
	}
	s.ca = authority.PEM()
	s.servers.encrypt(authority.Config())
	return nil
}

// base is the root of the URLs that an answer hands out: where --public-url says,
// else over TLS the name that the caller knows us by (a provider's own, if the
// test environment maps it here), else the listener.
func (s *Simulator) base(r *http.Request) string {
	if s.cfg.PublicURL == "" && r.TLS != nil && r.Host != "" {
		return "https://" + r.Host
	}
	return s.root
}

package simulator_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// trusting is an HTTP client that trusts the run's authority, and reaches every
// name at the simulator: what a test environment with mapped names is.
func trusting(t *testing.T, c *simulatortest.Client) *http.Client {
	t.Helper()
	ca, err := c.Do(http.MethodGet, c.Env["CARDSIM_ADMIN_URL"]+"/ca.pem", nil)
	if err != nil || ca.Status != http.StatusOK {
		t.Fatalf("the authority: %v, HTTP %d %s", err, ca.Status, ca.Body)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(ca.Body) {
		t.Fatalf("no certificate: %s", ca.Body)
	}
	at, err := url.Parse(c.Env["CARDSIM_URL"])
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: pool},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, at.Host)
		},
	}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// TestHTTPSUnderTheProvidersNames: the addresses of the vendors' pages work as they
// are, and what is handed out stays under them.
func TestHTTPSUnderTheProvidersNames(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{TLS: true})
	plain := c.Env["CARDSIM_URL"]
	mapped := *c
	mapped.HTTP = trusting(t, c)
	mapped.Env = map[string]string{}
	for name, value := range c.Env {
		mapped.Env[name] = value
	}
	mapped.Env["CARDINAL_URL"] = "https://centineltest.cardinalcommerce.com/maps/txns.asp"
	mapped.Env["ACEHUB_URL"] = "https://stagconnect.acehubpaymentservices.com/gateway/v3/"
	mapped.Env["CARDTOKENS_URL"] = "https://api.cardtokens.io"
	lookup, err := mapped.Lookup(simulatortest.Order{Number: "TLS-ORDER-1", Minor: 12345, Currency: "978", Card: simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}})
	if err != nil {
		t.Fatal(err)
	}
	if got := lookup["StepUpUrl"]; !strings.HasPrefix(got, "https://centineltest.cardinalcommerce.com/") {
		t.Errorf("StepUpUrl leaves the name that was called: %q", got)
	}
	// HTTP stays beside it on the same port, and hands out its own.
	if lookup, err = c.Lookup(simulatortest.Order{Number: "TLS-ORDER-2", Minor: 12345, Currency: "978", Card: simulatortest.Card{PAN: "4000000000001091", Month: 1, Year: 2031}}); err != nil {
		t.Fatal(err)
	}
	if got := lookup["StepUpUrl"]; !strings.HasPrefix(got, plain) {
		t.Errorf("StepUpUrl over HTTP is %q", got)
	}
}

// TestHTTPSIsHTTP11: whatever the client would rather speak (decisions 6).
func TestHTTPSIsHTTP11(t *testing.T) {
	c, _ := simulatortest.Start(t, simulator.Config{TLS: true})
	https := trusting(t, c)
	resp, err := https.Get("https://localhost/api/token")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.Proto != "HTTP/1.1" || resp.TLS == nil {
		t.Errorf("it speaks %s", resp.Proto)
	}
}

func TestFaultsStrikeUnderTLS(t *testing.T) {
	const reset = "version: 1\nname: lost\nsummary: Answers get lost.\nrules:\n  - name: lost\n    on: acehub.payment.create\n    do: {fault: {kind: reset, at: after-commit}}\n"
	c, _ := simulatortest.Start(t, simulator.Config{TLS: true})
	if a, err := c.Do(http.MethodPut, c.Env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/default/scenarios", []byte(reset), "Content-Type", "application/yaml"); err != nil || a.Status != http.StatusOK {
		t.Fatalf("%v %d %s", err, a.Status, a.Body)
	}
	req, err := http.NewRequest(http.MethodPost, strings.Replace(c.Env["ACEHUB_URL"], "http://", "https://", 1)+"payments", strings.NewReader(
		`{"action":"authorize","header":{"businessId":"`+c.Env["ACEHUB_BUSINESS_ID"]+`"},"body":{"transaction":{"trackingCode":"TLS-ORDER-3","brandId":1010,"amount":1,"currencyCode":"EUR"},"card":{"number":"4000000000001091","expiryMonth":1,"expiryYear":2031}}}`))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(c.Env["ACEHUB_USERNAME"], c.Env["ACEHUB_PASSWORD"])
	req.Header.Set("Content-Type", "application/json")
	resp, err := trusting(t, c).Do(req)
	if err == nil {
		resp.Body.Close()
		t.Fatalf("answered HTTP %d", resp.StatusCode)
	}
	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the client meets %v, want a reset", err)
	}
}

// TestSilentConnectionsHoldNobodyUp: one that says nothing neither stops others
// from being served nor the simulator from closing.
func TestSilentConnectionsHoldNobodyUp(t *testing.T) {
	s, err := simulator.New(simulator.Config{TLS: true})
	if err != nil {
		t.Fatal(err)
	}
	silent, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	resp, err := http.Get(s.AdminURL() + "/livez")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := silent.Read(make([]byte, 1)); !errors.Is(err, io.EOF) && !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the silent connection meets %v", err)
	}
}

func TestCertificateNeedsItsKey(t *testing.T) {
	for _, cfg := range []simulator.Config{{TLSCert: "cert.pem"}, {TLSKey: "key.pem"}, {TLSCert: "no-such.pem", TLSKey: "no-such.pem"}} {
		if s, err := simulator.New(cfg); err == nil || !strings.Contains(err.Error(), "--tls-cert") {
			t.Errorf("%+v starts, or says %v", cfg, err)
			if s != nil {
				_ = s.Close()
			}
		}
	}
}

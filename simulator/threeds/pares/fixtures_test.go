package pares_test

import (
	"crypto/x509"
	"testing"
	"time"

	"cardsim/fixtures/keys"
	"cardsim/simulator/threeds/pares"
)

// at is inside the shipped certificates' lifetime.
var at = time.Date(2020, 9, 14, 12, 0, 0, 0, time.UTC)

func request() pares.PAReq {
	return pares.PAReq{
		MessageID: "msg-0001",
		Version:   pares.Version,
		Merchant: pares.Merchant{
			AcqBIN: "400000", MerID: "sandbox-merchant-0001", Name: "Tea & Coffee <Shop>",
			Country: "208", URL: "http://127.0.0.1:8080/shop?a=1&b=2",
		},
		Purchase: pares.Purchase{
			XID: "QWJDZEVmR2hJaktsTW5PcFFyMDE=", Date: "20200914 11:59:30", Amount: "€12,30",
			PurchAmount: "1230", Currency: "978", Exponent: "2", Desc: "Order 42",
			Recur: &pares.Recur{Frequency: "28", EndRecur: "20210914"}, Install: "3",
		},
		CH: pares.Cardholder{AcctID: "acct-0001", Expiry: "2512"},
	}
}

func response(status string) pares.PARes {
	r := request().Answer()
	r.ID = "PARes-0001"
	r.PAN = pares.MaskPAN("4000000000000002", status)
	r.TX = pares.TX{Time: "20200914 12:00:00", Status: status}
	if status == "Y" || status == "A" {
		r.TX.CAVV, r.TX.ECI, r.TX.CAVVAlgorithm = "Y2FyZGluYWxjb21tZXJjZWF1dGg=", "05", "2"
	}
	return r
}

func signer(t testing.TB) *pares.Signer {
	t.Helper()
	key, err := keys.ACSSignerKey()
	if err != nil {
		t.Fatal(err)
	}
	chain, err := keys.ACSChain()
	if err != nil {
		t.Fatal(err)
	}
	return &pares.Signer{Key: key, Chain: chain}
}

func roots(t testing.TB) *x509.CertPool {
	t.Helper()
	root, err := keys.ACSRoot()
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(root)
	return pool
}

func encode(t testing.TB, r pares.PARes) string {
	t.Helper()
	text, err := pares.EncodePARes(r, signer(t))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// document is the XML inside a PARes text.
func document(t testing.TB, text string) string {
	t.Helper()
	_, raw, err := pares.DecodePARes(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

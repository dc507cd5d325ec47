package threeds

import (
	"fmt"
	"strconv"
	"strings"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/pares"
)

// Payload is what the browser takes to the issuer: a PaReq in 3-D Secure 1.0, a
// CReq in EMV; empty when there is no challenge.
func Payload(w *sandbox.World, t Transaction) (string, error) {
	if t.Challenge == nil {
		return "", nil
	}
	if !t.Version.EMV() {
		text, err := pares.EncodePAReq(PAReq(w, t))
		return text, wrap(err, "write a PaReq")
	}
	text, err := emv.EncodeCReq(CReq(t))
	return text, wrap(err, "write a CReq")
}

// CReq is a transaction's challenge request. Without ACSWindowSize the window is
// 390 by 400 (*ours*).
func CReq(t Transaction) emv.CReq {
	size := emv.WindowSize(t.WindowSize)
	if !size.Valid() {
		size = emv.Window390x400
	}
	return emv.CReq{
		MessageType: "CReq", MessageVersion: string(t.Version), ThreeDSServerTransID: t.ThreeDSServerTransID,
		ACSTransID: t.ACSTransID, ChallengeWindowSize: size,
	}
}

// PAReq is a 3-D Secure 1.0 transaction's request. A merchant of the sandbox has
// no acquirer's BIN, country or web site: these are made up (*ours*).
func PAReq(w *sandbox.World, t Transaction) pares.PAReq {
	m := pares.Merchant{
		AcqBIN: "4" + w.Draw("acquirer.bin", t.Merchant).Digits(5), MerID: cut(t.Merchant, maxMerID), Name: cut(t.Merchant, maxName),
		Country: "840", URL: "https://shop.example/",
	}
	if own, ok := w.Merchant(t.Merchant); ok {
		m.MerID, m.Name = cut(orElse(own.Cardinal.MerchantID, own.ID), maxMerID), cut(orElse(own.Name, own.ID), maxName)
	}
	cur, _ := core.CurrencyByAlpha(t.Money.Currency) // every stored amount was parsed
	return pares.PAReq{
		MessageID: "PAReq" + t.ID, Version: pares.Version, Merchant: m,
		Purchase: pares.Purchase{
			XID: t.XID(), Date: t.Created.UTC().Format(pares.TimeLayout), Amount: t.Money.String(),
			PurchAmount: strconv.FormatInt(t.Money.Minor, 10), Currency: cur.Numeric, Exponent: strconv.Itoa(cur.Decimals()),
		},
		CH: pares.Cardholder{
			AcctID: w.Draw("acs.account", t.Card.Fingerprint).Alnum(acctIDLength),
			Expiry: fmt.Sprintf("%02d%02d", t.Expiry.Year%100, t.Expiry.Month),
		},
	}
}

// The lengths of reference cipher-acs.md B3.2.
const (
	maxMerID     = 24
	maxName      = 25
	acctIDLength = 24
)

// cut shortens a text to n characters, in whole runes.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n]))
}

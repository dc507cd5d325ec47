package demo

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
)

// token is Cardtokens' answer to create.
type token struct {
	Scheme   string `json:"scheme"`
	Token    string `json:"token"`
	TokenID  string `json:"tokenid"`
	ExpMonth int    `json:"expmonth"`
	ExpYear  int    `json:"expyear"`
}

// cryptogram is Cardtokens' answer to a cryptogram request.
type cryptogram struct {
	Cryptogram    string `json:"cryptogram"`
	PaymentDataID string `json:"paymentdataid"`
	Scheme        string `json:"scheme"`
}

// tokenise turns the card into a network token; the card travels encrypted.
func (w *walk) tokenise(ctx context.Context) error {
	w.print.step("Before", "the shop turns the card into a network token (Cardtokens, create token)")
	enc, err := w.encrypt(map[string]any{"pan": w.card, "expmonth": 1, "expyear": w.expYear, "securitycode": "123"})
	if err != nil {
		return err
	}
	w.token = token{}
	a, err := w.json(ctx, message{
		method: http.MethodPost, url: w.env["CARDTOKENS_URL"] + "/api/token",
		header: map[string]string{"X-Api-Key": w.env["CARDTOKENS_LIVE_API_KEY"]},
	}, map[string]any{"enccard": enc, "merchantid": w.env["CARDTOKENS_MERCHANT_ID"]}, &w.token)
	if err != nil {
		return err
	}
	w.print.secret(w.token.Token)
	if a.status != http.StatusOK || w.token.TokenID == "" {
		return failed("create the token", a.status, a.body)
	}
	w.print.note("scheme %s, tokenid %s", w.token.Scheme, w.token.TokenID)
	return nil
}

// encrypt is the five steps of seed 001: JSON, UTF-8, RSA PKCS #1 v1.5, base64.
func (w *walk) encrypt(card map[string]any) (string, error) {
	text, err := base64.StdEncoding.DecodeString(w.env["CARDTOKENS_PUBLIC_KEY"])
	if err != nil {
		return "", fmt.Errorf("read the public key: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return "", errors.New("read the public key: it is no PEM")
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return "", fmt.Errorf("read the public key: %w", err)
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return "", errors.New("read the public key: it is not an RSA key")
	}
	data, err := json.Marshal(card)
	if err != nil {
		return "", fmt.Errorf("encode the card: %w", err)
	}
	box, err := rsa.EncryptPKCS1v15(rand.Reader, key, data) //nolint:staticcheck // the protocol demands v1.5 (seed 001)
	if err != nil {
		return "", fmt.Errorf("encrypt the card: %w", err)
	}
	return base64.StdEncoding.EncodeToString(box), nil
}

// getCryptogram asks for the one-time value that goes with the token.
func (w *walk) getCryptogram(ctx context.Context) error {
	w.print.step("Step 3", "shop → Cardtokens: a cryptogram for this one payment")
	w.crypto = cryptogram{}
	a, err := w.json(ctx, message{
		method: http.MethodPost, url: w.env["CARDTOKENS_URL"] + "/api/token/" + w.token.TokenID + "/cryptogram",
		header: map[string]string{"X-Api-Key": w.env["CARDTOKENS_LIVE_API_KEY"]},
	}, map[string]string{"reference": w.order, "transactiontype": "ecom"}, &w.crypto)
	if err != nil {
		return err
	}
	w.print.secret(w.crypto.Cryptogram)
	if a.status != http.StatusOK || w.crypto.Cryptogram == "" {
		return failed("get a cryptogram", a.status, a.body)
	}
	w.print.step("Step 4", "Cardtokens → card scheme: the scheme owns the token and checks that it is alive (inside the simulator)")
	w.print.step("Step 5", "card scheme → Cardtokens: the cryptogram, good for one attempt (inside the simulator)")
	w.print.step("Step 6", "Cardtokens → shop: the answer above")
	w.print.note("scheme %s, paymentdataid %s; the shop keeps the cryptogram in memory only", w.crypto.Scheme, w.crypto.PaymentDataID)
	return nil
}

// getCryptogramForToken does so if there is a token; else the shop pays with the
// card's own number.
func (w *walk) getCryptogramForToken(ctx context.Context) error {
	if w.token.TokenID == "" {
		w.print.step("Step 3", "there is no network token: the shop pays with the card's own number")
		return nil
	}
	return w.getCryptogram(ctx)
}

// deleteToken throws the network token away.
func (w *walk) deleteToken(ctx context.Context) error {
	w.print.step("After", "shop → Cardtokens: delete the token, the customer pays with the card itself")
	a, err := w.do(ctx, message{
		method: http.MethodDelete, url: w.env["CARDTOKENS_URL"] + "/api/token/" + w.token.TokenID + "/delete",
		header: map[string]string{"X-Api-Key": w.env["CARDTOKENS_LIVE_API_KEY"]},
	})
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return failed("delete the token", a.status, a.body)
	}
	w.token, w.crypto = token{}, cryptogram{}
	return nil
}

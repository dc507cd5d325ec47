package shop

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

// token is a network token: it stands for the card from here on.
type token struct {
	Token    string `json:"token"`
	TokenID  string `json:"tokenid"`
	ExpMonth int    `json:"expmonth"`
	ExpYear  int    `json:"expyear"`
}

func (s *Shop) apiKey() http.Header {
	return http.Header{"X-Api-Key": {s.Env["CARDTOKENS_LIVE_API_KEY"]}}
}

// tokenise sends the card, encrypted, and gets a network token.
func (s *Shop) tokenise(ctx context.Context, o *Order, c Card) error {
	box, err := s.encrypt(c)
	if err != nil {
		return err
	}
	status, err := s.sendJSON(ctx, o, call{company: "Cardtokens", name: "create token", url: s.Env["CARDTOKENS_URL"] + "/api/token", header: s.apiKey()},
		map[string]string{"enccard": box, "merchantid": s.Env["CARDTOKENS_MERCHANT_ID"]}, &o.token)
	if err != nil {
		return err
	}
	if status != http.StatusOK || o.token.TokenID == "" {
		return errors.New("this card cannot be used here: it could not be turned into a network token")
	}
	o.secret(o.token.Token)
	return nil
}

// encrypt is RSA PKCS #1 v1.5 of the card's JSON under Cardtokens' public key.
func (s *Shop) encrypt(c Card) (string, error) {
	text, err := base64.StdEncoding.DecodeString(s.Env["CARDTOKENS_PUBLIC_KEY"])
	block, _ := pem.Decode(text)
	if err != nil || block == nil {
		return "", errors.New("CARDTOKENS_PUBLIC_KEY is no base64 of a PEM")
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return "", fmt.Errorf("read the public key: %w", err)
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return "", errors.New("CARDTOKENS_PUBLIC_KEY is no RSA key")
	}
	card, err := json.Marshal(map[string]any{"pan": c.Number, "expmonth": c.Month, "expyear": c.Year, "securitycode": c.SecurityCode})
	if err != nil {
		return "", fmt.Errorf("write the card: %w", err)
	}
	box, err := rsa.EncryptPKCS1v15(rand.Reader, key, card) //nolint:staticcheck // what Cardtokens documents
	if err != nil {
		return "", fmt.Errorf("encrypt the card: %w", err)
	}
	return base64.StdEncoding.EncodeToString(box), nil
}

// cryptogram gets the one-time proof that goes with the token.
func (s *Shop) cryptogram(ctx context.Context, o *Order) error {
	var out struct {
		Cryptogram string `json:"cryptogram"`
	}
	status, err := s.sendJSON(ctx, o, call{
		company: "Cardtokens", name: "get cryptogram", url: s.Env["CARDTOKENS_URL"] + "/api/token/" + o.token.TokenID + "/cryptogram", header: s.apiKey(),
	}, map[string]string{"reference": o.ID, "transactiontype": "ecom"}, &out)
	if err != nil {
		return err
	}
	if status != http.StatusOK || out.Cryptogram == "" {
		return errors.New("the card scheme gives no cryptogram for this token")
	}
	o.secret(out.Cryptogram)
	o.proof = out.Cryptogram
	return nil
}

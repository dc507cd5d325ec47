package simulatortest

import (
	"fmt"
	"net/http"
)

// Card is a card as a shop holds it for a moment.
type Card struct {
	PAN   string
	Month int
	Year  int
	CVV   string
}

// Token is Cardtokens' answer to create token.
type Token struct {
	Scheme   string `json:"scheme"`
	Token    string `json:"token"`
	TokenID  string `json:"tokenid"`
	ExpMonth int    `json:"expmonth"`
	ExpYear  int    `json:"expyear"`
	PAR      string `json:"par"`
}

// CreateToken makes a network token from a plain card with the given API key.
func (c *Client) CreateToken(key string, card Card) (Token, error) {
	body := map[string]any{
		"card":       map[string]any{"pan": card.PAN, "expmonth": card.Month, "expyear": card.Year, "securitycode": card.CVV},
		"merchantid": c.Env["CARDTOKENS_MERCHANT_ID"],
	}
	var t Token
	a, err := c.sendJSON(http.MethodPost, c.Env["CARDTOKENS_URL"]+"/api/token", body, "X-Api-Key", key)
	if err != nil {
		return t, err
	}
	if a.Status != http.StatusOK {
		return t, fmt.Errorf("create token: HTTP %d %s", a.Status, a.Body)
	}
	return t, a.JSON(&t)
}

// Cryptogram is Cardtokens' answer to a cryptogram request.
type Cryptogram struct {
	Cryptogram    string `json:"cryptogram"`
	Token         string `json:"token"`
	ExpMonth      int    `json:"expmonth"`
	ExpYear       int    `json:"expyear"`
	PAR           string `json:"par"`
	PaymentDataID string `json:"paymentdataid"`
	Scheme        string `json:"scheme"`
	TokenID       string `json:"tokenid"`
}

// GetCryptogram asks for a cryptogram.
func (c *Client) GetCryptogram(key, tokenID, reference string) (Cryptogram, error) {
	var out Cryptogram
	a, err := c.sendJSON(http.MethodPost, c.Env["CARDTOKENS_URL"]+"/api/token/"+tokenID+"/cryptogram",
		map[string]string{"reference": reference, "transactiontype": "ecom"}, "X-Api-Key", key)
	if err != nil {
		return out, err
	}
	if a.Status != http.StatusOK {
		return out, fmt.Errorf("get cryptogram: HTTP %d %s", a.Status, a.Body)
	}
	return out, a.JSON(&out)
}

// TokenStatus reads a token's status.
func (c *Client) TokenStatus(key, tokenID string) (string, error) {
	var out struct{ Status string }
	a, err := c.Do(http.MethodGet, c.Env["CARDTOKENS_URL"]+"/api/token/"+tokenID+"/status", nil, "X-Api-Key", key)
	if err != nil {
		return "", err
	}
	if a.Status != http.StatusOK {
		return "", fmt.Errorf("token status: HTTP %d %s", a.Status, a.Body)
	}
	return out.Status, a.JSON(&out)
}

// DeleteToken deletes a token.
func (c *Client) DeleteToken(key, tokenID string) error {
	a, err := c.Do(http.MethodDelete, c.Env["CARDTOKENS_URL"]+"/api/token/"+tokenID+"/delete", nil, "X-Api-Key", key)
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("delete token: HTTP %d %s", a.Status, a.Body)
	}
	return err
}

package simulatortest

import (
	"fmt"
	"net/http"
)

// Enrolled is Cipher's answer to create card.
type Enrolled struct {
	CardID        string `json:"cardId"`
	CardGUID      string `json:"cardGuid"`
	AuthProfileID string `json:"authProfileId"`
	State         string `json:"state"`
}

// Enrol enrols a card at the sandbox's own tenant.
func (c *Client) Enrol(pan, vector, phone string) (Enrolled, error) {
	var out Enrolled
	a, err := c.sendJSON(http.MethodPost, c.tenant()+"/cards", map[string]any{
		"name":       "Ada Tester",
		"cardInfo":   map[string]string{"scheme": "DEFAULT", "cardNumber": pan},
		"identities": []map[string]string{{"type": "tenantUniqueVector", "value": vector}, {"type": "phoneNumber", "value": phone}},
	}, "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"])
	if err != nil {
		return out, err
	}
	if a.Status != http.StatusOK {
		return out, fmt.Errorf("enrol: HTTP %d %s", a.Status, a.Body)
	}
	return out, a.JSON(&out)
}

// SetCardState enables or disables an enrolled card.
func (c *Client) SetCardState(cardID, state string) error {
	a, err := c.sendJSON(http.MethodPatch, c.tenant()+"/cards/"+cardID, map[string]string{"state": state}, "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"])
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("update card: HTTP %d %s", a.Status, a.Body)
	}
	return err
}

// Holder reads a cardholder; the status tells whether there is one.
func (c *Client) Holder(id string) (Answer, error) {
	return c.Do(http.MethodGet, c.tenant()+"/cardHolders/"+id, nil, "X-Zeta-AuthToken", c.Env["CIPHER_AUTH_TOKEN"])
}

func (c *Client) tenant() string {
	return c.Env["CIPHER_URL"] + "/tenants/" + c.Env["CIPHER_TENANT_ID"]
}

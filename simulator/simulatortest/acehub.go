package simulatortest

import (
	"encoding/base64"
	"net/http"
)

// Payment is the body of a payment request; nil members are left out.
type Payment struct {
	Action       string
	Business     string // empty: the sandbox's own
	Transaction  map[string]any
	Card         map[string]any
	ThreeDSecure map[string]any
}

// Paid is AceHub's answer to a payment.
type Paid struct {
	HTTP        int    `json:"-"`
	Raw         []byte `json:"-"`
	Result      int    `json:"result"`
	Description string `json:"description"`
	Body        struct {
		Transaction struct {
			ID, Action, TrackingCode string
			Amount                   float64
		}
		Card  struct{ ApprovalCode string }
		Token struct{ Token string }
		Error struct {
			Code    int
			Message string
		}
	}
}

// Pay sends a payment.
func (c *Client) Pay(p Payment) (Paid, error) {
	business := p.Business
	if business == "" {
		business = c.Env["ACEHUB_BUSINESS_ID"]
	}
	body := map[string]any{"transaction": p.Transaction}
	if p.Card != nil {
		body["card"] = p.Card
	}
	if p.ThreeDSecure != nil {
		body["threeDSecure"] = p.ThreeDSecure
	}
	return c.AceHub(http.MethodPost, "payments", map[string]any{
		"action": p.Action, "header": map[string]string{"businessId": business}, "body": body,
	})
}

// AceHub calls any path below /gateway/v3/ with the sandbox's own user.
func (c *Client) AceHub(method, path string, body any) (Paid, error) {
	auth := "Basic " + base64.StdEncoding.EncodeToString([]byte(c.Env["ACEHUB_USERNAME"]+":"+c.Env["ACEHUB_PASSWORD"]))
	var a Answer
	var err error
	if body == nil {
		a, err = c.Do(method, c.Env["ACEHUB_URL"]+path, nil, "Authorization", auth)
	} else {
		a, err = c.sendJSON(method, c.Env["ACEHUB_URL"]+path, body, "Authorization", auth)
	}
	out := Paid{HTTP: a.Status, Raw: a.Body}
	if err != nil || len(a.Body) == 0 {
		return out, err
	}
	return out, a.JSON(&out)
}

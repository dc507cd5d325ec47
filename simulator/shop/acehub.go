package shop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// authorise asks the acquirer for the money: token, cryptogram, and what 3-D
// Secure said.
func (s *Shop) authorise(ctx context.Context, o *Order) error {
	body := map[string]any{
		"transaction": map[string]any{"trackingCode": o.ID, "brandId": 1010, "amount": json.Number(amount), "currencyCode": currency},
		"card":        map[string]any{"number": o.token.Token, "expiryMonth": o.token.ExpMonth, "expiryYear": o.token.ExpYear, "cryptogram": o.proof},
	}
	if o.secure.CAVV != "" {
		body["threeDSecure"] = o.secure.claim()
	}
	var out struct {
		Result      int    `json:"result"`
		Description string `json:"description"`
	}
	auth := http.Request{Header: http.Header{}}
	auth.SetBasicAuth(s.Env["ACEHUB_USERNAME"], s.Env["ACEHUB_PASSWORD"])
	_, err := s.sendJSON(ctx, o, call{company: "AceHub", name: "authorize", url: s.Env["ACEHUB_URL"] + "payments", header: auth.Header},
		map[string]any{"action": "authorize", "header": map[string]string{"businessId": s.Env["ACEHUB_BUSINESS_ID"]}, "body": body}, &out)
	switch {
	case err != nil:
		return err
	case out.Result == 0 && out.Description != "":
		return nil
	case out.Description == "":
		return errors.New("the payment could not be made")
	default:
		return fmt.Errorf("the payment was not authorised: %s (%d)", out.Description, out.Result)
	}
}

// claim is what goes to the acquirer of 3-D Secure.
func (x secure) claim() map[string]any {
	c := map[string]any{"eci": x.ECI, "avv": x.CAVV}
	if x.emv() {
		c["version"], c["dsTransactionId"] = "2", x.DSTransaction
	} else {
		c["version"], c["xid"] = "1", x.XID
	}
	return c
}

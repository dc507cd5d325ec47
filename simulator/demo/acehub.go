package demo

import (
	"context"
	"fmt"
	"net/http"
)

// authorise is the last two steps: token, cryptogram and CAVV go to the
// acquirer, which checks each with the party that issued it.
func (w *walk) authorise(ctx context.Context) error {
	w.print.step("Step 7", "shop → AceHub: the authorisation request (network token, cryptogram, CAVV)")
	var out struct {
		Result      int    `json:"result"`
		Description string `json:"description"`
		Body        struct {
			Card struct {
				ApprovalCode string `json:"approvalCode"`
			} `json:"card"`
			Transaction struct {
				ID string `json:"id"`
			} `json:"transaction"`
		} `json:"body"`
	}
	a, err := w.json(ctx, message{method: http.MethodPost, url: w.env["ACEHUB_URL"] + "payments", header: map[string]string{
		"Authorization": basic(w.env["ACEHUB_USERNAME"], w.env["ACEHUB_PASSWORD"]),
	}}, map[string]any{
		"action": "authorize",
		"header": map[string]string{"businessId": w.env["ACEHUB_BUSINESS_ID"]},
		"body": map[string]any{
			"transaction": map[string]any{"trackingCode": w.order, "brandId": 1010, "amount": 123.45, "currencyCode": "EUR"},
			"card": map[string]any{
				"number": w.token.Token, "expiryMonth": w.token.ExpMonth, "expiryYear": w.token.ExpYear,
				"holderName": demoHold, "cryptogram": w.crypto.Cryptogram,
			},
			"threeDSecure": map[string]any{"version": "2", "eci": w.auth.ECI, "avv": w.auth.CAVV, "dsTransactionId": w.auth.DSTransactionID},
		},
	}, &out)
	if err != nil {
		return err
	}
	w.print.step("Step 8", "AceHub → shop: the answer above")
	if a.status != http.StatusOK || out.Result != 0 {
		w.print.note("result %d %s", out.Result, out.Description)
		return fmt.Errorf("%w: HTTP %d, result %d %s", ErrNotAuthorised, a.status, out.Result, out.Description)
	}
	w.print.note("result 0 %s, approval code %s, payment %s", out.Description, out.Body.Card.ApprovalCode, out.Body.Transaction.ID)
	return nil
}

func basic(user, password string) string {
	req := http.Request{Header: http.Header{}}
	req.SetBasicAuth(user, password)
	return req.Header.Get("Authorization")
}

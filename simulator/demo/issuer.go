package demo

import (
	"context"
	"net/http"
)

// enrol has the bank put the card and its holder's phone on record.
func (w *walk) enrol(ctx context.Context) error {
	w.print.step("Before", "the bank enrols the card at its access control server (Cipher, Create Card)")
	var card struct {
		CardID     string `json:"cardId"`
		CardNumber string `json:"cardNumber"`
	}
	a, err := w.json(ctx, message{
		method: http.MethodPost, url: w.env["CIPHER_URL"] + "/tenants/" + w.env["CIPHER_TENANT_ID"] + "/cards",
		header: map[string]string{"X-Zeta-AuthToken": w.env["CIPHER_AUTH_TOKEN"]},
	}, map[string]any{
		"name":     demoHold,
		"cardInfo": map[string]string{"scheme": "DEFAULT", "cardNumber": demoCard},
		"identities": []map[string]string{
			{"type": "tenantUniqueVector", "value": "DEMO-1"},
			{"type": "phoneNumber", "value": demoPhone},
		},
		"state": "ENABLED",
	}, &card)
	if err != nil {
		return err
	}
	if a.status != http.StatusOK || card.CardID == "" {
		return failed("enrol the card", a.status, a.body)
	}
	w.print.note("card %s is enrolled as %s: 3-D Secure will find it", card.CardNumber, card.CardID)
	return nil
}

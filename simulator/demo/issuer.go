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
		"cardInfo": map[string]string{"scheme": "DEFAULT", "cardNumber": w.card},
		"identities": []map[string]string{
			{"type": "tenantUniqueVector", "value": w.vector},
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
	w.cardID = card.CardID
	w.print.note("card %s is enrolled as %s: 3-D Secure will find it", card.CardNumber, card.CardID)
	return nil
}

// takeAnotherVector is what the bank does about a vector that is somebody else's.
func (w *walk) takeAnotherVector(context.Context) error {
	w.vector = "DEMO-2"
	w.print.step("Bank", "the cardholder gets a unique vector of their own, "+w.vector)
	return nil
}

// disable has the bank take the card out of 3-D Secure.
func (w *walk) disable(ctx context.Context) error {
	w.print.step("Bank", "the bank disables the card (Cipher, Update Card)")
	var card struct {
		State string `json:"state"`
	}
	a, err := w.json(ctx, message{
		method: http.MethodPatch, url: w.env["CIPHER_URL"] + "/tenants/" + w.env["CIPHER_TENANT_ID"] + "/cards/" + w.cardID,
		header: map[string]string{"X-Zeta-AuthToken": w.env["CIPHER_AUTH_TOKEN"]},
	}, map[string]string{"state": "DISABLED"}, &card)
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return failed("disable the card", a.status, a.body)
	}
	w.print.note("from here on the issuer does not know the card")
	return nil
}

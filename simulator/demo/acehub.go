package demo

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// paid is what the shop reads of AceHub's answer to a payment or what follows it.
type paid struct {
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

// authorise is the last two steps: token, cryptogram and CAVV go to the
// acquirer, which checks each with the party that issued it.
func (w *walk) authorise(ctx context.Context) error {
	w.print.step("Step 7", "shop → AceHub: the authorisation request ("+w.means()+")")
	body := map[string]any{
		"transaction": map[string]any{"trackingCode": w.trackingCode(), "brandId": 1010, "amount": 123.45, "currencyCode": "EUR"},
		"card":        w.paidWith(),
	}
	if members := w.claim.members(); members != nil {
		body["threeDSecure"] = members
	}
	out, a, err := w.acehub(ctx, "payments", map[string]any{"action": "authorize", "body": body})
	if err != nil {
		return err
	}
	w.print.step("Step 8", "AceHub → shop: the answer above")
	if a.status != http.StatusOK || out.Result != 0 {
		w.print.note("result %d %s", out.Result, out.Description)
		return fmt.Errorf("%w: HTTP %d, result %d %s", ErrNotAuthorised, a.status, out.Result, out.Description)
	}
	w.payment = out.Body.Transaction.ID
	w.print.note("result 0 %s, approval code %s, payment %s", out.Description, out.Body.Card.ApprovalCode, out.Body.Transaction.ID)
	return nil
}

// trackingCode is the order's number, with the attempt behind it from the second
// on: AceHub wants a new one for each.
func (w *walk) trackingCode() string {
	if w.attempt == 0 {
		return w.order
	}
	return fmt.Sprintf("%s-%d", w.order, w.attempt+1)
}

// paidWith is the network token with its cryptogram, or without one the card.
func (w *walk) paidWith() map[string]any {
	if w.crypto.Cryptogram == "" {
		return map[string]any{"number": w.card, "expiryMonth": 1, "expiryYear": w.expYear, "holderName": demoHold}
	}
	return map[string]any{
		"number": w.token.Token, "expiryMonth": w.token.ExpMonth, "expiryYear": w.token.ExpYear,
		"holderName": demoHold, "cryptogram": w.crypto.Cryptogram,
	}
}

// means names what the payment is made with.
func (w *walk) means() string {
	words := "network token, cryptogram"
	if w.crypto.Cryptogram == "" {
		words = "the card's own number"
	}
	switch {
	case w.claim.cavv != "":
		words += ", CAVV"
	case w.claim.eci != "":
		words += ", ECI " + w.claim.eci
	}
	return words
}

// tryAgain gives the next attempt a tracking code of its own.
func (w *walk) tryAgain(context.Context) error {
	w.attempt++
	w.print.step("Again", "the shop tries again with a new tracking code, "+w.trackingCode())
	return nil
}

// find asks what became of payments whose answers did not arrive.
func (w *walk) find(ctx context.Context) error {
	w.print.step("After", "shop → AceHub: which payments have the first tracking code?")
	var list []map[string]any
	query := url.Values{"trackingCode": {w.order}, "businessId": {w.env["ACEHUB_BUSINESS_ID"]}}
	a, err := w.json(ctx, message{method: http.MethodGet, url: w.env["ACEHUB_URL"] + "payments?" + query.Encode(), header: w.merchant()}, nil, &list)
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return failed("find the payment", a.status, a.body)
	}
	w.print.note("%d payment: what was lost was the answer, not the money", len(list))
	return nil
}

// acehub posts to AceHub as the shop; body lacks only the header member.
func (w *walk) acehub(ctx context.Context, path string, body map[string]any) (paid, answer, error) {
	var out paid
	body["header"] = map[string]string{"businessId": w.env["ACEHUB_BUSINESS_ID"]}
	a, err := w.json(ctx, message{method: http.MethodPost, url: w.env["ACEHUB_URL"] + path, header: w.merchant()}, body, &out)
	return out, a, err
}

// merchant is the shop's own Authorization.
func (w *walk) merchant() map[string]string {
	req := http.Request{Header: http.Header{}}
	req.SetBasicAuth(w.env["ACEHUB_USERNAME"], w.env["ACEHUB_PASSWORD"])
	return map[string]string{"Authorization": req.Header.Get("Authorization")}
}

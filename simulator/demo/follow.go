package demo

import (
	"context"
	"fmt"
	"net/http"
)

// capture moves the money that was authorised.
func (w *walk) capture(ctx context.Context) error { return w.moves(ctx, "capture", 123.45) }

// refund gives a part of it back.
func (w *walk) refund(amount float64) deed {
	return func(ctx context.Context) error { return w.moves(ctx, "refund", amount) }
}

// moves captures or refunds; each call has a tracking code of its own.
func (w *walk) moves(ctx context.Context, verb string, amount float64) error {
	w.follow++
	w.print.step("After", fmt.Sprintf("shop → AceHub: %s EUR %.2f", verb, amount))
	out, a, err := w.acehub(ctx, "payments/"+w.payment+"/"+verb, map[string]any{"body": map[string]any{
		"transaction": map[string]any{"trackingCode": fmt.Sprintf("%s-%s-%d", w.order, verb, w.follow), "amount": amount, "currencyCode": "EUR"},
	}})
	if err != nil {
		return err
	}
	if a.status != http.StatusOK || out.Result != 0 {
		return fmt.Errorf("the %s was not made: HTTP %d, result %d %s", verb, a.status, out.Result, out.Description)
	}
	w.print.note("result 0 %s", out.Description)
	return nil
}

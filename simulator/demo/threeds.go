package demo

import (
	"context"
	"errors"
	"fmt"
)

// claim is what the shop can show the acquirer of 3-D Secure.
type claim struct{ version, eci, cavv, xid, dsTransactionID string }

// claimOf reads a claim from a lookup's or an authentication's answer. A card that
// is not enrolled has an ECI, too: that is 3-D Secure 1.0.
func claimOf(m map[string]string) claim {
	c := claim{version: "1", eci: m["EciFlag"], cavv: m["Cavv"], xid: m["Xid"], dsTransactionID: m["DSTransactionId"]}
	if c.dsTransactionID != "" {
		c.version, c.xid = "2", ""
	}
	return c
}

// members are the claim as AceHub takes it; nil when there is none.
func (c claim) members() map[string]any {
	if c.eci == "" {
		return nil
	}
	out := map[string]any{"version": c.version, "eci": c.eci}
	for name, value := range map[string]string{"avv": c.cavv, "xid": c.xid, "dsTransactionId": c.dsTransactionID} {
		if value != "" {
			out[name] = value
		}
	}
	return out
}

// errStop says that an honest shop sends no payment after this.
var errStop = errors.New("the shop must not send this payment")

// secure is 3-D Secure as a shop goes through it in a story: it goes where the
// answers lead.
func (w *walk) secure(ctx context.Context) error {
	if err := w.judgedLookUp(ctx); err != nil || w.lookup.Status != "C" {
		return err
	}
	if err := w.challenge(ctx); err != nil {
		return err
	}
	return w.judgedResult(ctx)
}

// judgedLookUp looks the card up and says what it means for the shop.
func (w *walk) judgedLookUp(ctx context.Context) error {
	if err := w.lookUp(ctx); err != nil {
		return err
	}
	switch l := w.lookup; {
	case l.ErrorNo != "0":
		w.claim = claim{}
		w.print.note("ErrorNo %s %s: a payment can only go on without 3-D Secure", l.ErrorNo, l.ErrorDesc)
	case l.Enrolled == "B":
		w.claim = claim{}
		w.print.note("Enrolled B: 3-D Secure is bypassed, and with it the liability shift")
	case l.Enrolled == "N":
		w.print.note("Enrolled N: the card takes no part, a payment carries ECI %s and no CAVV", w.claim.eci)
	case l.Status == "C":
		w.print.note("enrolled, and the issuer wants a challenge: the browser goes to StepUpUrl")
		return w.tellCardholder(ctx)
	default:
		return w.judge(l.Status)
	}
	return nil
}

// judgedResult fetches the result and says what it means for the shop.
func (w *walk) judgedResult(ctx context.Context) error {
	m, err := w.result(ctx)
	switch {
	case err != nil:
		return err
	case m["ErrorNo"] != "0":
		w.claim = claim{}
		return fmt.Errorf("ErrorNo %s: there is no authentication to pay with, %w", m["ErrorNo"], errStop)
	case m["SignatureVerification"] == "N":
		w.claim = claim{}
		return fmt.Errorf("SignatureVerification N: nothing of the answer may be used, %w", errStop)
	}
	return w.judge(m["PAResStatus"])
}

// judge weighs PAResStatus (reference cardinal.md §7.1).
func (w *walk) judge(status string) error {
	switch status {
	case "Y":
		w.print.note("PAResStatus Y: ECI %s and a CAVV for EUR 123.45", w.claim.eci)
	case "A":
		w.print.note("PAResStatus A: an attempt, ECI %s; its CAVV shifts the liability all the same", w.claim.eci)
	case "U":
		w.claim.cavv = ""
		w.print.note("PAResStatus U: not authenticated; a payment would carry no liability shift")
	default:
		w.claim = claim{}
		return fmt.Errorf("PAResStatus %s: %w", status, errStop)
	}
	return nil
}

// leave is a cardholder who closes the browser.
func (w *walk) leave(context.Context) error {
	w.print.step("Step 1", "browser: the cardholder closes it and never comes back")
	return nil
}

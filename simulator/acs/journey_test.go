package acs

import (
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/pares"
)

// TestOldChallenge walks 3-D Secure 1.0 by form posts: wrong, then right.
func TestOldChallenge(t *testing.T) {
	b := build(t, options{})
	const md = `a"b<c>&é+ /=%20`
	tx, payload := b.lookUp(old)
	p := b.post("/acs/pareq?osb=1&VAA=B", "PaReq", payload, "TermUrl", termURL, "MD", md).ok()
	p.has(t, "Demo Shop", "€123.45", `data-amount="EUR 123.45"`, "22 Nov 2026, 14:02", "**** **** **** 0002", "VISA", "5:00", "Sandbox: code", ">1234<",
		`data-running="false"`, `id="challenge"`, `id="otp"`, `id="confirm"`, `id="resend"`, `id="cancel"`)
	if p.action() != "/acs/challenge/"+tx.Challenge.ID || p.attemptsLeft() != "2" {
		t.Fatalf("the form goes to %s with %s tries left", p.action(), p.attemptsLeft())
	}
	p = b.post(p.action(), "otp", "9999", "action", "submit", "step", p.step()).ok()
	p.has(t, `id="error"`, "That code is not right.")
	if p.attemptsLeft() != "1" {
		t.Errorf("%s tries left", p.attemptsLeft())
	}
	p = b.post(p.action(), "otp", " 1234 ", "action", "submit", "step", p.step()).ok()
	if p.outcome() != "authenticated" || p.action() != termURL || p.field("MD") != md {
		t.Fatalf("outcome %s to %s with MD %q", p.outcome(), p.action(), p.field("MD"))
	}
	p.has(t, "Taking you back to Demo Shop.", `src="/acs/static/autopost.js"`, `<button class="primary" id="continue">`, `data-pause="0"`, `data-own="/acs/challenge/`+tx.Challenge.ID+`"`)
	res, err := pares.Verify(p.field("PaRes"), b.signing.Roots, start)
	if err != nil {
		t.Fatal(err)
	}
	if res.TX.Status != "Y" || res.Purchase.XID != tx.XID() || res.TX.ECI != "05" || len(res.TX.CAVV) != 28 {
		t.Errorf("the PaRes says %+v", res)
	}
}

func TestBrokenSignature(t *testing.T) {
	b := build(t, options{})
	p := b.enter(b.lookUp(oldBroken))
	p = b.post(p.action(), "otp", "1234").ok() // no action: the Enter key of an old browser
	if _, err := pares.Verify(p.field("PaRes"), b.signing.Roots, start); err == nil || p.outcome() != "authenticated" {
		t.Errorf("outcome %s, signature %v", p.outcome(), err)
	}
}

// TestEMVChallenge walks EMV 3-D Secure with a card of a tenant: wrong, resend,
// the old code, the new one.
func TestEMVChallenge(t *testing.T) {
	b := build(t, options{})
	b.enrol(emvGood)
	tx, payload := b.lookUp(emvGood)
	p := b.enter(tx, payload)
	p.has(t, "Bank default", "+91 ********92", "#7d52cd", b.code(tx.ID))
	if strings.Contains(p.Body, "bank.example/logo.svg") {
		t.Error("the page loads the tenant's logo from outside")
	}
	first := b.code(tx.ID)
	p = b.post(p.action(), "action", "resend", "step", p.step()).ok()
	p.has(t, "A new code is on its way")
	if p.resendsLeft() != "2" || p.attemptsLeft() != "2" {
		t.Errorf("%s resends and %s tries left", p.resendsLeft(), p.attemptsLeft())
	}
	p = b.post(p.action(), "otp", first, "action", "submit", "step", p.step()).ok()
	p.has(t, "That code is not right.")
	p = b.post(p.action(), "otp", b.code(tx.ID), "action", "submit", "step", p.step()).ok()
	if p.outcome() != "authenticated" || p.action() != notifyURL || p.field("threeDSSessionData") != "c2Vzc2lvbg" {
		t.Fatalf("outcome %s to %s", p.outcome(), p.action())
	}
	res, err := emv.DecodeCRes(p.field("cres"))
	if err != nil {
		t.Fatal(err)
	}
	if res.TransStatus != "Y" || res.ACSTransID != tx.ACSTransID || res.ThreeDSServerTransID != tx.ThreeDSServerTransID {
		t.Errorf("the CRes says %+v", res)
	}
	if after := b.read(tx.ID); after.Status != core.StatusAuthenticated || after.Challenge.Interactions() != 2 {
		t.Errorf("the transaction ended as %+v", after.Challenge)
	}
}

// TestCodeIsTakenAsItWasSent: with the blanks and dashes that a message had.
func TestCodeIsTakenAsItWasSent(t *testing.T) {
	for _, typed := range []string{"12 34", "12-34", " 1234\u0020", "1 2 3 4"} {
		b := build(t, options{})
		p := b.enter(b.lookUp(old))
		if p = b.post(p.action(), "otp", typed, "action", "submit", "step", p.step()).ok(); p.outcome() != "authenticated" {
			t.Errorf("%q is taken as %q", typed, p.outcome())
		}
	}
}

// TestBadEndsCanBeRead: a page that says no waits, and names its end.
func TestBadEndsCanBeRead(t *testing.T) {
	b := build(t, options{})
	p := b.enter(b.lookUp(old))
	for range 2 {
		p = b.post(p.action(), "otp", "0", "action", "submit", "step", p.step()).ok()
	}
	p.has(t, "Blocked after too many wrong codes", `data-end="attempt-limit"`, `data-pause="4"`, "The payment was not confirmed.", "Taking you back to Demo Shop.", "<noscript>")
}

func TestSandboxCardHasNothingToResend(t *testing.T) {
	b := build(t, options{})
	p := b.enter(b.lookUp(emvGood))
	p = b.post(p.action(), "action", "resend", "step", p.step()).ok().has(t, "nothing was sent", "Sandbox issuer", "Enter your code")
	if p.resendsLeft() != "3" {
		t.Errorf("%s resends left", p.resendsLeft())
	}
}

func TestWithoutAddressTheBrowserStays(t *testing.T) {
	b := build(t, options{})
	tx, _ := b.lookUp(old)
	b.get("/acs/challenge/"+tx.Challenge.ID).ok().has(t, `id="challenge"`)
	p := b.post("/acs/challenge/"+tx.Challenge.ID, "otp", "1234", "action", "submit").ok().has(t, "Go back to the shop.")
	if p.outcome() != "authenticated" || strings.Contains(p.Body, "<form") {
		t.Errorf("outcome %s:\n%s", p.outcome(), p.Body)
	}
	if e := b.Last(t); len(e.Warnings) == 0 {
		t.Error("the journal does not warn")
	}
}

func TestCodeIsShownBySettingOnly(t *testing.T) {
	b := build(t, options{settings: map[string]any{"showCode": false}})
	b.enrol(emvGood)
	tx, payload := b.lookUp(emvGood)
	if p := b.enter(tx, payload); strings.Contains(p.Body, b.code(tx.ID)) || strings.Contains(p.Body, "Sandbox: code") {
		t.Error("the page shows the code")
	}
}

func TestRunningClockCountsDown(t *testing.T) {
	b := build(t, options{live: true})
	b.enter(b.lookUp(emvGood)).has(t, `data-running="true"`)
}

package acehub

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// The rows about network tokens: cardholder-initiated first.
func TestAcquirerNetworkToken(t *testing.T) {
	d := newDesk(t, nil)
	tok := d.token(visaCard, "own")
	number := tok.Digits(d.World)
	good := func() try { return try{number: number, expiry: tok.Expiry, cryptogram: d.cryptogram(tok)} }

	paid := d.pay(good())
	paid.is(t, http.StatusOK, 0)
	if e := d.last(); e.Card == nil || e.Card.Last4 != "1111" {
		t.Errorf("the journal's card is %+v, want the underlying one", e.Card)
	}
	if paid.text("body.card.lastFourDigits") != number[len(number)-4:] {
		t.Errorf("the answer shows %s", paid.Body)
	}
	p := good()
	p.cryptogram = ""
	d.refuses(d.pay(p), scheme.CryptogramMissing)
	p = good()
	d.pay(p).is(t, http.StatusOK, 0)
	d.refuses(d.pay(p), scheme.CryptogramUsed)
	p = good()
	p.expiry = core.Expiry{Month: 4, Year: 2029} // not the token's own
	d.refuses(d.pay(p), scheme.TokenExpiryMismatch)
	p.expiry = tok.Expiry
	d.refuses(d.pay(p), scheme.CryptogramUsed) // the attempt before reached the scheme
	p = good()
	p.cryptogram = d.cryptogram(d.token(visaCard, "own"))
	d.refuses(d.pay(p), scheme.CryptogramOtherToken)
	p = good()
	d.advance(15*time.Minute + time.Nanosecond)
	d.refuses(d.pay(p), scheme.CryptogramExpired)
	theirs := d.token(visaCard, "other")
	d.refuses(d.pay(try{number: theirs.Digits(d.World), expiry: theirs.Expiry, cryptogram: d.cryptogram(theirs)}), scheme.TokenOtherMerchant)
	d.refuses(d.pay(try{number: visaCard, cryptogram: d.cryptogram(tok)}), "cryptogram-without-token")
}

func TestAcquirerDeadToken(t *testing.T) {
	for _, state := range []scheme.State{scheme.Suspended, scheme.Deactivated} {
		d := newDesk(t, nil)
		tok := d.token(visaCard, "own")
		p := try{number: tok.Digits(d.World), expiry: tok.Expiry, cryptogram: d.cryptogram(tok)}
		d.update(func(sc sandbox.Scope) error { _, err := scheme.SetState(sc, tok.ID, state); return err })
		d.force("approved", nil)
		d.refuses(d.pay(p), scheme.TokenNotActive)
	}
}

// With 3-D Secure both values travel, the CAVV for the underlying card.
func TestAcquirerTokenWithCAVV(t *testing.T) {
	d := newDesk(t, nil)
	tok := d.token(mcCard, "own")
	a, cavv := d.authenticated(mcCard, nil)
	p := try{number: tok.Digits(d.World), expiry: tok.Expiry, eci: "02", avv: cavv, ds: a.DSTransactionID, version: "2"}
	d.refuses(d.pay(p), scheme.CryptogramMissing)
	p.cryptogram = cavv // a CAVV never stands in for the cryptogram
	d.refuses(d.pay(p), scheme.CryptogramUnknown)
	p.cryptogram = d.cryptogram(tok)
	d.pay(p).is(t, http.StatusOK, 0)
	p.cryptogram = d.cryptogram(tok)
	d.refuses(d.pay(p), scheme.CAVVUsed)
}

// Decisions 18: what is refused before processing uses up nothing, everything
// else a cryptogram.
func TestWhatUsesUpACryptogram(t *testing.T) {
	uses := map[string]bool{
		"input-error": false, "business-rule": false, "security-error": false, "unexpected-error": false,
		"declined": true, "declined-retry": true, "failed": true, "fraud": true, "pending": true,
	}
	for outcome, used := range uses {
		d := newDesk(t, nil)
		tok := d.token(visaCard, "own")
		p := try{number: tok.Digits(d.World), expiry: tok.Expiry, cryptogram: d.cryptogram(tok)}
		d.force(outcome, nil)
		d.pay(p)
		d.force("", nil)
		if a := d.pay(p); used {
			d.refuses(a, scheme.CryptogramUsed)
		} else {
			a.is(t, http.StatusOK, 0)
		}
	}
	d := newDesk(t, nil)
	tok := d.token(visaCard, "own")
	p := try{number: tok.Digits(d.World), expiry: tok.Expiry, cryptogram: d.cryptogram(tok), eci: "02"} // the other group's ECI
	d.pay(p).fails(t, -1, codeInvalid, "Invalid property value: body.threeDSecure.eci.")
	p.eci = ""
	d.n = 0
	d.pay(p).is(t, http.StatusOK, 0)
	d.n = 0
	p.cryptogram = d.cryptogram(tok)
	d.pay(p).is(t, http.StatusBadRequest, -8) // the tracking code is taken
	d.n = 10
	d.pay(p).is(t, http.StatusOK, 0)
}

// Merchant-initiated: an earlier approved payment with cryptogram, the same token
// and business, and no cryptogram.
func TestAcquirerMerchantInitiated(t *testing.T) {
	d := newDesk(t, nil)
	tok := d.token(visaCard, "own")
	recurring := try{number: tok.Digits(d.World), expiry: tok.Expiry, sequence: "RECURRING"}
	d.refuses(d.pay(recurring), "no-initial-payment")
	first := recurring
	first.sequence, first.cryptogram = "FIRST", d.cryptogram(tok)
	d.force("declined", nil)
	d.pay(first)
	d.force("", nil)
	d.refuses(d.pay(recurring), "no-initial-payment")
	first.cryptogram = d.cryptogram(tok)
	d.pay(first).is(t, http.StatusOK, 0)
	d.pay(recurring).is(t, http.StatusOK, 0)
	last := recurring
	last.sequence = "last"
	d.pay(last).is(t, http.StatusOK, 0)
	last.cryptogram = d.cryptogram(tok)
	d.refuses(d.pay(last), "cryptogram-not-expected")
	other := d.token(visaCard, "own")
	d.refuses(d.pay(try{number: other.Digits(d.World), expiry: other.Expiry, sequence: "RECURRING"}), "no-initial-payment")
	d.pay(try{number: visaCard, sequence: "RECURRING"}).is(t, http.StatusOK, 0)
}

// A network token in the vault pays like the token it is.
func TestVaultedNetworkToken(t *testing.T) {
	d := newDesk(t, nil)
	tok := d.token(visaCard, "own")
	number := tok.Digits(d.World)
	vaulted := d.post("tokens", fmt.Sprintf(`{"header":{"businessId":"770000"},"body":{"card":{"number":%q,"expiryMonth":%d,"expiryYear":%d}}}`, number, tok.Expiry.Month, tok.Expiry.Year)).text("body.token")
	d.refuses(d.pay(try{token: vaulted}), scheme.CryptogramMissing)
	d.pay(try{token: strings.ToLower(vaulted), cryptogram: d.cryptogram(tok)}).is(t, http.StatusOK, 0)
	d.pay(try{token: vaulted, sequence: "RECURRING"}).is(t, http.StatusOK, 0)
	d.update(func(sc sandbox.Scope) error { _, err := scheme.SetState(sc, tok.ID, scheme.Deactivated); return err })
	d.refuses(d.pay(try{token: vaulted, sequence: "RECURRING"}), scheme.TokenNotActive)
}

func TestVaultedCard(t *testing.T) {
	d := newDesk(t, nil)
	made := d.post("payments", payment("payment", "ORDER-FIRST", "20", `,"tokenize":true`)).text("body.token.token")
	paid := d.pay(try{token: made})
	if paid.is(t, http.StatusOK, 0).text("body.card.lastFourDigits") != "1111" || paid.text("body.card.holderName") != "A Tester" {
		t.Errorf("%s", paid.Body)
	}
	theirs := `{"action":"payment","header":{"businessId":"880000"},"body":{"transaction":{"trackingCode":"ORDER-0001","amount":20,"currencyCode":"EUR","token":"` + made + `"}}}`
	d.send(otherBusiness, http.MethodPost, "payments", theirs).fails(t, -1, codeInvalid, "Invalid property value: body.transaction.token.")
}

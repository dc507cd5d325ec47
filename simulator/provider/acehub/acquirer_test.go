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

const (
	visaCard = "4111111111111111"
	mcCard   = "5200000000001005"
)

// desk is an acquirer test: what the other parties have issued, and how many
// payments were made.
type desk struct {
	*shop
	n int
}

func newDesk(t testing.TB, settings map[string]any) *desk { return &desk{shop: open(t, settings)} }

// authenticated records a 3-D Secure result for EUR 20 of a card and returns it
// with its CAVV.
func (d *desk) authenticated(number string, change func(*scheme.Authentication)) (scheme.Authentication, string) {
	d.t.Helper()
	d.n++
	a := scheme.Authentication{
		TransactionID: fmt.Sprintf("Transaction%09d", d.n), Merchant: "own", Card: d.World.Ref(panOf(d.t, number)),
		Money: core.Money{Minor: 2000, Currency: "EUR"}, Version: core.ThreeDS22, Enrolled: core.EnrolledYes, Status: core.StatusAuthenticated,
		DSTransactionID: fmt.Sprintf("97267598-fae6-48f2-8083-%012d", d.n), At: d.World.Clock.Now(),
	}
	if change != nil {
		change(&a)
	}
	a.ECI = core.ECIFor(a.Card.Brand, a.Version, a.Status)
	if a.Version == core.ThreeDS10 {
		a.DSTransactionID, a.XID = "", scheme.XID(a.TransactionID)
	}
	d.update(func(sc sandbox.Scope) error { return scheme.Record(sc, a) })
	return a, scheme.CAVV(d.World, a.TransactionID, a.Card.Brand, a.Version, a.Status)
}

// token provisions a network token for a merchant.
func (d *desk) token(number, merchant string) (t scheme.Token) {
	d.t.Helper()
	m, _ := d.World.Merchant(merchant)
	d.update(func(sc sandbox.Scope) (err error) {
		t, err = scheme.Provision(sc, scheme.Provisioning{
			Merchant: m, MerchantID: m.Cardtokens.MerchantID, Card: d.World.Ref(panOf(d.t, number)), CardExpiry: core.Expiry{Month: 3, Year: 2030}, Scheme: scheme.Test,
		})
		return err
	})
	return t
}

func (d *desk) cryptogram(t scheme.Token) string {
	d.t.Helper()
	var c scheme.Cryptogram
	d.update(func(sc sandbox.Scope) (err error) {
		c, err = scheme.IssueCryptogram(sc, t, "")
		return err
	})
	return c.Value
}

// try is one payment; empty members are left out.
type try struct {
	number           string
	expiry           core.Expiry
	cryptogram       string
	eci, avv, ds     string
	xid, version     string
	exemption, token string
	sequence         string
	amount, currency string
}

func (d *desk) pay(p try) answer {
	d.t.Helper()
	d.n++
	if p.amount == "" {
		p.amount = "20"
	}
	if p.currency == "" {
		p.currency = "EUR"
	}
	if p.expiry.Month == 0 {
		p.expiry = core.Expiry{Month: 3, Year: 2030}
	}
	transaction := fmt.Sprintf(`"trackingCode":"ORDER-%04d","amount":%s,"currencyCode":%q`, d.n, p.amount, p.currency)
	transaction += member1("type", p.sequence) + member1("token", p.token)
	card := member1("cryptogram", p.cryptogram)
	if p.number != "" {
		card += fmt.Sprintf(`,"number":%q,"expiryMonth":%d,"expiryYear":%d`, p.number, p.expiry.Month, p.expiry.Year)
	}
	secure := member1("eci", p.eci) + member1("avv", p.avv) + member1("dsTransactionId", p.ds) + member1("xid", p.xid) + member1("version", p.version)
	if p.exemption != "" {
		secure += `,"exemption":{"` + p.exemption + `":true}`
	}
	return d.post("payments", fmt.Sprintf(`{"action":"authorize","header":{"businessId":"770000"},"body":{"transaction":{%s},"card":{%s},"threeDSecure":{%s}}}`,
		transaction, strings.TrimPrefix(card, ","), strings.TrimPrefix(secure, ",")))
}

func member1(name, value string) string {
	if value == "" {
		return ""
	}
	return fmt.Sprintf(`,%q:%q`, name, value)
}

// refuses holds an answer to a decline whose true reason is in the journal only.
func (d *desk) refuses(a answer, reason string) {
	d.t.Helper()
	a.fails(d.t, -4, codeDeclined, messageDeclined)
	e := d.last()
	if e.Refusal == nil || e.Refusal.Code != reason {
		d.t.Errorf("the journal's reason is %+v, want %s", e.Refusal, reason)
	}
	if strings.Contains(a.Body, reason) {
		d.t.Errorf("the wire tells the reason: %s", a.Body)
	}
}

// The rows of decisions "At the acquirer" about 3-D Secure.
func TestAcquirerAuthentication(t *testing.T) {
	old := func(a *scheme.Authentication) { a.Version = core.ThreeDS10 }
	attempted := func(a *scheme.Authentication) { a.Status = core.StatusAttempted }
	tests := map[string]struct {
		card   string
		change func(*scheme.Authentication)
		claim  func(a scheme.Authentication, cavv string) try
		reason string // "": approved
	}{
		"05 with the CAVV":         {card: visaCard, claim: func(a scheme.Authentication, c string) try { return try{eci: "5", avv: c} }},
		"05 with an invented CAVV": {card: visaCard, claim: func(scheme.Authentication, string) try { return try{eci: "05", avv: "AAECAwQFBgcICQoLDA0ODxAREhM="} }, reason: scheme.CAVVUnknown},
		"05 without CAVV":          {card: visaCard, claim: func(scheme.Authentication, string) try { return try{eci: "05"} }, reason: scheme.CAVVMissing},
		"05 of another merchant":   {card: visaCard, change: func(a *scheme.Authentication) { a.Merchant = "other" }, claim: func(_ scheme.Authentication, c string) try { return try{eci: "05", avv: c} }, reason: scheme.CAVVOtherMerchant},
		"05 of another currency":   {card: visaCard, claim: func(_ scheme.Authentication, c string) try { return try{eci: "05", avv: c, currency: "USD"} }, reason: scheme.CAVVOtherCurrency},
		"05 above the amount":      {card: visaCard, claim: func(_ scheme.Authentication, c string) try { return try{eci: "05", avv: c, amount: "20.01"} }, reason: scheme.CAVVAmountExceeded},
		"05 below the amount":      {card: visaCard, claim: func(_ scheme.Authentication, c string) try { return try{eci: "05", avv: c, amount: "19"} }},
		"05 of another card":       {card: mcCard, claim: func(_ scheme.Authentication, c string) try { return try{number: visaCard, eci: "05", avv: c} }, reason: scheme.CAVVOtherCard},
		"05 claims a result A":     {card: visaCard, change: attempted, claim: func(_ scheme.Authentication, c string) try { return try{eci: "05", avv: c} }, reason: scheme.ECIMismatch},
		"05 bad signature":         {card: visaCard, change: func(a *scheme.Authentication) { a.BadSignature = true }, claim: func(_ scheme.Authentication, c string) try { return try{eci: "05", avv: c} }, reason: scheme.SignatureNotVerified},
		"06 with the CAVV":         {card: visaCard, change: attempted, claim: func(_ scheme.Authentication, c string) try { return try{eci: "06", avv: c} }},
		"06 without, not enrolled": {card: visaCard, change: func(a *scheme.Authentication) { old(a); a.Enrolled, a.Status = core.EnrolledNo, "" }, claim: func(scheme.Authentication, string) try { return try{eci: "06", version: "1"} }},
		"06 without, enrolled":     {card: visaCard, change: old, claim: func(scheme.Authentication, string) try { return try{eci: "06", version: "1"} }, reason: scheme.CAVVMissing},
		"01 without, unavailable":  {card: mcCard, change: func(a *scheme.Authentication) { old(a); a.Enrolled, a.Status = core.EnrolledUnknown, "" }, claim: func(scheme.Authentication, string) try { return try{eci: "01", version: "1"} }},
		"07 alone":                 {card: visaCard, claim: func(scheme.Authentication, string) try { return try{eci: "07"} }},
		"07 with a CAVV":           {card: visaCard, claim: func(_ scheme.Authentication, c string) try { return try{eci: "07", avv: c} }, reason: scheme.CAVVNotExpected},
		"00 alone":                 {card: mcCard, claim: func(scheme.Authentication, string) try { return try{eci: "00"} }},
		"an exemption":             {card: visaCard, claim: func(scheme.Authentication, string) try { return try{exemption: "lowValue"} }},
		"an exemption with a CAVV": {card: visaCard, claim: func(_ scheme.Authentication, c string) try { return try{eci: "05", avv: c, exemption: "lowValue"} }, reason: scheme.CAVVNotExpected},
		"02 with its DS id": {card: mcCard, claim: func(a scheme.Authentication, c string) try {
			return try{eci: "02", avv: c, ds: a.DSTransactionID, version: "2"}
		}},
		"02 without DS id": {card: mcCard, claim: func(_ scheme.Authentication, c string) try { return try{eci: "02", avv: c, version: "2"} }, reason: scheme.DSMissing},
		"05 with another's DS id": {card: visaCard, claim: func(_ scheme.Authentication, c string) try {
			return try{eci: "05", avv: c, ds: "11111111-fae6-48f2-8083-c23433990fbc"}
		}, reason: scheme.DSMismatch},
		"1.0 with its XID":          {card: visaCard, change: old, claim: func(a scheme.Authentication, c string) try { return try{eci: "05", avv: c, xid: a.XID, version: "1"} }},
		"1.0 with another's XID":    {card: visaCard, change: old, claim: func(_ scheme.Authentication, c string) try { return try{eci: "05", avv: c, xid: "QWJD", version: "1"} }, reason: scheme.XIDMismatch},
		"no threeDSecure, own card": {card: visaCard, claim: func(scheme.Authentication, string) try { return try{} }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, nil)
			a, cavv := d.authenticated(tt.card, tt.change)
			p := tt.claim(a, cavv)
			if p.number == "" {
				p.number = tt.card
			}
			if answer := d.pay(p); tt.reason == "" {
				answer.is(t, http.StatusOK, 0)
			} else {
				d.refuses(answer, tt.reason)
			}
		})
	}
}

// Decisions 18: a CAVV is used up by an approval, and by nothing else.
func TestCAVVIsUsedUpByApproval(t *testing.T) {
	d := newDesk(t, nil)
	_, cavv := d.authenticated(visaCard, nil)
	p := try{number: visaCard, eci: "05", avv: cavv}
	for _, outcome := range []string{"declined", "input-error", "business-rule", "failed"} {
		d.force(outcome, nil)
		d.pay(p)
	}
	d.force("", nil)
	d.pay(p).is(t, http.StatusOK, 0)
	d.refuses(d.pay(p), scheme.CAVVUsed)
	d.force("approved", nil) // a forced success does not override the truth (decisions 3)
	d.refuses(d.pay(p), scheme.CAVVUsed)
}

func TestAcquirerSettings(t *testing.T) {
	d := newDesk(t, map[string]any{"cavvAmount": "exact", "expiredCard": "decline"})
	_, cavv := d.authenticated(visaCard, nil)
	d.refuses(d.pay(try{number: visaCard, eci: "05", avv: cavv, amount: "19"}), scheme.CAVVAmountDiffers)
	d.pay(try{number: visaCard, eci: "05", avv: cavv}).is(t, http.StatusOK, 0)
	d.refuses(d.pay(try{number: visaCard, expiry: core.Expiry{Month: 12, Year: 2025}}), "expired-card")
	d.pay(try{number: visaCard, expiry: core.Expiry{Month: 1, Year: 2026}}).is(t, http.StatusOK, 0)
	d.force("approved", nil)
	d.pay(try{number: visaCard, expiry: core.Expiry{Month: 12, Year: 2025}}).is(t, http.StatusOK, 0)
}

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

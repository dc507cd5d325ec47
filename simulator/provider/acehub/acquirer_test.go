package acehub

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

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
	d.update(func(sc sandbox.Scope) error { return scheme.Begin(sc, a) })
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
		"05 with the CAVV":         {card: visaCard, claim: func(_ scheme.Authentication, c string) try { return try{eci: "5", avv: c} }},
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

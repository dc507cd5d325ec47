package acehub

import (
	"net/http"
	"os"
	"reflect"
	"strings"
	"testing"
)

// Nothing that could be used to pay reaches the journal, the log or the file.
func TestSecretsStayOut(t *testing.T) {
	d := newDesk(t, nil)
	tok := d.token(visaCard, "own")
	number := tok.Digits(d.World)
	a, cavv := d.authenticated(visaCard, nil)
	cryptogram := d.cryptogram(tok)
	d.pay(try{number: number, expiry: tok.Expiry, cryptogram: cryptogram, eci: "05", avv: cavv, ds: a.DSTransactionID}).is(t, http.StatusOK, 0)
	d.pay(try{number: number, expiry: tok.Expiry, cryptogram: cryptogram, eci: "05", avv: cavv}).is(t, http.StatusBadRequest, -4)
	d.pay(try{number: number, expiry: tok.Expiry, cryptogram: cryptogram, eci: "99", avv: cavv}).is(t, http.StatusBadRequest, -1)
	d.post("tokens", seedTokenize)
	d.post("payments", strings.Replace(seedPayment, `"321"`, `"9876"`, 1))

	var kept strings.Builder
	kept.WriteString(d.Log.String())
	for _, item := range d.entries() {
		kept.WriteString(item)
	}
	file, err := os.ReadFile(d.DB.Path())
	if err != nil {
		t.Fatal(err)
	}
	kept.Write(file)
	for what, secret := range map[string]string{
		"the token number": number, "the CAVV": cavv, "the cryptogram": cryptogram, "the card number": visaCard,
		"the seed's card number": "4916934502308682", "the security code": `9876"`, "the password": password,
	} {
		if strings.Contains(kept.String(), secret) {
			t.Errorf("%s is kept", what)
		}
	}
}

// What scenarios see: documented names, numbers as numbers, no secrets.
func TestFacts(t *testing.T) {
	tree := `{"action":"payment","header":{"businessId":"770000"},"body":{"TRANSACTION":{"trackingcode":"ORDER-0001","amount":"12.50","currencyCode":"EUR","brandid":"1010"},
		"card":{"number":"4111111111111111","cvv":"321","cryptogram":"x","expirymonth":"03","expiryyear":2030},"threeDSecure":{"avv":"x","eci":5},"unknown":{"number":"4111111111111111"}}}`
	raw, err := parse([]byte(tree))
	if err != nil {
		t.Fatal(err)
	}
	var f fitter
	got := facts(f.object(raw["body"].(map[string]any), paymentSchema, "body."))
	want := map[string]any{
		"transaction":  map[string]any{"trackingCode": "ORDER-0001", "amount": 12.5, "currencyCode": "EUR", "brandId": 1010.0},
		"card":         map[string]any{"expiryMonth": 3.0, "expiryYear": 2030.0},
		"threeDSecure": map[string]any{"eci": "5"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("facts are %v, want %v", got, want)
	}
}

func TestJournalEntry(t *testing.T) {
	s := open(t, nil)
	s.post("payments", payment("payment", "ORDER-0001", "20"))
	e := s.last()
	if e.Operation != opPaymentCreate || e.Outcome != "approved" || e.Result != "0" || e.Reference != "ORDER-0001" || e.Currency != "EUR" ||
		e.Amount == nil || *e.Amount != 20 || e.Merchant != "own" || e.Card == nil || e.Card.Bin != "411111" || e.Flow == "" {
		t.Errorf("%+v", e)
	}
	s.post("payments", payment("payment", "ORDER-0001", "20"))
	if e := s.last(); e.Outcome != "business-rule" || e.Result != "-8" || e.Refusal == nil || e.Refusal.Code != "rule-duplicate" {
		t.Errorf("%+v", e)
	}
}

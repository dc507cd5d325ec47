package cardtokens

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cardsim/simulator/core"
	"cardsim/simulator/provider"
	"cardsim/simulator/wire"
)

// TestFactsOfCreate: scenarios see numbers as numbers and never the card number or
// the security code (interface §7, decisions 4).
func TestFactsOfCreate(t *testing.T) {
	b := newBench(t)
	body := strings.Replace(seed001Plain, `"expmonth": 2`, `"expmonth": "02"`, 1)
	b.call(http.MethodPost, "/api/token", body)
	f := *b.facts.Load()
	want := map[string]any{
		"card":       map[string]any{"expmonth": 2, "expyear": 2028},
		"merchantid": example,
		"billingaddress": map[string]any{
			"line1": "Gammel Havn 1", "line2": "", "city": "Aalborg", "state": "Northjutland", "country": "DK", "postalcode": "9000",
		},
	}
	if diff := cmp.Diff(want, f.Request()); diff != "" {
		t.Errorf("request as scenarios see it (-want +got):\n%s", diff)
	}
	if f.Card.Brand != core.Forbrugsforeningen || f.Card.Last4 != "0004" {
		t.Errorf("card %+v", f.Card)
	}
	if text, err := json.Marshal([]any{f.Card, f.Request(), f.Reference}); err != nil || strings.Contains(string(text), "6007220000000004") {
		t.Errorf("the facts hold the card number: %s, %v", text, err)
	}
}

// TestFactsOfATokenCall: the card is the underlying one.
func TestFactsOfATokenCall(t *testing.T) {
	b := newBench(t)
	b.key = liveKey
	id := b.token("4111111145551142").text("tokenid")
	b.call(http.MethodPost, "/api/token/"+id+"/cryptogram", `{"reference":"r-1"}`)
	f := *b.facts.Load()
	want := map[string]any{"tokenid": id, "reference": "r-1", "transactiontype": "ecom", "unpredictablenumber": ""}
	if diff := cmp.Diff(want, f.Request()); diff != "" {
		t.Errorf("request as scenarios see it (-want +got):\n%s", diff)
	}
	if f.Card.Last4 != "1142" || f.Reference != "r-1" {
		t.Errorf("card %+v, reference %q", f.Card, f.Reference)
	}
}

// TestACallerWhoIsGoneWaitsForNoSlot: decryptions are bounded, and whoever leaves
// the queue gets the one error.
func TestACallerWhoIsGoneWaitsForNoSlot(t *testing.T) {
	b := newBench(t)
	p := New()
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	gone, leave := context.WithCancel(context.Background())
	leave()
	c := &provider.Call{Request: &wire.Request{Ctx: gone}, World: b.w}
	if _, err := p.openCard(c, encrypt(t, b, seedCard, pkcs1)); err == nil || err.Error() != errCard().Error() {
		t.Errorf("error %v, want %v", err, errCard())
	}
	<-p.slots
	c.Request.Ctx = context.Background()
	if card, err := p.openCard(c, encrypt(t, b, seedCard, pkcs1)); err != nil || card.pan().IsZero() {
		t.Errorf("with a free slot: %v", err)
	}
}

package simulator_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cardsim/simulator"
	"cardsim/simulator/simulatortest"
)

// hops are the operations of a flow, in the order of receipt.
func hops(t *testing.T, c *simulatortest.Client, flow string) []string {
	t.Helper()
	var list struct{ Items []simulatortest.Entry }
	if err := c.Admin(http.MethodGet, "/requests?limit=1000&flow="+flow, nil, &list); err != nil {
		t.Fatal(err)
	}
	var operations []string
	for _, e := range slices.Backward(list.Items) {
		operations = append(operations, e.Operation)
	}
	return operations
}

// newest is the newest entry of an operation.
func newest(t *testing.T, c *simulatortest.Client, operation string) simulatortest.Entry {
	t.Helper()
	list, err := c.Journal(operation)
	if err != nil || len(list) == 0 {
		t.Fatalf("%s: %v %v", operation, list, err)
	}
	return list[0]
}

// typeCode is the cardholder with a browser: he opens the issuer's page, asks for
// another code, and types it.
func typeCode(t *testing.T, c *simulatortest.Client, lookup simulatortest.Elements) {
	t.Helper()
	post := func(address string, form url.Values) {
		t.Helper()
		a, err := c.Do(http.MethodPost, address, []byte(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		if err != nil || a.Status != http.StatusOK {
			t.Fatalf("%s: HTTP %d %v", address, a.Status, err)
		}
	}
	form := url.Values{"PaReq": {lookup["Payload"]}, "TermUrl": {"https://shop.example/back"}, "MD": {"1"}}
	if strings.Contains(lookup["ACSUrl"], "creq") {
		form = url.Values{"creq": {lookup["Payload"]}}
	}
	post(lookup["ACSUrl"], form)
	list, err := c.Challenges()
	if err != nil || len(list) == 0 || list[0].TransactionID != lookup["TransactionId"] {
		t.Fatalf("%+v %v", list, err)
	}
	page := c.Env["CARDSIM_URL"] + "/acs/challenge/" + list[0].ID
	post(page, url.Values{"action": {"resend"}})
	sent, err := c.Messages()
	if err != nil || len(sent) == 0 || sent[0].Code == "" {
		t.Fatalf("%+v %v", sent, err)
	}
	post(page, url.Values{"action": {"submit"}, "otp": {sent[0].Code}})
}

// actOn acts on a payment by its id.
func actOn(t *testing.T, c *simulatortest.Client, id, verb, code string, amount float64) {
	t.Helper()
	transaction := map[string]any{"trackingCode": code}
	if amount > 0 {
		transaction["amount"], transaction["currencyCode"] = amount, "EUR"
	}
	paid, err := c.AceHub(http.MethodPost, "payments/"+id+"/"+verb, map[string]any{
		"header": map[string]string{"businessId": c.Env["ACEHUB_BUSINESS_ID"]}, "body": map[string]any{"transaction": transaction},
	})
	if err != nil || paid.HTTP != http.StatusOK {
		t.Fatalf("%s: HTTP %d %s %v", verb, paid.HTTP, paid.Raw, err)
	}
}

// did is for steps whose answer does not matter further.
func did(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// completeJourney is everything that happens to one card for one order, from its
// enrolment to the end of its token.
func completeJourney(t *testing.T, c *simulatortest.Client, o simulatortest.Order, vector string) {
	t.Helper()
	enrolled, err := c.Enrol(o.Card.PAN, vector, "+4512345678")
	did(t, err)
	if a, err := c.Holder(enrolled.AuthProfileID); err != nil || a.Status != http.StatusOK {
		t.Fatalf("HTTP %d %v", a.Status, err)
	}
	lookup, err := c.Lookup(o)
	did(t, err)
	typeCode(t, c, lookup)
	auth, err := c.Authenticate(lookup["TransactionId"])
	did(t, err)
	key := c.Env["CARDTOKENS_LIVE_API_KEY"]
	token, err := c.CreateToken(key, o.Card)
	did(t, err)
	cryptogram, err := c.GetCryptogram(key, token.TokenID, o.Number)
	did(t, err)
	j := simulatortest.Journey{Order: o, Key: key, Token: token, Lookup: lookup, Auth: auth, Cryptogram: cryptogram}
	paid, err := c.Pay(j.Payment())
	if err != nil || paid.Result != 0 {
		t.Fatalf("%s %v", paid.Raw, err)
	}
	id := paid.Body.Transaction.ID
	actOn(t, c, id, "capture", "CAP-"+o.Number, 50)
	actOn(t, c, id, "refund", "REF-"+o.Number, 10)
	query := "?businessId=" + c.Env["ACEHUB_BUSINESS_ID"]
	_, err = c.AceHub(http.MethodGet, "payments/"+id+query, nil)
	did(t, err)
	_, err = c.TokenStatus(key, token.TokenID)
	did(t, err)
	did(t, c.DeleteToken(key, token.TokenID))
	did(t, c.SetCardState(enrolled.CardID, "DISABLED"))
	did(t, c.SetCardState(enrolled.CardID, "ENABLED"))
}

var wholeJourney = []string{
	"cipher.card.create", "cipher.cardholder.get", "cardinal.lookup", "acs.challenge.open", "acs.challenge.resend", "acs.challenge.submit",
	"cardinal.authenticate", "cardtokens.token.create", "cardtokens.token.cryptogram", "acehub.payment.create", "acehub.payment.capture",
	"acehub.payment.refund", "acehub.payment.get", "cardtokens.token.status", "cardtokens.token.delete", "cipher.card.update", "cipher.card.update",
}

// TestOneFlowTiesAJourney: every hop at all four providers and in the browser, in
// both protocols; the next journey of the same card is another one.
func TestOneFlowTiesAJourney(t *testing.T) {
	for name, pan := range map[string]string{"1.0": "4000000000000002", "EMV": "4000000000001091"} {
		t.Run(name, func(t *testing.T) {
			c, _ := simulatortest.Start(t, simulator.Config{})
			o := good("FLOW-1")
			o.Card.PAN = pan
			completeJourney(t, c, o, "V1")
			first := newest(t, c, "acehub.payment.create").Flow
			if got := hops(t, c, first); first == "" || !slices.Equal(got, wholeJourney) {
				t.Errorf("flow %q ties %q", first, got)
			}
			o.Number = "FLOW-2"
			completeJourney(t, c, o, "V1")
			second := newest(t, c, "acehub.payment.create").Flow
			if got := hops(t, c, second); second == first || !slices.Equal(got, wholeJourney) {
				t.Errorf("flow %q ties %q", second, got)
			}
		})
	}
}

// TestFlowsOfOneCardStayApart: two orders with one card at the same time. What is
// done to one by its id, and the payment with its authentication, stay with it.
func TestFlowsOfOneCardStayApart(t *testing.T) {
	for name, pan := range map[string]string{"1.0": "4000000000000002", "EMV": "4000000000001091"} {
		t.Run(name, func(t *testing.T) {
			c, _ := simulatortest.Start(t, simulator.Config{})
			var orders [2]simulatortest.Journey
			var flows [2]string
			for i, number := range []string{"APART-1", "APART-2"} {
				o := good(number)
				o.Card.PAN = pan
				lookup, err := c.Lookup(o)
				did(t, err)
				orders[i] = simulatortest.Journey{Order: o, Lookup: lookup}
				flows[i] = newest(t, c, "cardinal.lookup").Flow
			}
			if flows[0] == flows[1] || flows[0] == "" {
				t.Fatalf("flows %q", flows)
			}
			for _, i := range []int{0, 1} { // the older order first
				j := orders[i]
				_, err := c.Approve(j.Lookup["TransactionId"])
				did(t, err)
				j.Auth, err = c.Authenticate(j.Lookup["TransactionId"])
				did(t, err)
				p := j.Payment()
				p.Card = map[string]any{"number": pan, "expiryMonth": 1, "expiryYear": 2031, "holderName": "Ada Tester", "cvv": "123"}
				paid, err := c.Pay(p)
				if err != nil || paid.Result != 0 {
					t.Fatalf("%s %v", paid.Raw, err)
				}
				actOn(t, c, paid.Body.Transaction.ID, "cancel", "CAN-"+j.Order.Number, 0)
			}
			want := []string{"cardinal.lookup", "cardinal.authenticate", "acehub.payment.create", "acehub.payment.cancel"}
			for _, flow := range flows {
				if got := hops(t, c, flow); !slices.Equal(got, want) {
					t.Errorf("flow %s ties %q", flow, got)
				}
			}
		})
	}
}

// TestRulesKnowTheFlow: a rule's condition and a counter by flow know the journey that a
// request is about to begin or to go on with, and a call that was refused before it was
// carried out belongs to one in the journal, too.
func TestRulesKnowTheFlow(t *testing.T) {
	s := scripted(t, `rules:
  - name: none without a flow
    on: cardinal.lookup
    when: flow == ""
    do: {respond: {status: 500}}
  - name: counted before
    on: acehub.payment.create
    when: call > 99
    do: {respond: {status: 500}}
  - name: the first of each flow
    on: acehub.payment.create
    per: flow
    sequence: [{fault: {kind: http, status: 503}}]
  - name: out of order
    on: cardtokens.token.create
    do: {fault: {kind: http, status: 503}}
`)
	for _, number := range []string{"RULES-1", "RULES-2"} {
		o := good(number)
		_, err := s.c.Lookup(o)
		did(t, err)
		flow := newest(t, s.c, "cardinal.lookup").Flow
		if _, err := s.c.Pay(plain(o)); err == nil {
			t.Error("the first payment of the flow was carried out")
		}
		s.pays(plain(o), http.StatusOK, 0)
		if _, err := s.c.CreateToken(s.c.Env["CARDTOKENS_LIVE_API_KEY"], o.Card); err == nil {
			t.Error("a token was made")
		}
		want := []string{"cardinal.lookup", "acehub.payment.create", "acehub.payment.create", "cardtokens.token.create"}
		if got := hops(t, s.c, flow); flow == "" || !slices.Equal(got, want) {
			t.Errorf("flow %q ties %q", flow, got)
		}
	}
}

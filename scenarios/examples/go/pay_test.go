// Package shop_test is a shop's test suite in Go, with a simulator inside the test
// process: no program to start, no port to choose.
//
//	go test ./scenarios/examples/go
package shop_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"cardsim/simulator"
)

const pan = "4000000000001091"

// shop is what the code under test would be: it knows the variables and nothing
// of the simulator.
type shop struct {
	t   *testing.T
	env map[string]string
}

func open(t *testing.T) *shop {
	t.Helper()
	s, err := simulator.New(simulator.Config{}) // ephemeral, on free ports
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	env, err := s.Env()
	if err != nil {
		t.Fatal(err)
	}
	return &shop{t, env}
}

type object = map[string]any

// send posts JSON (or gets, without a body) and returns the JSON of the answer.
func (s *shop) send(address string, body any, prepare func(*http.Request)) object {
	s.t.Helper()
	method, data := http.MethodGet, []byte(nil)
	if body != nil {
		method = http.MethodPost
		var err error
		if data, err = json.Marshal(body); err != nil {
			s.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, address, bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	prepare(req)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	var out object
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		s.t.Fatalf("%s answered %s: %v", address, resp.Status, err)
	}
	return out
}

func (s *shop) cardtokens(path string, body any) object {
	return s.send(s.env["CARDTOKENS_URL"]+path, body, func(r *http.Request) { r.Header.Set("X-Api-Key", s.env["CARDTOKENS_LIVE_API_KEY"]) })
}

func (s *shop) acehub(path string, body any) object {
	return s.send(s.env["ACEHUB_URL"]+path, body, func(r *http.Request) { r.SetBasicAuth(s.env["ACEHUB_USERNAME"], s.env["ACEHUB_PASSWORD"]) })
}

// admin is the simulator's own API: what a test asks and does beside the code.
func (s *shop) admin(path string, body any) object {
	return s.send(s.env["CARDSIM_ADMIN_URL"]+"/api/v1/sandboxes/"+s.env["CARDSIM_SANDBOX"]+path, body, func(*http.Request) {})
}

// cmpi sends a Cardinal message; the signature is SHA-256 of timestamp and API key.
func (s *shop) cmpi(msgType string, elements ...string) map[string]string {
	s.t.Helper()
	stamp := strconv.FormatInt(time.Now().UnixMilli(), 10)
	sum := sha256.Sum256([]byte(stamp + s.env["CARDINAL_API_KEY"]))
	all := append([]string{
		"MsgType", msgType, "Version", "1.7", "TransactionType", "C", "Algorithm", "SHA-256", "Identifier", s.env["CARDINAL_IDENTIFIER"],
		"OrgUnit", s.env["CARDINAL_ORG_UNIT"], "Signature", base64.StdEncoding.EncodeToString(sum[:]), "Timestamp", stamp,
	}, elements...)
	var msg bytes.Buffer
	for i := 0; i < len(all); i += 2 {
		msg.WriteString("<" + all[i] + ">")
		if err := xml.EscapeText(&msg, []byte(all[i+1])); err != nil {
			s.t.Fatal(err)
		}
		msg.WriteString("</" + all[i] + ">")
	}
	resp, err := http.PostForm(s.env["CARDINAL_URL"], url.Values{"cmpi_msg": {"<CardinalMPI>" + msg.String() + "</CardinalMPI>"}})
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	var doc struct {
		Items []struct {
			XMLName xml.Name
			Value   string `xml:",chardata"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(body, &doc); err != nil {
		s.t.Fatalf("%v: %s", err, body)
	}
	out := map[string]string{}
	for _, i := range doc.Items {
		out[i.XMLName.Local] = i.Value
	}
	return out
}

// authenticate takes the cardholder through 3-D Secure without a browser.
func (s *shop) authenticate(order string) object {
	s.t.Helper()
	lookup := s.cmpi("cmpi_lookup", "OrderNumber", order, "Amount", "12345", "CurrencyCode", "978", "CardNumber", pan, "CardExpMonth", "01", "CardExpYear", "2031")
	if lookup["PAResStatus"] != "C" {
		s.t.Fatalf("no challenge: %v", lookup)
	}
	for _, item := range s.admin("/challenges", nil)["items"].([]any) {
		if c := item.(object); c["transactionId"] == lookup["TransactionId"] {
			s.admin("/challenges/"+c["id"].(string), object{"action": "approve"})
		}
	}
	result := s.cmpi("cmpi_authenticate", "TransactionId", lookup["TransactionId"])
	if result["SignatureVerification"]+result["PAResStatus"] != "YY" {
		s.t.Fatalf("not authenticated: %v", result)
	}
	return object{"version": "2", "eci": result["EciFlag"], "avv": result["Cavv"], "dsTransactionId": lookup["DSTransactionId"]}
}

// payment is an authorisation with network token, cryptogram and CAVV.
func (s *shop) payment(order string) object {
	token := s.cardtokens("/api/token", object{
		"card": object{"pan": pan, "expmonth": 1, "expyear": 2031, "securitycode": "123"}, "merchantid": s.env["CARDTOKENS_MERCHANT_ID"],
	})
	secure := s.authenticate(order)
	proof := s.cardtokens("/api/token/"+token["tokenid"].(string)+"/cryptogram", object{"reference": order})
	return object{
		"transaction":  object{"trackingCode": order, "brandId": 1010, "amount": 123.45, "currencyCode": "EUR"},
		"card":         object{"number": token["token"], "expiryMonth": token["expmonth"], "expiryYear": token["expyear"], "cryptogram": proof["cryptogram"]},
		"threeDSecure": secure,
	}
}

func (s *shop) pay(body object) object {
	return s.acehub("payments", object{"action": "authorize", "header": object{"businessId": s.env["ACEHUB_BUSINESS_ID"]}, "body": body})
}

func TestAuthorised(t *testing.T) {
	s := open(t)
	if got := s.pay(s.payment("GO-ORDER-1")); got["result"] != 0.0 {
		t.Errorf("not authorised: %v", got)
	}
}

func TestCryptogramIsGoodForOneAttempt(t *testing.T) {
	s := open(t)
	request := s.payment("GO-ORDER-2")
	if got := s.pay(request); got["result"] != 0.0 {
		t.Fatalf("not authorised: %v", got)
	}
	request["transaction"].(object)["trackingCode"] = "GO-ORDER-2-again"
	if got := s.pay(request); got["result"] == 0.0 {
		t.Errorf("authorised twice: %v", got)
	}
	last := s.admin("/requests?operation=acehub.payment.create&limit=1", nil)["items"].([]any)[0].(object)
	if why, ok := last["refusal"].(object); !ok || why["code"] != "cryptogram-used" {
		t.Errorf("the journal says %v", last["refusal"])
	}
}

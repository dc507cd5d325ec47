package pares_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"cardsim/simulator/threeds/pares"
)

func TestPAReqRoundTrip(t *testing.T) {
	full, spare := request(), request()
	full.ID = "PAReq-0001"
	full.Extensions = []pares.Extension{{ID: "vendor-1"}}
	spare.Purchase.Desc, spare.Purchase.Install, spare.Purchase.Recur = "", "", nil
	for _, want := range []pares.PAReq{full, spare} {
		text, err := pares.EncodePAReq(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := pares.DecodePAReq(text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
		}
	}
}

// The shape of a vendor's real PAReq: indented, single quotes, an element
// outside the definition, a long id, an empty optional element.
func TestDecodePAReqOfAVendor(t *testing.T) {
	xml := `<ThreeDSecure>
  <Message id='0123456789abcdef0123456789abcdef'>
    <PAReq id='x'>
      <version>1.0.2</version><pan>outside the definition</pan>
      <Merchant>
        <acqBIN> 526571 </acqBIN><merID>02<!-- -->000</merID>
        <name><![CDATA[A & B]]></name>
      </Merchant>
      <Purchase><desc></desc></Purchase>
    </PAReq>
  </Message>
</ThreeDSecure>`
	got, err := pares.DecodePAReq(deflated(t, xml, withZlib))
	if err != nil {
		t.Fatal(err)
	}
	want := pares.PAReq{
		MessageID: "0123456789abcdef0123456789abcdef", ID: "x", Version: "1.0.2",
		Merchant: pares.Merchant{AcqBIN: "526571", MerID: "02000", Name: "A & B"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if id := got.Answer().MessageID; id != "0123456789abcdef0123456789abcd" {
		t.Errorf("the answer's id is %q, want the first 30 characters", id)
	}
}

func TestPAReqValidate(t *testing.T) {
	type change func(*pares.PAReq)
	for _, c := range []struct {
		element string
		code    pares.ErrorCode
		change  change
	}{
		{"Message/@id", pares.CodeMissing, func(q *pares.PAReq) { q.MessageID = "" }},
		{"version", pares.CodeMissing, func(q *pares.PAReq) { q.Version = "" }},
		{"version", pares.CodeOldVersion, func(q *pares.PAReq) { q.Version = "1.0.1" }},
		{"version", pares.CodeFormat, func(q *pares.PAReq) { q.Version = "2.1.0" }},
		{"Merchant/acqBIN", pares.CodeFormat, func(q *pares.PAReq) { q.Merchant.AcqBIN = "123456789012" }},
		{"Merchant/merID", pares.CodeFormat, func(q *pares.PAReq) { q.Merchant.MerID = strings.Repeat("m", 25) }},
		{"Merchant/name", pares.CodeMissing, func(q *pares.PAReq) { q.Merchant.Name = "" }},
		{"Merchant/name", pares.CodeFormat, func(q *pares.PAReq) { q.Merchant.Name = "bell\a" }},
		{"Merchant/name", pares.CodeFormat, func(q *pares.PAReq) { q.Merchant.Name = "\xff" }},
		{"Merchant/country", pares.CodeFormat, func(q *pares.PAReq) { q.Merchant.Country = "DK" }},
		{"Merchant/url", pares.CodeFormat, func(q *pares.PAReq) { q.Merchant.URL = "www.example.org" }},
		{"Purchase/xid", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.XID = "AbCdEfGhIjKlMnOpQr01AbCdEfGh" }},
		{"Purchase/date", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.Date = "20201301 00:00:00" }},
		{"Purchase/amount", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.Amount = strings.Repeat("€", 21) }},
		{"Purchase/purchAmount", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.PurchAmount = "12.30" }},
		{"Purchase/currency", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.Currency = "EUR" }},
		{"Purchase/exponent", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.Exponent = "02" }},
		{"Purchase/desc", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.Desc = strings.Repeat("d", 126) }},
		{"Purchase/Recur/frequency", pares.CodeMissing, func(q *pares.PAReq) { q.Purchase.Recur.Frequency = "" }},
		{"Purchase/Recur/endRecur", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.Recur.EndRecur = "20210231" }},
		{"Purchase/install", pares.CodeFormat, func(q *pares.PAReq) { q.Purchase.Install = "three" }},
		{"CH/acctID", pares.CodeMissing, func(q *pares.PAReq) { q.CH.AcctID = "" }},
		{"CH/expiry", pares.CodeFormat, func(q *pares.PAReq) { q.CH.Expiry = "2513" }},
		{"Extension", pares.CodeCritical, func(q *pares.PAReq) { q.Extensions = []pares.Extension{{Critical: true}} }},
	} {
		q := request()
		c.change(&q)
		var invalid *pares.Invalid
		if !errors.As(q.Validate(), &invalid) {
			t.Errorf("%s (code %d): accepted", c.element, c.code)
			continue
		}
		if len(invalid.Problems) != 1 || invalid.Problems[0].Element != c.element || invalid.Code() != c.code {
			t.Errorf("%s (code %d): got %v", c.element, c.code, invalid)
		}
		if _, err := pares.EncodePAReq(q); !errors.As(err, &invalid) {
			t.Errorf("%s: EncodePAReq gave %v, want *Invalid", c.element, err)
		}
	}
}

func TestPAReqValidateListsEverything(t *testing.T) {
	var invalid *pares.Invalid
	if !errors.As((pares.PAReq{}).Validate(), &invalid) || len(invalid.Problems) != 15 {
		t.Fatalf("got %v, want the 15 required elements", invalid)
	}
	for _, p := range invalid.Problems {
		if p.Code != pares.CodeMissing {
			t.Errorf("%s: code %d, want %d", p.Element, p.Code, pares.CodeMissing)
		}
	}
}

func TestEncodePAReqLimitsTheMessageID(t *testing.T) {
	q := request()
	q.MessageID = strings.Repeat("m", 31)
	if err := q.Validate(); err != nil {
		t.Errorf("Validate refuses an incoming id of 31: %v", err)
	}
	if _, err := pares.EncodePAReq(q); err == nil {
		t.Error("EncodePAReq writes an id of 31 characters")
	}
}

func TestMisframedRequestsCarryTheErrorCode(t *testing.T) {
	for xml, want := range map[string]pares.ErrorCode{
		`<Message id="m"><PAReq></PAReq></Message>`:                                         pares.CodeRoot,
		`<ThreeDSecure><Message id="m"><Error></Error></Message></ThreeDSecure>`:            pares.CodeMessage,
		`<ThreeDSecure><Message><PAReq></PAReq><PAReq></PAReq></Message></ThreeDSecure>`:    pares.CodeMessage,
		`<ThreeDSecure><Message id="m"></Message><Message id="n"></Message></ThreeDSecure>`: pares.CodeMessage,
	} {
		_, err := pares.DecodePAReq(deflated(t, xml, withZlib))
		var invalid *pares.Invalid
		if !errors.As(err, &invalid) || invalid.Code() != want || !errors.Is(err, pares.ErrNotParsed) {
			t.Errorf("%s: got %v, want code %d", xml, err, want)
		}
	}
}

package cardtokens

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"cardsim/simulator/core"
)

// seed001Address is the billing address of seed 001, as printed.
const seed001Address = `"billingaddress": {
"line1": "Gammel Havn 1",
"line2": "",
"city": "Aalborg",
"state": "Northjutland",
"country": "DK",
"postalcode": "9000"
},
"merchantid": "33df271c57c6441785e03a116a35de98"
}`

// seed001Plain is the unencrypted example request of seed 001.
const seed001Plain = `{
"card": {
"pan": "6007220000000004",
"expmonth": 2,
"expyear": 2028,
"securitycode": "000"
},
` + seed001Address

// seed001Encrypted is the encrypted example request of seed 001.
const seed001Encrypted = `{
"enccard": "NjAwNzIyMDAwMDAwMDAwNDYwMDcyMjAwMDAwMDAwMDQ2MDA3MjIwM………DAwNA==",
` + seed001Address

// seed000Request is the example request of seed 000.
const seed000Request = `{
"reference": "123j12323",
"transactiontype": "ecom",
"unpredictablenumber": "87654321"
}`

const (
	hex32 = `[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}`
	// seed001Answer has the members of seed 001's example response, in its order.
	seed001Answer = `\{"scheme":"testscheme","token":"1[0-9]{15}","tokenid":"` + hex32 + `","expmonth":2,"expyear":2028\}`
	// seed000Answer has those of seed 000's.
	seed000Answer = `\{"cryptogram":"[A-Za-z0-9+/]{43}=","token":"1[0-9]{15}","expmonth":2,"expyear":2028,"par":"` + hex32 +
		`","paymentdataid":"` + hex32 + `","scheme":"testscheme","tokenid":"` + hex32 + `"\}`
)

func TestSeed001UnencryptedExample(t *testing.T) {
	for name, key := range map[string]string{"test key": testKey, "no key": "", "any key": "98e78b17fe4e42e1a29ee8a6bb2e7bc7"} {
		b := newBench(t)
		b.key = key
		a := b.call(http.MethodPost, "/api/token", seed001Plain)
		b.wantForm("seed 001, plain, "+name, seed001Answer, a)
		if !core.LuhnValid(a.text("token")) {
			t.Errorf("seed 001, plain, %s: token fails Luhn", name)
		}
	}
}

// TestSeed001EncryptedExample: the printed value is a placeholder with an ellipsis
// inside (reference cardtokens.md §4.2 row 4); with the card really encrypted the
// answer is that of the plain example.
func TestSeed001EncryptedExample(t *testing.T) {
	b := newBench(t)
	if a := b.call(http.MethodPost, "/api/token", seed001Encrypted); a.status != http.StatusInternalServerError || a.text("err") == "" {
		t.Errorf("seed 001, printed enccard: %d %s", a.status, a.body)
	}
	sent := seed001Encrypted
	from, to := strings.Index(sent, "Nj"), strings.Index(sent, "==")+2
	sent = sent[:from] + encrypt(t, b, seedCard, pkcs1) + sent[to:]
	a := b.call(http.MethodPost, "/api/token", sent)
	b.wantForm("seed 001, encrypted", seed001Answer, a)
	if plain := newBench(t).call(http.MethodPost, "/api/token", seed001Plain); plain.body != a.body {
		t.Errorf("encrypted %s\nand plain %s differ", a.body, plain.body)
	}
}

func TestSeed000Example(t *testing.T) {
	for name, key := range map[string]string{"test key": testKey, "no key": ""} {
		b := newBench(t)
		b.key = key
		tok := b.call(http.MethodPost, "/api/token", seed001Plain)
		a := b.call(http.MethodPost, "/api/token/"+tok.text("tokenid")+"/cryptogram", seed000Request)
		b.wantForm("seed 000, "+name, seed000Answer, a)
		if a.text("token") != tok.text("token") || a.text("tokenid") != tok.text("tokenid") {
			t.Errorf("seed 000, %s: cryptogram of %s/%s, token is %s/%s", name, a.text("tokenid"), a.text("token"), tok.text("tokenid"), tok.text("token"))
		}
		raw, err := base64.StdEncoding.DecodeString(a.text("cryptogram"))
		if err != nil || len(raw) != 32 {
			t.Errorf("seed 000, %s: cryptogram is not the base64 of a GUID's text", name)
		}
	}
}

// TestSeed000CryptogramIsNewEachTime: a retry needs a new one (seed 000).
func TestSeed000CryptogramIsNewEachTime(t *testing.T) {
	b := newBench(t)
	id := b.token("6007220000000004").text("tokenid")
	seen := map[string]bool{}
	for range 5 {
		a := b.call(http.MethodPost, "/api/token/"+id+"/cryptogram", seed000Request)
		for _, v := range []string{a.text("cryptogram"), a.text("paymentdataid")} {
			if seen[v] {
				t.Errorf("%s came twice", v)
			}
			seen[v] = true
		}
	}
}

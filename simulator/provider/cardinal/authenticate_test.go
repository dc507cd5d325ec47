package cardinal

import (
	"strings"
	"testing"
	"time"

	"cardsim/simulator/threeds/pares"
)

// TestSeed003Table holds the request to the field table of seed 003: what is
// required, conditional and not, and the formats.
func TestSeed003Table(t *testing.T) {
	b := open(t, nil)
	id := b.send(b.lookupOf(oldSuccess))["TransactionId"]
	b.enter(id, "1234")
	message := b.pares(id)
	good := b.authOf(id)
	tests := []struct {
		name   string
		change el
		number string
	}{
		{"Algorithm required", el{"Algorithm": ""}, "1001"},
		{"Algorithm takes SHA-256 and SHA-512 only", el{"Algorithm": "SHA-1"}, "1001"},
		{"Identifier required", el{"Identifier": ""}, "1001"},
		{"OrgUnit required", el{"OrgUnit": ""}, "1001"},
		{"Signature required", el{"Signature": ""}, "1001"},
		{"Timestamp required", el{"Timestamp": ""}, "1001"},
		{"Timestamp numeric", el{"Timestamp": "14671228919x0"}, "1001"},
		{"MerchantReferenceNumber not required", el{}, "0"},
		{"MerchantReferenceNumber", el{"MerchantReferenceNumber": "REF-1"}, "0"},
		{"MsgType required", el{"MsgType": ""}, "2001"},
		{"PAResPayload not needed with TransactionId", el{}, "0"},
		{"PAResPayload beside TransactionId", el{"PAResPayload": message}, "0"},
		{"PAResPayload links too", el{"TransactionId": "", "PAResPayload": message}, "0"},
		{"PAResPayload AN(10240)", el{"PAResPayload": strings.Repeat("A", 10241)}, "1003, 4000"},
		{"TransactionId or PAResPayload", el{"TransactionId": ""}, "1003, 4268"},
		{"TransactionType required", el{"TransactionType": ""}, "1360"},
		{"TransactionType C only", el{"TransactionType": "CC"}, "1360"},
		{"Version required", el{"Version": ""}, "2006"},
		{"Version 1.7", el{"Version": "1.5"}, "2006"},
		{"Credential and CredentialEncrypted are for IVR", el{"Credential": "1234", "CredentialEncrypted": "false"}, "0"},
	}
	for _, tt := range tests {
		got := b.send(good.with(tt.change))
		compare(t, tt.name, got, el{"ErrorNo": tt.number})
		if tt.number == "0" {
			compare(t, tt.name, got, el{"PAResStatus": "Y", "SignatureVerification": "Y", "ErrorDesc": "", "MerchantReferenceNumber": tt.change["MerchantReferenceNumber"]})
		}
	}
	if body := b.post(good.with(el{"TransactionId": ""})).Body; namesIn(body) != "ErrorDesc ErrorNo" {
		t.Errorf("1003, 4268 answers %s", body)
	}
}

// TestLinks: reference cardinal.md §6, link rules.
func TestLinks(t *testing.T) {
	b := open(t, nil)
	one, two := b.send(b.lookupOf(oldSuccess)), b.send(b.lookupOf(oldMastercard))
	id, other := one["TransactionId"], two["TransactionId"]
	b.enter(id, "1234")
	b.enter(other, "1234")
	tests := []struct {
		name   string
		change el
		number string
	}{
		{"unknown id", el{"TransactionId": "AbCdEfGhIjKlMnOpQr01"}, "1355"},
		{"no id at all", el{"TransactionId": "x"}, "1355"},
		{"OrderId alone", el{"TransactionId": "", "OrderId": one["OrderId"]}, "0"},
		{"unknown OrderId", el{"TransactionId": "", "OrderId": "8000000000000000"}, "1355"},
		{"OrderId of another lookup", el{"OrderId": two["OrderId"]}, "1829"},
		{"PaRes of another lookup", el{"PAResPayload": b.pares(other)}, "1829"},
		{"unreadable", el{"PAResPayload": "garbage"}, "1060"},
		{"unreadable alone", el{"TransactionId": "", "PAResPayload": "garbage"}, "1060"},
		{"a PaReq for a PaRes", el{"PAResPayload": one["Payload"]}, "1055"},
		{"a PaReq alone", el{"TransactionId": "", "PAResPayload": one["Payload"]}, "1055"},
		{"another card", el{"PAResPayload": b.forged(id, func(r *pares.PARes) { r.PAN = "0000000000009999" })}, "4475"},
	}
	for _, tt := range tests {
		got := b.send(b.authOf(id).with(tt.change))
		compare(t, tt.name, got, el{"ErrorNo": tt.number})
		if tt.number != "0" && (got["ErrorDesc"] == "" || got["Cavv"] != "") {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	stranger := b.signed("cmpi_authenticate").with(el{"TransactionId": id, "Identifier": "", "ProcessorId": "x", "MerchantId": "y"})
	if got := b.send(stranger); got["ErrorNo"] != "0" { // an unseen identity is the own merchant
		t.Errorf("unseen: %v", got)
	}
}

// forged is a PaRes with other values, signed by the same issuer.
func (b *bench) forged(id string, change func(*pares.PARes)) string {
	b.t.Helper()
	r, _, err := pares.DecodePARes(b.pares(id))
	if err != nil {
		b.t.Fatal(err)
	}
	change(&r)
	text, err := pares.EncodePARes(r, b.signing.Signer)
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

func TestAnotherMerchantsTransaction(t *testing.T) {
	b := open(t, nil)
	id := b.send(b.lookupOf(emvFrictionless))["TransactionId"]
	mine := b.shop
	b.shop, _ = b.World.Merchant("other")
	got := b.send(b.authOf(id))
	b.shop = mine
	compare(t, "another's", got, el{"ErrorNo": "1355"})
}

// TestTamperedPaRes: the values are reported, and must not be used (seed 003).
func TestTamperedPaRes(t *testing.T) {
	b := open(t, nil)
	id := b.send(b.lookupOf(oldSuccess))["TransactionId"]
	b.enter(id, "1234")
	broken, err := pares.Tamper(b.pares(id))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "tampered", b.send(b.authOf(id).with(el{"PAResPayload": broken})), el{"ErrorNo": "0", "PAResStatus": "Y", "SignatureVerification": "N", "Cavv": "*"})
	if b.refusal() != "pares-signature" {
		t.Errorf("the journal says %q", b.refusal())
	}
	compare(t, "the true one", b.send(b.authOf(id).with(el{"PAResPayload": b.pares(id)})), el{"SignatureVerification": "Y"})
}

func TestEarlyAndAge(t *testing.T) {
	b := open(t, nil)
	emv, old := b.send(b.lookupOf(emvChallenge))["TransactionId"], b.send(b.lookupOf(oldSuccess))["TransactionId"]
	compare(t, "EMV", b.send(b.authOf(emv)), el{"ErrorNo": "0", "PAResStatus": "U", "EciFlag": "07", "Cavv": ""})
	compare(t, "1.0", b.send(b.authOf(old)), el{"ErrorNo": "1060", "Cavv": ""})
	b.enter(emv, "1234")
	compare(t, "then", b.send(b.authOf(emv)), el{"PAResStatus": "Y"})
	for _, tt := range []struct {
		after  time.Duration
		number string
	}{{24*time.Hour - 1, "0"}, {24 * time.Hour, "1355"}} {
		b.at(noon.Add(tt.after))
		compare(t, tt.after.String(), b.send(b.authOf(emv).with(b.signedAt(noon.Add(tt.after), "SHA-256"))), el{"ErrorNo": tt.number})
	}
}

func TestFrictionlessAuthenticateTellsTheLookup(t *testing.T) {
	b := open(t, nil)
	look := b.send(b.lookupOf(emvFrictionless))
	compare(t, "EMV", b.send(b.authOf(look["TransactionId"])), el{"ErrorNo": "0", "PAResStatus": "Y", "Cavv": look["Cavv"], "EciFlag": "05"})
	compare(t, "1.0 not enrolled", b.send(b.authOf(b.send(b.lookupOf("4000000000000051"))["TransactionId"])), el{"ErrorNo": "1060"})
}

// TestCredential: IVR goes through the same challenge and its limits (reference
// cardinal.md §10, cipher-acs.md B6: inferred).
func TestCredential(t *testing.T) {
	b := open(t, nil)
	id := b.send(b.lookupOf(emvChallenge))["TransactionId"]
	ivr := func(id, code string) el { return b.send(b.authOf(id).with(el{"Credential": code})) }
	compare(t, "wrong", ivr(id, "0000"), el{"ErrorNo": "0", "PAResStatus": "N", "InteractionCounter": "01", "Cavv": ""})
	compare(t, "right", ivr(id, "1234"), el{"PAResStatus": "Y", "InteractionCounter": "02", "Cavv": "*"})
	compare(t, "after the end nothing counts", ivr(id, "0000"), el{"PAResStatus": "Y", "InteractionCounter": "02"})

	id = b.send(b.lookupOf(emvChallenge))["TransactionId"]
	ivr(id, "0000")
	ivr(id, "0000")
	compare(t, "over the limit", ivr(id, "1234"), el{"PAResStatus": "N", "InteractionCounter": "02", "StatusReason": "01"})

	b.enrol(oldSuccess)
	id = b.send(b.lookupOf(oldSuccess))["TransactionId"]
	compare(t, "1234 for a tenant's card", ivr(id, "1234"), el{"ErrorNo": "0", "PAResStatus": "N", "SignatureVerification": "Y"})
	compare(t, "its one-time password", ivr(id, b.code(id)), el{"ErrorNo": "0", "PAResStatus": "Y", "Cavv": "*", "Xid": "*"})
}

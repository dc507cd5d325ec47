package cardinal

import (
	"regexp"
	"strings"
	"testing"

	"cardsim/simulator/core"
	"cardsim/simulator/issuer"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/threeds"
)

// TestEveryErrorOfALookup: number, text and trigger, in the order of reference
// cardinal.md §3.3. Each message has every later mistake too, so that the order
// shows.
func TestEveryErrorOfALookup(t *testing.T) {
	b := open(t, nil)
	wrong := el{"Version": "1.6", "MsgType": "cmpi_order", "Signature": "x", "TransactionType": "CC", "OrderNumber": "", "Amount": "12.5", "CurrencyCode": "EUR", "CardNumber": "4", "CardExpMonth": "13"}
	steps := []struct {
		right         string // what is put right after the step before
		number, error string
	}{
		{"", "2006", "Unsupported Message Version - 1.6"},
		{"Version", "2001", "Message type not supported"},
		{"MsgType", "1001", "Error Processing Message Request"},
		{"Signature", "1360", "Payment initiative not supported"},
		{"TransactionType", "1002, 4000", "Error Processing Lookup Request Message, Error Validating Field - OrderNumber"},
		{"OrderNumber", "1002, 4000", "Error Processing Lookup Request Message, Error Validating Field - Amount"},
		{"Amount", "1002, 4000", "Error Processing Lookup Request Message, Error Validating Field - CurrencyCode"},
		{"CurrencyCode", "1002, 4000", "Error Processing Lookup Request Message, Error Validating Field - CardNumber"},
		{"CardNumber", "1002, 4090", "Error Processing Lookup Request Message, Error Validating Card Expiration YYMM"},
		{"CardExpMonth", "0", ""},
	}
	good := b.lookupOf(emvFrictionless)
	for _, step := range steps {
		if step.right != "" {
			wrong[step.right] = good[step.right]
		}
		got := b.send(good.with(wrong))
		compare(t, "with "+step.right+" right", got, el{"ErrorNo": step.number, "ErrorDesc": step.error})
		if pair := strings.HasPrefix(step.number, "1002"); pair != (got["Enrolled"] == "U") {
			t.Errorf("%s: Enrolled %q", step.number, got["Enrolled"])
		}
	}
	if got := b.send(good.with(el{"Version": ""})); got["ErrorDesc"] != "Unsupported Message Version - null" {
		t.Errorf("without Version: %v", got)
	}
}

func TestFieldEdges(t *testing.T) {
	b := open(t, nil)
	tests := map[string]struct {
		change el
		number string
	}{
		"17 digits": {el{"Amount": strings.Repeat("9", 17)}, "0"}, "18 digits": {el{"Amount": strings.Repeat("9", 18)}, "1002, 4000"},
		"zero": {el{"Amount": "0"}, "0"}, "negative": {el{"Amount": "-1"}, "1002, 4000"}, "plus": {el{"Amount": "+1"}, "1002, 4000"},
		"yen": {el{"CurrencyCode": "392"}, "0"}, "no currency": {el{"CurrencyCode": "000"}, "1002, 4000"},
		"one digit month": {el{"CardExpMonth": "1"}, "0"}, "month 0": {el{"CardExpMonth": "00"}, "1002, 4090"}, "short year": {el{"CardExpYear": "29"}, "1002, 4090"},
		"past expiry": {el{"CardExpYear": "2020"}, "0"}, "not Luhn": {el{"CardNumber": "4000000000001001"}, "0"},
		"aliases":    {el{"CardNumber": "", "AcctNumber": emvFrictionless, "Amount": "", "PurchaseAmount": "1", "CurrencyCode": "", "PurchaseCurrency": "840"}, "0"},
		"long order": {el{"OrderNumber": strings.Repeat("o", 80)}, "0"},
	}
	for name, tt := range tests {
		if got := b.send(b.lookupOf(emvFrictionless).with(tt.change)); got["ErrorNo"] != tt.number {
			t.Errorf("%s: ErrorNo %s, want %s", name, got["ErrorNo"], tt.number)
		}
	}
	big := b.send(b.lookupOf(oldSuccess).with(el{"Amount": strings.Repeat("9", 13)}))
	compare(t, "an amount that fits no PaReq", big, el{"ErrorNo": "1080", "Enrolled": "U", "ACSUrl": ""})
}

func TestStrictSettings(t *testing.T) {
	b := open(t, map[string]any{"strict": true, "requireReferenceId": true})
	address := el{"BillingFirstName": "Ada", "BillingLastName": "Tester", "BillingAddress1": "Gammel Havn 1", "BillingCity": "Aalborg", "BillingPostalCode": "9000", "BillingCountryCode": "208"}
	if got := b.send(b.lookupOf(oldSuccess)); got["ErrorNo"] != "0" {
		t.Errorf("a 1.0 sender gives no billing fields: %v", got)
	}
	compare(t, "no billing", b.send(b.lookupOf(emvFrictionless)), el{"ErrorNo": "1002, 4000", "ErrorDesc": "*", "Enrolled": "U"})
	full := b.lookupOf(emvFrictionless).with(address)
	compare(t, "too long", b.send(full.with(el{"BillingCity": strings.Repeat("x", 51)})), el{"ErrorNo": "1002, 4000"})
	compare(t, "no reference", b.send(full), el{"ErrorNo": "2271", "Enrolled": "U"})
	full["DFReferenceId"] = "df-1"
	compare(t, "not collected", b.send(full), el{"ErrorNo": "2270", "Enrolled": "U"})
	b.do(func(s sandbox.Scope) error { return threeds.Collect(s, b.shop.ID, "df-1") })
	compare(t, "collected", b.send(full), el{"ErrorNo": "0", "PAResStatus": "Y"})
}

var order = regexp.MustCompile(`<([A-Za-z0-9]+)>`)

func namesIn(body string) string {
	var names []string
	for _, m := range order.FindAllStringSubmatch(body, -1)[1:] {
		names = append(names, m[1])
	}
	return strings.Join(names, " ")
}

// TestRecordedOrders: reference cardinal.md §4 and §7, observed.
func TestRecordedOrders(t *testing.T) {
	b := open(t, nil)
	challenge := b.post(b.lookupOf(emvChallenge)).Body
	frictionless := b.post(b.lookupOf(emvFrictionless)).Body
	old := b.post(b.lookupOf(oldSuccess)).Body
	id := thin(t, old)["TransactionId"]
	b.enter(id, "1234")
	tests := map[string][2]string{
		"EMV challenge":    {challenge, "ErrorNo TransactionId Payload StepUpUrl ErrorDesc Cavv PAResStatus Enrolled ACSTransactionId EciFlag ACSUrl ThreeDSServerTransactionId CardBin CardBrand DSTransactionId ThreeDSVersion OrderId ChallengeRequired SignatureVerification"},
		"EMV frictionless": {frictionless, "ErrorNo TransactionId Payload ErrorDesc Cavv PAResStatus Enrolled ACSTransactionId EciFlag ACSUrl ThreeDSServerTransactionId CardBin CardBrand DSTransactionId ThreeDSVersion OrderId ChallengeRequired SignatureVerification"},
		"1.0":              {old, "TransactionType ErrorNo ErrorDesc TransactionId OrderId Payload Enrolled ACSUrl EciFlag"},
		"1.0 authenticate": {b.post(b.authOf(id)).Body, "ErrorDesc ErrorNo PAResStatus SignatureVerification Cavv EciFlag Xid"},
	}
	for name, tt := range tests {
		if got := namesIn(tt[0]); !strings.HasPrefix(got+" ", tt[1]+" ") {
			t.Errorf("%s: %s", name, got)
		}
	}
	if v := thin(t, challenge); v["ChallengeRequired"] != "N" || v["StepUpUrl"] != b.URL()+"/V2/Cruise/StepUp" || v["ACSUrl"] != b.URL()+"/acs/creq?vaa=b&gold=A" || !strings.Contains(challenge, "vaa=b&amp;gold=A") {
		t.Errorf("%s", challenge)
	}
	if v := thin(t, old); v["ACSUrl"] != b.URL()+"/acs/pareq?osb=1&VAA=B" || !strings.HasPrefix(v["Payload"], "eN") || v["ThreeDSVersion"] != "1.0.2" {
		t.Errorf("%s", old)
	}
	plain := open(t, map[string]any{"versionIn10": false})
	if v := plain.send(plain.lookupOf(oldSuccess)); v["ThreeDSVersion"] != "" {
		t.Error("setting cardinal.versionIn10 does nothing")
	}
}

func TestIDs(t *testing.T) {
	b, again := open(t, nil), open(t, nil)
	m := b.lookupOf(emvFrictionless)
	one, two := b.send(m), b.send(m)
	if !regexp.MustCompile(`^[A-Za-z0-9]{20}$`).MatchString(one["TransactionId"]) || !regexp.MustCompile(`^8000[0-9]{12}$`).MatchString(one["OrderId"]) {
		t.Errorf("ids %s, %s", one["TransactionId"], one["OrderId"])
	}
	for _, name := range []string{"TransactionId", "OrderId", "DSTransactionId", "ACSTransactionId", "ThreeDSServerTransactionId", "Cavv"} {
		if one[name] == two[name] || one[name] == "" {
			t.Errorf("%s is %q twice", name, one[name])
		}
	}
	again.send(again.lookupOf(oldSuccess)) // another lookup first: the order of arrival does not matter
	if same := again.send(m); same["TransactionId"] != one["TransactionId"] || same["OrderId"] != one["OrderId"] || same["Cavv"] != one["Cavv"] {
		t.Error("the same seed and request give other ids")
	}
}

// TestTruthOfTheIssuer: reference cipher-acs.md B1 and B6 row 11; no scenario's
// success and no card's case overrides it.
func TestTruthOfTheIssuer(t *testing.T) {
	b := open(t, nil)
	for _, pan := range []string{emvFrictionless, emvChallenge, oldSuccess, unlisted} {
		card := b.enrol(pan)
		b.do(func(s sandbox.Scope) error {
			_, _, err := issuer.SetState(s, b.tenant, card.ID, issuer.Disabled)
			return err
		})
		for _, outcome := range []string{"", "challenge", "frictionless", "attempted"} {
			b.Planner.Set(core.Plan{Outcome: outcome})
			got := b.send(b.lookupOf(pan))
			if got["ThreeDSVersion"] == "1.0.2" {
				compare(t, pan+" "+outcome, got, el{"ErrorNo": "0", "Enrolled": "N", "ACSUrl": ""})
			} else {
				compare(t, pan+" "+outcome, got, el{"ErrorNo": "0", "Enrolled": "Y", "PAResStatus": "N", "StatusReason": "08", "ACSUrl": "", "Cavv": ""})
			}
		}
	}
}

func TestEnrolledCardsAreChallenged(t *testing.T) {
	b := open(t, nil)
	b.enrol(unlisted)
	got := b.send(b.lookupOf(unlisted))
	compare(t, "enrolled", got, el{"PAResStatus": "C", "ACSUrl": "*", "AuthenticationType": "02"})
	id := got["TransactionId"]
	if c := b.enter(id, "1234").Challenge; c.AttemptsMade != 1 || !c.State.Running() {
		t.Errorf("1234 is good for a tenant's card: %+v", c)
	}
	b.enter(id, b.code(id))
	compare(t, "authenticate", b.send(b.authOf(id)), el{"PAResStatus": "Y", "EciFlag": "05", "Cavv": "*", "InteractionCounter": "02"})
	b.tenant.Plans = b.tenant.Plans[1:] // e-mail only: nothing fits a holder with a phone
	compare(t, "no plan", b.send(b.lookupOf(unlisted)), el{"PAResStatus": "U", "Enrolled": "Y", "ACSUrl": ""})
}

// code is the code that is right now.
func (b *bench) code(id string) string {
	b.t.Helper()
	code := ""
	b.do(func(s sandbox.Scope) error {
		t, _, err := threeds.ByID(s, id)
		code, _ = threeds.Code(s, t)
		return err
	})
	return code
}

func TestCardsOutsideTheCatalogue(t *testing.T) {
	b := open(t, nil)
	compare(t, "default", b.send(b.lookupOf(unlisted)), el{"PAResStatus": "Y", "ThreeDSVersion": "2.2.0", "Cavv": "*"})
	if !b.warned("no test card") {
		t.Error("no warning")
	}
	strict := open(t, map[string]any{"unlistedCard": "error"})
	compare(t, "error", strict.send(strict.lookupOf(unlisted)), el{"ErrorNo": "1001", "Enrolled": "U"})
	compare(t, "another provider's card", strict.send(strict.lookupOf("4111111145551142")), el{"ErrorNo": "0", "PAResStatus": "Y"})
	old := open(t, map[string]any{"defaultVersion": "1.0.2"})
	compare(t, "1.0", old.send(old.lookupOf(unlisted)), el{"ErrorNo": "0", "Enrolled": "Y", "ACSUrl": "*"})
}

func TestEMVOnlyProfile(t *testing.T) {
	b := open(t, map[string]any{"emvOnly": true})
	compare(t, "1.0 card", b.send(b.lookupOf(oldSuccess)), el{"ErrorNo": "1001", "Enrolled": "U"})
	compare(t, "EMV card", b.send(b.lookupOf(emvFrictionless)), el{"ErrorNo": "0"})
}

func TestForcedVersion(t *testing.T) {
	b := open(t, nil)
	for forced, want := range map[string]string{"2.2.0": "2.2.0", "2.1": "2.1.0", "2": "2.2.0", "1.0.2": "2.1.0", "x": "2.1.0"} {
		if got := b.send(b.lookupOf(emvFrictionless).with(el{"ThreeDSVersion": forced})); got["ThreeDSVersion"] != want {
			t.Errorf("%s forces %s, want %s", forced, got["ThreeDSVersion"], want)
		}
	}
}

// TestNetworkTokenAsCardNumber: decisions 16 and 17.
func TestNetworkTokenAsCardNumber(t *testing.T) {
	b := open(t, nil)
	var token scheme.Token
	b.do(func(s sandbox.Scope) error {
		var err error
		token, err = scheme.Provision(s, scheme.Provisioning{
			Merchant: b.shop, MerchantID: b.shop.Cardtokens.MerchantID, Scheme: scheme.Visa,
			Card: b.World.Ref(mustPAN(t, emvChallenge)), CardExpiry: core.Expiry{Month: 1, Year: 2029},
		})
		return err
	})
	number := token.Digits(b.World)
	got := b.send(b.lookupOf(number))
	compare(t, "token", got, el{"PAResStatus": "C", "CardBin": "400000", "ThreeDSVersion": "2.1.0"})
	if e := b.Last(t); e.Card == nil || e.Card.Last4 != "1091" || strings.Contains(e.Request.Body, number) {
		t.Errorf("the journal shows %+v, %s", e.Card, e.Request.Body)
	}
	b.do(func(s sandbox.Scope) error { _, err := scheme.SetState(s, token.ID, scheme.Deactivated); return err })
	compare(t, "dead token", b.send(b.lookupOf(number)), el{"ErrorNo": "1001", "Enrolled": "U"})
	if b.refusal() != scheme.TokenNotActive {
		t.Errorf("the journal says %q", b.refusal())
	}
}

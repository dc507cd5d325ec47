package cardinal

import (
	"strings"
	"testing"
	"time"

	"cardsim/simulator/clock"
	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
)

// TestLookupOutcomes: each outcome, for a card of each family, in the provider's
// own words; what only one family knows moves the transaction there.
func TestLookupOutcomes(t *testing.T) {
	b := open(t, map[string]any{"timeoutMode": "answer", "timeoutDelay": "0s"})
	emv, old := "2.1.0", "1.0.2"
	tests := []struct {
		outcome string
		with    map[string]any
		onEMV   el
		onOld   el
	}{
		{"challenge", nil, el{"ThreeDSVersion": emv, "PAResStatus": "C", "ACSUrl": "*"}, el{"ThreeDSVersion": old, "Enrolled": "Y", "ACSUrl": "*"}},
		{"frictionless", nil, el{"ThreeDSVersion": emv, "PAResStatus": "Y", "Cavv": "*", "EciFlag": "05"}, el{"ThreeDSVersion": "2.2.0", "PAResStatus": "Y", "Cavv": "*"}},
		{"attempted", nil, el{"PAResStatus": "A", "Cavv": "*", "EciFlag": "06"}, el{"ThreeDSVersion": "2.2.0", "PAResStatus": "A"}},
		{"not-enrolled", nil, el{"ThreeDSVersion": old, "Enrolled": "N", "EciFlag": "06"}, el{"ThreeDSVersion": old, "Enrolled": "N", "ACSUrl": ""}},
		{"unavailable", nil, el{"PAResStatus": "U", "EciFlag": "07"}, el{"ThreeDSVersion": old, "Enrolled": "U", "ACSUrl": ""}},
		{"rejected", nil, el{"PAResStatus": "R", "StatusReason": "11"}, el{"ThreeDSVersion": "2.2.0", "PAResStatus": "R"}},
		{"failed", nil, el{"PAResStatus": "N", "StatusReason": "01"}, el{"ThreeDSVersion": "2.2.0", "PAResStatus": "N"}},
		{"bypassed", nil, el{"Enrolled": "B", "PAResStatus": ""}, el{"Enrolled": "B", "ACSUrl": ""}},
		{"timeout", nil, el{"ErrorNo": "1040", "Enrolled": "", "TransactionId": ""}, el{"ErrorNo": "1040", "Enrolled": "", "EciFlag": ""}},
		{"error", nil, el{"ErrorNo": "1001", "Enrolled": "U"}, el{"ErrorNo": "1001", "Enrolled": "U"}},
		{"error", map[string]any{"errorNo": 2860}, el{"ErrorNo": "2860", "ErrorDesc": "*"}, el{"ErrorNo": "2860"}},
		{"error", map[string]any{"errorNo": "1002, 4090"}, el{"ErrorNo": "1002, 4090", "ErrorDesc": "*"}, el{"ErrorNo": "1002, 4090"}},
	}
	for _, tt := range tests {
		b.Planner.Set(core.Plan{Rule: "r", Outcome: tt.outcome, With: tt.with})
		compare(t, tt.outcome+" on EMV", b.send(b.lookupOf(emvChallenge)), tt.onEMV)
		if e := b.Last(t); e.Outcome != tt.outcome {
			t.Errorf("the journal calls %s %s", tt.outcome, e.Outcome)
		}
		compare(t, tt.outcome+" on 1.0", b.send(b.lookupOf(oldSuccess)), tt.onOld)
	}
}

func TestForcedFailureWinsOverAWrongMessage(t *testing.T) {
	b := open(t, map[string]any{"timeoutMode": "answer", "timeoutDelay": "0s"})
	for outcome, number := range map[string]string{"error": "1001", "timeout": "1040", "frictionless": "1002, 4000"} {
		b.Planner.Set(core.Plan{Outcome: outcome})
		compare(t, outcome, b.send(b.lookupOf(emvChallenge).with(el{"Amount": ""})), el{"ErrorNo": number})
	}
	b.Planner.Set(core.Plan{})
	one, two := b.send(b.lookupOf(oldSuccess))["TransactionId"], b.send(b.lookupOf(oldMastercard))["TransactionId"]
	b.enter(two, "1234")
	b.Planner.Set(core.Plan{Outcome: "failed"})
	compare(t, "a PaRes of another lookup", b.send(b.authOf(one).with(el{"PAResPayload": b.pares(two)})), el{"ErrorNo": "0", "PAResStatus": "N"})
	b.Planner.Set(core.Plan{Outcome: "error", With: map[string]any{"errorNo": 1051.0}})
	compare(t, "authenticate", b.send(b.authOf("nobody")), el{"ErrorNo": "1051"})
}

// TestAuthenticateOutcomes: told now, told again without the scenario, and known
// to the schemes.
func TestAuthenticateOutcomes(t *testing.T) {
	b := open(t, nil)
	tests := []struct {
		outcome string
		with    map[string]any
		want    el
		trouble bool // the schemes take the values for nothing
	}{
		{"authenticated", nil, el{"ErrorNo": "0", "PAResStatus": "Y", "SignatureVerification": "Y", "Cavv": "*"}, false},
		{"attempted", nil, el{"ErrorNo": "0", "PAResStatus": "A", "SignatureVerification": "Y", "Cavv": "*", "EciFlag": "06"}, false},
		{"failed", nil, el{"ErrorNo": "0", "PAResStatus": "N", "SignatureVerification": "Y", "Cavv": "", "EciFlag": "07"}, false},
		{"unavailable", nil, el{"ErrorNo": "0", "PAResStatus": "U", "Cavv": ""}, false},
		{"rejected", nil, el{"ErrorNo": "0", "PAResStatus": "R", "Cavv": ""}, false},
		{"signature-invalid", nil, el{"ErrorNo": "0", "PAResStatus": "Y", "SignatureVerification": "N", "Cavv": "*"}, true},
		{"error", nil, el{"ErrorNo": "1050", "Cavv": ""}, true},
		{"error", map[string]any{"errorNo": 1051}, el{"ErrorNo": "1051", "Cavv": ""}, true},
	}
	for _, tt := range tests {
		for _, pan := range []string{emvChallenge, "4000000000001109", oldSuccess} {
			want := tt.want.with(nil)
			if pan == oldSuccess && tt.outcome == "rejected" {
				want["PAResStatus"] = "N" // 3-D Secure 1.0 has no R
			}
			if pan == "4000000000001109" && tt.outcome == "signature-invalid" {
				want = el{"PAResStatus": "N", "SignatureVerification": "N"} // the card fails: nothing to sign
			}
			id := b.send(b.lookupOf(pan))["TransactionId"]
			b.enter(id, "1234")
			b.Planner.Set(core.Plan{Outcome: tt.outcome, With: tt.with})
			compare(t, tt.outcome+" "+pan, b.send(b.authOf(id)), want)
			b.Planner.Set(core.Plan{})
			compare(t, tt.outcome+" again "+pan, b.send(b.authOf(id)), want)
			if a := b.known(pan); (a.BadSignature || a.AuthenticateError) != tt.trouble {
				t.Errorf("%s: the schemes remember %+v", tt.outcome, a)
			}
		}
	}
}

func (b *bench) known(pan string) scheme.Authentication {
	b.t.Helper()
	var a scheme.Authentication
	b.do(func(s sandbox.Scope) error {
		var err error
		a, _, err = scheme.Last(s, b.shop.ID, b.World.Ref(mustPAN(b.t, pan)).Fingerprint)
		return err
	})
	return a
}

// TestForcedSuccessNeverOverridesTheTruth: decisions 3.
func TestForcedSuccessNeverOverridesTheTruth(t *testing.T) {
	b := open(t, nil)
	id := b.send(b.lookupOf(emvChallenge))["TransactionId"]
	b.enter(id, "0000")
	b.enter(id, "0000")
	b.Planner.Set(core.Plan{Outcome: "authenticated"})
	compare(t, "after the limit", b.send(b.authOf(id)), el{"PAResStatus": "N", "Cavv": ""})
	if !b.warned("ignored") {
		t.Error("no warning")
	}
	b.Planner.Set(core.Plan{})
	id = b.send(b.lookupOf(emvChallenge))["TransactionId"]
	b.Planner.Set(core.Plan{Outcome: "failed"})
	compare(t, "a failure wins early too", b.send(b.authOf(id)), el{"PAResStatus": "N"})
	b.Planner.Set(core.Plan{})
	b.enter(id, "1234")
	compare(t, "and stays", b.send(b.authOf(id)), el{"PAResStatus": "N", "Cavv": ""})
}

func TestPlannedChallenge(t *testing.T) {
	b := open(t, nil)
	b.Planner.Set(core.Plan{Outcome: "challenge", With: map[string]any{"result": "attempted", "otp": "135790"}})
	id := b.send(b.lookupOf(emvFrictionless))["TransactionId"]
	b.Planner.Set(core.Plan{})
	if b.enter(id, "1234"); b.code(id) != "135790" {
		t.Errorf("the code is %q", b.code(id))
	}
	b.enter(id, "135790")
	compare(t, "result", b.send(b.authOf(id)), el{"PAResStatus": "A", "EciFlag": "06", "Cavv": "*"})

	b.Planner.Set(core.Plan{Outcome: "challenge", With: map[string]any{"cardholder": []any{"wrong-otp", "approve"}}})
	look := b.send(b.lookupOf(emvChallenge))
	b.Planner.Set(core.Plan{})
	compare(t, "the lookup does not know the end", look, el{"PAResStatus": "C", "Cavv": "", "EciFlag": "07", "ACSUrl": "*"})
	compare(t, "cardholder", b.send(b.authOf(look["TransactionId"])), el{"PAResStatus": "Y", "InteractionCounter": "02"})
}

// TestTimeouts: reference cardinal.md §8, both modes.
func TestTimeouts(t *testing.T) {
	hold := open(t, map[string]any{"timeoutHold": "30ms"})
	watch := clock.StartStopwatch()
	if a := hold.post(hold.lookupOf("4000000000001075")); a.Err == nil {
		t.Errorf("an answer to a card that times out: %s", a.Body)
	}
	if watch.Elapsed() < 30*time.Millisecond {
		t.Error("the connection was not held")
	}
	if e := hold.Last(t); e.Status != 0 || e.Outcome != "timeout" {
		t.Errorf("the journal says %d %s", e.Status, e.Outcome)
	}
	id := hold.send(hold.lookupOf("4000000000000259"))["TransactionId"]
	hold.enter(id, "1234")
	if a := hold.post(hold.authOf(id)); a.Err == nil {
		t.Errorf("an answer to an authenticate that times out: %s", a.Body)
	}
	answer := open(t, map[string]any{"timeoutMode": "answer", "timeoutDelay": "30ms", "timeoutError": 7040})
	watch = clock.StartStopwatch()
	got := answer.send(answer.lookupOf("4000000000000044"))
	compare(t, "answer", got, el{"ErrorNo": "7040", "ErrorDesc": "*", "Enrolled": "", "EciFlag": "", "ACSUrl": "", "Payload": ""})
	if watch.Elapsed() < 30*time.Millisecond {
		t.Error("the answer was not late")
	}
}

// TestJournalHidesSecretsAndTellsTheRest.
func TestJournalHidesSecretsAndTellsTheRest(t *testing.T) {
	b := open(t, nil)
	look := b.lookupOf(emvChallenge).with(el{"CardCode": "987", "MerchantReferenceNumber": "REF-9"})
	id := b.send(look)["TransactionId"]
	e := b.Last(t)
	for _, secret := range []string{emvChallenge, look["Signature"], ">987<"} {
		if strings.Contains(e.Request.Body, secret) {
			t.Errorf("the journal shows %s in %s", secret, e.Request.Body)
		}
	}
	if e.Operation != opLookup || e.Outcome != "challenge" || e.Result != "C" || e.Reference != look["OrderNumber"] || e.Currency != "EUR" || e.Amount == nil || *e.Amount != 123.45 || e.Card.Bin != "400000" {
		t.Errorf("%+v", e)
	}
	flow := e.Flow
	b.enter(id, "1234")
	got := b.send(b.authOf(id).with(el{"Credential": "864209"}))
	e = b.Last(t)
	if strings.Contains(e.Response.Body, got["Cavv"]) || strings.Contains(e.Request.Body, "864209") {
		t.Errorf("the journal shows a CAVV or a credential: %s %s", e.Request.Body, e.Response.Body)
	}
	if e.Operation != opAuthenticate || e.Outcome != "authenticated" || e.Result != "Y" || e.Flow != flow || e.Reference != look["OrderNumber"] {
		t.Errorf("%+v", e)
	}
}

func TestConditionsSeeNumbersAndNoSecrets(t *testing.T) {
	got := message{
		"Amount": "12345", "CurrencyCode": "978", "CardExpMonth": "01", "OrderNumber": "12", "BillingCountryCode": "DK", "CardNumber": "4", "CardCode": "1",
		"Signature": "s", "TransactionPwd": "p", "Credential": "c", "PAResPayload": "x", "AcctNumber": "4",
	}.documented()
	want := map[string]any{"Amount": 12345, "CurrencyCode": 978, "CardExpMonth": 1, "OrderNumber": "12", "BillingCountryCode": "DK"}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
	for name, value := range want {
		if got[name] != value {
			t.Errorf("%s is %v", name, got[name])
		}
	}
}

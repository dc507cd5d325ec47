package threeds

import (
	"errors"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/scheme"
	"cardsim/simulator/threeds/emv"
	"cardsim/simulator/threeds/pares"
)

const md = "order=7&x=\"<é>\" 4111111145551142"

// opened opens a challenge with addresses and ends it with the right code.
func (d *desk) opened(pan string, a Addresses) Transaction {
	d.t.Helper()
	txn := d.lookup(pan)
	d.do(func(s sandbox.Scope) error {
		_, err := OpenChallenge(s, txn.Challenge.ID, OpenRequest{Addresses: a})
		return err
	})
	d.at(noon.Add(42 * time.Second))
	d.submit(txn, SandboxCode)
	d.at(noon.Add(90 * time.Second))
	return d.read(txn.ID)
}

// TestPaRes: reference cipher-acs.md B3.3, verified by the codec's own verifier.
func TestPaRes(t *testing.T) {
	g := signing(t)
	tests := []struct {
		pan, status, shown, eci, algorithm string
		good                               bool
	}{
		{oldCard, "Y", "0000000000000002", "05", "2", true},
		{oldBroken, "Y", "0000000000000010", "05", "2", false},
		{oldFails, "N", "0000000000000000", "", "", true},
		{oldAttempt, "A", "0000000000000106", "01", "3", true},
	}
	for _, tt := range tests {
		d := open(t, nil)
		txn := d.opened(tt.pan, Addresses{TermURL: "http://shop.example/term", MD: md})
		post, err := IssuerForm(d.w, txn, g, "http://sim")
		if err != nil {
			t.Fatal(err)
		}
		again, err := MerchantForm(d.w, txn, g)
		if err != nil || again.Map()["PaRes"] != post.Map()["PaRes"] {
			t.Errorf("%s: the form differs when it is asked for again: %v", tt.pan, err)
		}
		if post.URL != "http://shop.example/term" || post.Method != "POST" || post.Map()["MD"] != md || len(post.Fields) != 2 {
			t.Errorf("%s: %+v", tt.pan, post)
		}
		r, err := pares.Verify(post.Map()["PaRes"], g.Roots, noon)
		if (err == nil) != tt.good || !tt.good && !errors.Is(err, pares.ErrSignature) {
			t.Errorf("%s: %v", tt.pan, err)
		}
		if err := r.Validate(); err != nil {
			t.Errorf("%s: %v", tt.pan, err)
		}
		if r.TX.Status != tt.status || r.PAN != tt.shown || r.TX.ECI != tt.eci || r.TX.CAVVAlgorithm != tt.algorithm || r.Purchase.XID != scheme.XID(txn.ID) {
			t.Errorf("%s: %+v", tt.pan, r)
		}
		if tt.good && r.TX.Time != "20261122 14:02:53" {
			t.Errorf("%s: TX/time %s is not when it ended", tt.pan, r.TX.Time)
		}
		if r.TX.CAVV != txn.CAVV(d.w) {
			t.Errorf("%s: CAVV %q inside, %q outside", tt.pan, r.TX.CAVV, txn.CAVV(d.w))
		}
	}
}

func TestPaReqIsValid(t *testing.T) {
	d := open(t, nil)
	r := d.request(oldCard)
	for _, money := range []core.Money{{Minor: 12345, Currency: "EUR"}, {Minor: 0, Currency: "JPY"}, {Minor: maxPurchAmount, Currency: "KWD"}} {
		r.Money = money
		txn := d.look(r)
		text, err := Payload(d.w, txn)
		if err != nil {
			t.Fatalf("%v: %v", money, err)
		}
		q, err := pares.DecodePAReq(text)
		if err != nil || q.Validate() != nil || q.Merchant.Name != "Demo Shop with a name tha" {
			t.Errorf("%+v, %v, %v", q, err, q.Validate())
		}
		var found Transaction
		d.do(func(s sandbox.Scope) error {
			var err error
			found, _, err = ByXID(s, q.Purchase.XID)
			return err
		})
		if found.ID != txn.ID {
			t.Errorf("the xid leads to %q", found.ID)
		}
	}
}

// TestCRes: reference cipher-acs.md B4.1 and B6: Y or N only, in the spelling of
// the setting, with the session data as they came.
func TestCRes(t *testing.T) {
	for pan, status := range map[string]string{emvCard: "Y", emvFails: "N"} {
		for _, spelling := range []string{"url", "url-padded", "std", "std-padded"} {
			d := open(t, map[string]any{"cresSpelling": spelling, "cresCompletion": spelling == "std"})
			txn := d.opened(pan, Addresses{SessionData: "", HasSessionData: true})
			post, err := IssuerForm(d.w, txn, Signing{}, "http://sim/")
			if err != nil {
				t.Fatal(err)
			}
			r, err := emv.DecodeCRes(post.Map()["cres"])
			if err != nil || r.TransStatus != status || r.ACSTransID != txn.ACSTransID || r.MessageVersion != "2.1.0" || (r.ChallengeCompletionInd == "Y") != (spelling == "std") {
				t.Errorf("%s %s: %+v, %v", pan, spelling, r, err)
			}
			if _, sent := post.Map()["threeDSSessionData"]; !sent || post.URL != "http://sim/V2/Cruise/StepUp/Return" {
				t.Errorf("%+v", post)
			}
			encoded, err := emv.EncodeCRes(r, emv.Spelling(spelling))
			if err != nil || encoded != post.Map()["cres"] {
				t.Errorf("%s: %q, want %q, %v", spelling, post.Map()["cres"], encoded, err)
			}
		}
	}
}

func TestMerchantFormWithoutAddress(t *testing.T) {
	d := open(t, nil)
	txn := d.opened(emvCard, Addresses{})
	post, err := MerchantForm(d.w, txn, Signing{})
	if err != nil || post.URL != "" || post.Map()["TransactionId"] != txn.ID || post.Map()["MD"] != "null" {
		t.Errorf("%+v, %v", post, err)
	}
	old := d.opened(oldCard, Addresses{})
	post, err = MerchantForm(d.w, old, signing(t))
	if err != nil || post.URL != "" || post.Map()["PaRes"] == "" {
		t.Errorf("%+v, %v", post, err)
	}
	running := d.lookup(emv22)
	if _, err := MerchantForm(d.w, running, Signing{}); !errors.Is(err, ErrRunning) {
		t.Errorf("a form of a running challenge: %v", err)
	}
	frictionless := d.lookup(plainCard)
	if _, err := IssuerForm(d.w, frictionless, Signing{}, ""); !errors.Is(err, ErrRunning) {
		t.Errorf("a form without a challenge: %v", err)
	}
}

// TestAddressesAfterTheEnd: a browser that comes after a headless cardholder
// finds the way back (decisions 15).
func TestAddressesAfterTheEnd(t *testing.T) {
	d := open(t, nil)
	r := d.request(oldCard)
	r.Plan = Plan{Outcome: OutcomeChallenge, Cardholder: []string{"approve"}}
	txn := d.look(r)
	if txn.Challenge.State != Finished {
		t.Fatalf("%+v", txn.Challenge)
	}
	d.do(func(s sandbox.Scope) (err error) {
		txn, err = OpenChallenge(s, txn.Challenge.ID, OpenRequest{Addresses: Addresses{TermURL: "http://shop.example/t", MD: "m"}})
		return err
	})
	if txn.Challenge.State != Finished || txn.Challenge.Addresses.TermURL == "" {
		t.Errorf("%+v", txn.Challenge)
	}
}

func TestCardholderSteps(t *testing.T) {
	want := map[string]State{
		"approve": Finished, "wrong-otp": Open, "resend": Pending, "cancel": Cancelled, "abandon": Pending, "expire": Expired, "double-submit": Finished,
	}
	for _, step := range Steps() {
		d := open(t, nil)
		d.enrol(emvCard)
		r := d.request(emvCard)
		r.Plan.Cardholder = []string{step}
		if got := d.look(r); got.Challenge.State != want[step] {
			t.Errorf("%s leads to %s, want %s", step, got.Challenge.State, want[step])
		}
	}
	d := open(t, nil)
	r := d.request(emvCard)
	r.Plan.Cardholder = []string{"dance"}
	if err := d.try(func(s sandbox.Scope) error { _, err := Lookup(s, r); return err }); err == nil {
		t.Error("an unknown step passes")
	}
}

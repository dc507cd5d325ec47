package pay

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cardsim/simulator/core"
	"cardsim/simulator/sandbox"
	"cardsim/simulator/store"
)

var update = flag.Bool("update", false, "write the golden files anew")

func usd(minor int64) core.Money { return core.Money{Minor: minor, Currency: "USD"} }

// Users keep these files: what the store holds must not change unseen, and no
// card number is in it.
func TestStoredForm(t *testing.T) {
	h := build(t, nil)
	o := order(t, ActionAuthorize, "ORDER-0001", eur(1050))
	o.Tokenize = &Owner{CustomerID: "98765", Email: "a@example.org"}
	held := h.pay(o).Payment
	h.must(func(s sandbox.Scope) error {
		_, err := Follow(s, FollowUp{Payer: own(), Of: held.ID, Action: ActionCapture, TrackingCode: "CAPT-0001", Money: eur(1000)})
		return err
	})
	pending := order(t, ActionPayment, "4111111111111111", usd(500))
	pending.Await = &Await{
		Result: Pending, Redirect: Redirect{Method: "POST", URL: "http://sim/acs", Fields: map[string]string{"PaReq": "x"}},
		Deadline: time.Date(2026, 1, 2, 4, 0, 0, 0, time.UTC),
	}
	pending.ThreeDS = &ThreeDS{TransactionID: "t", Version: core.ThreeDS10, Enrolled: core.EnrolledYes}
	pending.ReturnURL = "https://shop.example/?card=4111111111111111"
	pending.Card.Holder, pending.Descriptor = "4111111111111111", "4111111111111111"
	pending.Tokenize = &Owner{CustomerID: "4111111111111111"}
	h.pay(pending)
	declined := order(t, ActionPayment, "ORDER-0003", eur(1))
	declined.Force = &Force{Result: Declined, Words: Words{Code: 51, Message: "Insufficient funds"}}
	h.pay(declined)

	var b strings.Builder
	h.must(func(s sandbox.Scope) error {
		return store.Each(s.Tx, s.World.ID, func(table, key string, value []byte) error {
			b.WriteString(table + " " + key + " " + string(value) + "\n")
			return nil
		})
	})
	if strings.Contains(b.String(), "4111111111111111") {
		t.Error("a card number is stored")
	}
	file := filepath.Join("testdata", "stored.golden")
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the stored form has changed (run with -update if that is meant):\n%s", b.String())
	}
	if !json.Valid([]byte(strings.SplitN(strings.SplitN(b.String(), "\n", 2)[0], " ", 3)[2])) {
		t.Error("the stored form is not JSON")
	}
}
